"""A date in a command begins in the agreement's time zone, wherever a command takes one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.basics.facts import Staff
from baton.domain.handoffs import manual_decisions, returns
from baton.domain.handoffs.manual_decisions import HoldRequest
from baton.domain.signing.draft_signatures import Proposal
from tests.unit.domain.scenario import MARIA, Scenario

BERLIN = f"{packaged_text()}\ncalendars: {{office: {{time_zone: Europe/Berlin, hours: {{mon-fri: 09:00-17:00}}}}}}\n"
MIDNIGHT = datetime(2027, 1, 14, 23, tzinfo=UTC)
"""The beginning of 15 January 2027 in Berlin."""


def reviewed(said: str) -> datetime | None:
    lead = Scenario.under(BERLIN)
    lead.sends("page_visited")
    lead.reviewed("bad_timing", review_on=said)
    return lead.known.review_on


def returned(said: str) -> datetime | None:
    lead = Scenario.under(BERLIN)
    lead.sends("consultation_requested")
    lead.now += timedelta(hours=1)
    handoff = lead.known.handoff
    assert handoff
    back = returns.ReturnRequest.model_validate({"reason": "bad_timing", "review_on": said})
    by = Staff(email=str(handoff.owner))
    lead.happens(returns.return_lead(lead.known, handoff.handoff_id, back, by, lead.in_force, lead.roster, lead.now))
    return lead.known.review_on


def held(said: str) -> datetime | None:
    lead = Scenario.under(BERLIN)
    lead.sends("page_visited")
    wanted = HoldRequest.model_validate({"reason": "on holiday", "until": said})
    lead.happens(manual_decisions.hold(lead.known, wanted, Staff(email=MARIA), lead.standing, None, lead.now))
    assert lead.known.held
    return lead.known.held.until


def drafted(said: str) -> datetime | None:
    draft = Proposal.model_validate({"yaml": BERLIN, "in_force_from": said})
    return draft.holds_from(Scenario.under(BERLIN).agreement.time_zone)


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        pytest.param("2027-01-15", MIDNIGHT, id="a date"),
        pytest.param("15.01.2027", MIDNIGHT, id="a German date"),
        pytest.param("2027-01-15T00:00:00", MIDNIGHT, id="as .NET writes a day"),
        pytest.param("2027-01-15T09:00:00Z", datetime(2027, 1, 15, 9, tzinfo=UTC), id="a moment"),
    ],
)
@pytest.mark.parametrize("command", [reviewed, returned, held, drafted])
def test_a_command_takes_a_date_in_the_agreements_time_zone(
    command: Callable[[str], datetime | None], written: str, begins: datetime
) -> None:
    assert command(written) == begins
