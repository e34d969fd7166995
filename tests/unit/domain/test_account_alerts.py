"""The reason why the owner of a target account gets no alerts, or none."""

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.accounts.account import Account
from baton.domain.notifications.account_alerts import why_no_alerts
from tests.unit.given import AGREEMENT, KIM, SAM, rep

FIELD = AGREEMENT.model_copy(
    update={
        "handoffs": {
            **AGREEMENT.handoffs,
            "target_account": AGREEMENT.handoffs["target_account"].model_copy(update={"team": "field"}),
        }
    }
)
ONLY_CONSULTATIONS = AGREEMENT.model_copy(update={"handoffs": {"consultation": AGREEMENT.handoffs["consultation"]}})
ONLY_SCORES = AGREEMENT.model_copy(update={"handoffs": {"score": AGREEMENT.handoffs["score"]}})
ROSTER = {
    ("sales", SAM): rep(SAM),
    ("sales", "mo@example.com"): rep("mo@example.com", role="manager"),
    ("sales", "lee@example.com"): rep("lee@example.com", capacity=2, open_handoffs=2),
    ("sales", "ex@example.com"): rep("ex@example.com", subscription="removed"),
    ("field", KIM): rep(KIM),
}


@pytest.mark.parametrize(
    ("owner", "agreement", "why"),
    [
        pytest.param(SAM, AGREEMENT, None, id="a rep of the team"),
        pytest.param(None, AGREEMENT, "nobody is named", id="no owner"),
        pytest.param(SAM, ONLY_SCORES, "nobody is named", id="no handoff that an account's lead could come by"),
        pytest.param(KIM, AGREEMENT, "is not on the roster of sales", id="a rep of another team"),
        pytest.param(KIM, FIELD, None, id="a rep of the team for target accounts"),
        pytest.param(SAM, FIELD, "is not on the roster of field", id="a rep of the team for consultations"),
        pytest.param(SAM, ONLY_CONSULTATIONS, None, id="without terms of their own: the team for consultations"),
        pytest.param("mo@example.com", AGREEMENT, "is a manager", id="a manager"),
        pytest.param("lee@example.com", AGREEMENT, "has 2 of at most 2 open leads", id="a rep without capacity"),
        pytest.param("ex@example.com", AGREEMENT, "was removed from the team", id="a rep who left"),
    ],
)
def test_an_account_owner_gets_alerts_only_as_an_available_rep_of_the_team(
    owner: str | None, agreement: Agreement, why: str | None
) -> None:
    account = Account(domain="acme.com", target=True, owner=owner)
    assert why_no_alerts(account, agreement, lambda team, email: ROSTER.get((team, email))) == why
