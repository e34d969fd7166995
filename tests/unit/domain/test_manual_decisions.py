"""Manual handovers and holds of a lead, each kept with the verdict of the rules."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotOnRoster, Refused
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.recorded import Event
from baton.domain.handoffs import manual_decisions
from baton.domain.handoffs.manual_decisions import MAX_HOLD, HandOverRequest, HoldRequest, WrongDate
from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import standing_of
from baton.domain.signals.signal_recording import Signal
from baton.domain.teams.roster import Roster
from baton.domain.terms.terms_from_agreement import handoff_terms
from tests.unit.given import (
    AGREEMENT,
    KIM,
    LEAD_ID,
    LEE,
    NOW,
    SAM,
    after_events,
    download,
    offered,
    received,
    rep,
    team,
)

CARD = Scorecard(AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=AGREEMENT))
MARIA, PAUL = (Staff(email=f"{name}@example.com", groups=frozenset({"marketing"})) for name in ("maria", "paul"))
ROSTER = team(rep(SAM), rep(KIM))
MET = {need: {"value": "yes", "met": True} for need in ("budget", "authority", "need", "timeline")}
DAY = timedelta(days=1)


def qualified(lead: Lead | None = None) -> Lead:
    """A lead that meets the definition of an SQL."""
    lead = lead or received(download())
    return after_events(lead, update_facts(lead, FactUpdate.model_validate({"bant": MET})))


def lead_with_status(status: Status) -> Lead:
    return received(download()).model_copy(update={"status": status})


def hand_over(
    lead: Lead,
    reason: str = "met at the fair",
    owner: str | None = None,
    by: Staff = MARIA,
    now: Any = NOW,
    target: TargetAccount | None = None,
    roster: Roster = ROSTER,
) -> list[Event]:
    given = HandOverRequest(reason=reason, owner=owner)
    return manual_decisions.hand_over(lead, given, by, standing_of(lead, CARD, now), target, lambda _: roster, now)


def handed_over(lead: Lead, **how: Any) -> HandoffOffered:
    [event, *_] = hand_over(lead, **how)
    assert isinstance(event, HandoffOffered)
    return event


def hold(lead: Lead, reason: str = "on holiday", by: Staff = MARIA, now: Any = NOW, until: Any = None) -> list[Event]:
    return manual_decisions.hold(
        lead, HoldRequest(reason=reason, until=until), by, standing_of(lead, CARD, now), None, now
    )


def held(lead: Lead, **how: Any) -> Lead:
    return after_events(lead, hold(lead, **how), by=MARIA.email)


# --- handing over ---


def test_a_manual_handover_keeps_its_reason_and_the_verdict_of_the_rules() -> None:
    event = handed_over(received(download()))
    assert event.trigger == "manual"
    assert event.reasons[0] == "handed over by maria@example.com: met at the fair"
    assert event.reasons[1:] == event.verdict
    assert event.verdict[:2] == ("the rules would not hand it over", "score 0 of 100: 100 points short")
    assert "SQL lacks budget: no answer yet" in event.verdict


def test_a_manual_handover_has_the_terms_agreed_for_a_score() -> None:
    assert handed_over(received(download())).terms == handoff_terms(
        AGREEMENT.handoffs["score"], appointments=AGREEMENT.appointments
    )


def test_a_manual_handover_goes_to_the_named_rep() -> None:
    event = handed_over(received(download()), owner=KIM)
    assert event.owner == KIM
    assert event.routing.why == "named by maria@example.com"


def test_a_manual_handover_to_an_unknown_rep_is_refused() -> None:
    with pytest.raises(NotOnRoster, match="is not on the roster"):
        hand_over(received(download()), owner=LEE, roster=team(rep(SAM), rep(KIM)))


def test_a_manual_handover_without_an_available_rep_is_escalated() -> None:
    events = hand_over(received(download()), roster=team())
    assert [event.type for event in events] == ["HandoffOffered", "HandoffEscalated"]


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.WITH_SALES])
def test_a_lead_of_any_status_except_with_sales_may_be_handed_over_manually(status: Status) -> None:
    lead = lead_with_status(status)
    event = handed_over(lead)
    assert after_events(lead, [event]).status is Status.WITH_SALES
    if status not in (Status.NURTURING, Status.IN_REVIEW):
        assert f"it is {status.value}" in event.verdict


def test_a_lead_with_sales_is_not_handed_over_again() -> None:
    with pytest.raises(Refused, match=f"owner: {SAM}"):
        hand_over(offered(rep(SAM)))


def test_a_repeated_manual_handover_within_ten_minutes_changes_nothing() -> None:
    lead = after_events(received(download()), hand_over(received(download())))
    soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=10)
    assert hand_over(lead, now=soon) == []
    assert hand_over(lead, now=soon, owner=KIM) == []
    for other in ({"by": PAUL}, {"reason": "another"}, {"now": later}, {"owner": SAM}):
        with pytest.raises(Refused):
            hand_over(lead, **{"now": soon, **other})


def test_a_manual_handover_ends_the_hold_of_a_lead() -> None:
    lead = held(qualified())
    event = handed_over(lead, by=PAUL)
    assert event.verdict[0].startswith("the rules would hand it over (sql): meets the definition")
    assert event.verdict[-1] == "held back by maria@example.com until 24 December 2026: on holiday"
    assert after_events(lead, [event]).held is None


def test_the_verdict_of_a_manual_handover_names_the_target_account() -> None:
    target = TargetAccount(Account(domain="example.com"), AccountMatch(domain="example.com", matched_by="domain"))
    assert (
        handed_over(held(received(download())), target=target)
        .verdict[0]
        .startswith("the rules would hand it over (target_account): example.com")
    )


# --- holding back ---


def test_a_held_lead_is_looked_at_when_its_hold_ends() -> None:
    lead = held(received(download()), until=NOW + 3 * DAY)
    assert lead.held
    assert (lead.held.by, lead.held.reason, lead.held.until) == (MARIA.email, "on holiday", NOW + 3 * DAY)
    assert lead.held.verdict[0] == "the rules would not hand it over"
    assert lead.look_at == NOW + 3 * DAY
    assert lead.timer == f"{LEAD_ID}-00000003"


def test_a_hold_without_a_date_lasts_as_long_as_agreed() -> None:
    lead = held(received(download()))
    assert lead.held
    assert lead.held.until == NOW + 30 * DAY


@pytest.mark.parametrize("until", [NOW - DAY, NOW, NOW + MAX_HOLD + timedelta(seconds=1)])
def test_a_hold_until_a_past_or_too_distant_date_is_refused(until: Any) -> None:
    with pytest.raises(WrongDate, match="at most 360 days"):
        hold(received(download()), until=until)


@pytest.mark.parametrize("status", [Status.PARKED, Status.DISQUALIFIED, Status.SPAM])
def test_a_parked_disqualified_or_spam_lead_cannot_be_held_back(status: Status) -> None:
    with pytest.raises(Refused, match=f"it is {status.value} and goes to sales only if"):
        hold(lead_with_status(status))


def test_a_lead_with_sales_cannot_be_held_back() -> None:
    with pytest.raises(Refused, match="let sales return it"):
        hold(offered(rep(SAM)))


def test_a_repeated_hold_changes_nothing_and_a_different_hold_replaces_the_first() -> None:
    lead = held(received(download()))
    assert hold(lead, now=NOW + timedelta(minutes=9)) == []
    assert hold(lead, until=NOW + 30 * DAY, now=NOW + DAY) == []
    assert hold(lead, until=NOW + 31 * DAY)
    assert hold(lead, reason="another")
    assert hold(lead, by=PAUL)
    assert hold(lead, now=NOW + 31 * DAY), "the first has ended"


def test_a_held_lead_that_asks_for_a_person_is_handed_over() -> None:
    asks = Signal(email="anna@example.com", kind="demo_requested", source="web", reference="r", asks_for_a_person=True)
    lead = received(asks, held(qualified()), NOW + DAY)
    handover = manual_decisions.due_handover(lead, standing_of(lead, CARD, NOW + DAY), None, NOW + DAY)
    assert handover.trigger == "consultation"


# --- letting go ---


def test_a_released_lead_is_no_longer_held() -> None:
    lead = held(received(download()))
    after = after_events(lead, manual_decisions.release(lead))
    assert after.held is None
    assert manual_decisions.release(after) == []
