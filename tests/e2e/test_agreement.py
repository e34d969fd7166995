"""Two departments agree on something else, and the leads that are known already are scored under it."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import AtWork, View, problem, read, until
from tests.e2e.conftest import Deployed
from tests.e2e.paces import at_a_pace, before
from tools.agreement import agreement_for_now

DRAFTS = "/agreement/drafts"
WORTH_MORE = packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 100")


@pytest.fixture(autouse=True)
def as_before(baton: AtWork) -> Iterator[None]:
    """In the end the packaged agreement is in force again."""
    with agreement_for_now(baton.session, baton.outputs["TableName"], packaged_text()):
        yield


def drafted(baton: AtWork, text: str, **more: str) -> View:
    return dict(read(baton.admin.post(DRAFTS, json={"yaml": f"# {uuid.uuid4()}\n{text}", **more})))


def signed(stack: Deployed, draft: View) -> View:
    answer: View = {}
    for group in ("marketing", "sales"):
        with stack.api(group) as department:
            answer = read(department.post(f"{DRAFTS}/{draft['draft_id']}/signatures", json={"revision": 1}))
    return answer


def test_the_signed_version_is_in_force_and_hands_over_the_newly_qualified_leads(
    baton: AtWork, stack: Deployed
) -> None:
    lead_id = baton.download(content="guide")
    assert baton.lead(lead_id)["handoff"] is None
    with_sales = baton.ask()
    baton.download(with_sales["email"], content="guide")

    draft = drafted(baton, WORTH_MORE)
    assert draft["differences"] == ["engagement: whitepaper 50 → 100"]
    version = signed(stack, draft)["version"]

    until(lambda: baton.lead(lead_id)["handoff"], what="the handoff")
    handoff = baton.lead(lead_id)["handoff"]
    assert (handoff["trigger"], handoff["agreement_version"]) == ("score", version)
    until(lambda: shown(baton).get("rescoring", {}).get("finished_at"), what="the end of the job")
    assert shown(baton)["rescoring"]["state"] == "finished"
    assert shown(baton)["rescoring"]["handed_over"] >= 1
    assert [(one["group"]) for one in shown(baton)["signatures"]] == ["marketing", "sales"]
    assert baton.happened(lead_id).count("HandoffOffered") == 1
    assert baton.lead(with_sales["lead_id"])["score"]["total"] == 100
    assert baton.happened(with_sales["lead_id"]).count("HandoffOffered") == 1


def shown(baton: AtWork) -> View:
    return dict(read(baton.admin.get("/agreement")))


def test_a_scheduled_version_comes_into_force_by_itself(baton: AtWork, stack: Deployed) -> None:
    def story(seconds: int) -> None:
        when = datetime.now(UTC) + timedelta(seconds=seconds)
        with before(when, "signing for later"):
            version = signed(stack, drafted(baton, packaged_text(), in_force_from=when.isoformat()))["version"]
            assert shown(baton)["next"]["version"] == version

        until(lambda: shown(baton)["version"] == version, what="coming into force")

        assert datetime.now(UTC) >= when
        assert "next" not in shown(baton)

    at_a_pace(story)


def test_marketing_does_not_sign_for_sales_and_an_administrator_signs_for_neither(
    baton: AtWork, stack: Deployed
) -> None:
    draft = drafted(baton, packaged_text())
    problem(baton.admin.post(f"{DRAFTS}/{draft['draft_id']}/signatures"), 403)
    with stack.api("marketing") as marketing:
        problem(marketing.post(f"{DRAFTS}/{draft['draft_id']}/signatures", json={"for": "sales"}), 403)


def test_points_are_not_learned_from_leads_of_which_too_few_have_an_outcome(baton: AtWork) -> None:
    """The function finds numpy in its own layer, reads all leads, and says what is missing."""
    baton.download()
    asked = read(baton.admin.post("/agreement/proposals", json={"leads_per_day": 5}))
    path = f"/agreement/proposals/{asked['proposal_id']}"

    until(lambda: "finished_at" in read(baton.admin.get(path)), what="the end of the proposal")
    proposal = read(baton.admin.get(path))
    assert proposal["state"] == "refused"
    assert "are too few to learn from" in proposal["why"]
    assert (proposal["leads_read"], proposal["leads_failed"]) == (proposal["leads"], 0)
    assert proposal["leads"] >= 1
