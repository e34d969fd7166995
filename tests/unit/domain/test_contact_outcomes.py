"""What came of a contact, which clocks it stops, when they speak next, and how many attempts a return asks for."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.clock_terms import OUTCOMES, AppointmentTerms, ClockTerms, ContactOutcome
from baton.agreement.terms.durations import parse_period
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused, WrongField
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.handoffs import acceptance, returns
from baton.domain.handoffs.acceptance import ContactResult
from baton.domain.leads.clock import Clock, is_missed_deadline, missed_in_words
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.reports.attainment import clock_result
from baton.domain.reports.corrected_calendars import due_under_calendar
from baton.domain.reports.rows.report_rows import read_handoff
from baton.domain.reports.rows.row_figures import handoff_figures
from baton.domain.terms import kept_terms
from baton.domain.timers.next_step import next_step
from tests.unit.given import (
    AGREEMENT,
    CLAUSE,
    HANDOFF_ID,
    IN_FORCE,
    NOW,
    SAM,
    after_events,
    offered,
    rep,
    team,
    with_terms,
)

BY_SAM = Staff(email=SAM)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
EIGHT_DAYS = NOW + 8 * DAY


def waiting_for(stops_when: object, **more: object) -> Agreement:
    """The shipped agreement, whose first contact waits for this."""
    first = {"within": "4h", "stops_when": stops_when, "ladder": [{"at": "100%", "do": "escalate"}], **more}
    return with_terms(clocks={**CLAUSE.clocks, "first_contact": ClockTerms.model_validate(first)})


def contacted(
    lead: Lead, outcome: ContactOutcome | None = None, next_at: datetime | None = None, *, after: timedelta = MINUTE
) -> Lead:
    now = NOW + after
    result = ContactResult(outcome, next_at)
    return after_events(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, now, result), now)


def handoff_of(lead: Lead) -> Handoff:
    assert lead.handoff
    return lead.handoff


def clock_of(lead: Lead, name: str) -> Clock:
    return next(clock for clock in handoff_of(lead).clocks if clock.name == name)


@pytest.mark.parametrize(
    ("stops_when", "outcome", "stops"),
    [
        pytest.param("contacted", None, True, id="contacted: whatever came of it"),
        pytest.param("contacted", "no_answer", True, id="contacted: also without an answer, as before"),
        pytest.param("reached", "reached", True, id="reached"),
        pytest.param("reached", "no_answer", False, id="reached, but nobody answered"),
        pytest.param("reached", "left_message", False, id="reached, but a message was left"),
        pytest.param("reached", "wrong_number", False, id="reached, but the number is wrong"),
        pytest.param(["reached", "left_message"], "left_message", True, id="one of two: a message"),
        pytest.param(["left_message", "reached"], "reached", True, id="one of two, in any order"),
        pytest.param(["reached", "left_message"], "no_answer", False, id="none of two"),
        pytest.param([*OUTCOMES], "wrong_number", True, id="one of all"),
    ],
)
def test_the_first_contact_stops_at_the_agreed_outcome(
    stops_when: object, outcome: ContactOutcome | None, stops: bool
) -> None:
    lead = contacted(offered(rep(SAM), agreement=waiting_for(stops_when)), outcome)
    assert bool(clock_of(lead, "first_contact").stopped_at) is stops


def test_a_contact_without_the_outcome_that_a_clock_waits_for_is_refused_in_words() -> None:
    lead = offered(rep(SAM), agreement=waiting_for("reached"))
    with pytest.raises(WrongField, match=r"reached, left_message, no_answer, wrong_number.*first_contact") as refused:
        contacted(lead)
    assert refused.value.field == "outcome"


def test_a_clock_that_starts_with_the_acceptance_asks_for_an_outcome_too() -> None:
    lead = offered(rep(SAM), agreement=waiting_for("reached", starts_when="accepted"))
    with pytest.raises(WrongField):
        contacted(lead)
    assert clock_of(contacted(lead, "reached"), "first_contact").stopped_at


def test_a_contact_after_the_lead_was_reached_needs_no_outcome() -> None:
    lead = contacted(offered(rep(SAM), agreement=waiting_for("reached")), "reached")
    assert handoff_of(contacted(lead, after=HOUR)).attempts == 2


@pytest.mark.parametrize(
    ("stops_when", "fault"),
    [
        pytest.param([], "write one of", id="no outcome"),
        pytest.param(["answered"], "write one of", id="no such outcome"),
        pytest.param(["accepted", "reached"], "write one of", id="an act among them"),
        pytest.param({"reached": True}, "write one of", id="no list"),
        pytest.param(3, "write one of", id="a number"),
    ],
)
def test_what_stops_a_clock_is_an_act_or_a_list_of_outcomes(stops_when: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        waiting_for(stops_when)


@pytest.mark.parametrize("stops_when", ["reached", ["reached", "left_message"]])
def test_a_clock_of_the_next_action_cannot_wait_for_an_outcome(stops_when: object) -> None:
    with pytest.raises(ValueError, match="cannot stop"):
        waiting_for(stops_when, starts_when="contacted")


def test_what_stops_a_clock_reads_the_same_after_it_was_stored() -> None:
    clock = waiting_for(["left_message", "reached"]).handoffs["consultation"].clocks["first_contact"]
    assert clock.stops_when == "reached or left_message"
    assert ClockTerms.model_validate(clock.model_dump(mode="json")) == clock


def test_the_words_of_outcomes_are_the_same_in_the_agreement_and_in_kept_terms() -> None:
    assert kept_terms.OUTCOMES == OUTCOMES


@pytest.mark.parametrize(
    ("reason", "is_one"),
    [
        ("not accepted in time", True),
        ("not reached in time", True),
        ("not reached or left message in time", True),
        ("no next action in time", True),
        ("not Anna Bauer in time", False),
        ("not reached or Anna in time", False),
        ("Anna was not reached", False),
        ("", False),
    ],
)
def test_a_missed_deadline_is_told_from_what_a_person_wrote(reason: str, is_one: bool) -> None:
    assert is_missed_deadline(reason) is is_one


def test_each_missed_outcome_is_known_as_a_missed_deadline() -> None:
    for outcome in OUTCOMES:
        assert is_missed_deadline(missed_in_words(outcome))
        assert is_missed_deadline(missed_in_words(f"reached or {outcome}"))


def test_the_next_action_is_due_when_they_speak_next() -> None:
    lead = contacted(offered(rep(SAM)), "reached", EIGHT_DAYS)
    assert next_step(lead).by == EIGHT_DAYS
    assert handoff_of(lead).contact == handoff_of(lead).contact
    contact = handoff_of(lead).contact
    assert contact
    assert (contact.outcome, contact.next_at) == ("reached", EIGHT_DAYS)


def test_nothing_is_reminded_of_or_escalated_before_they_speak_next() -> None:
    """The usual clock reminds after seven days, and escalates after ten and a half."""
    lead = contacted(offered(rep(SAM)), "reached", EIGHT_DAYS)
    acted = []
    for hours in range(1, 24 * 13):
        now = NOW + timedelta(hours=hours)
        happened = act_on_overdue(lead, str(lead.timer), team(rep(SAM)), lambda: IN_FORCE, now)
        lead = after_events(lead, happened, now)
        acted += [(event.type, now) for event in happened]
    assert acted == [("HandoffReminded", EIGHT_DAYS + HOUR), ("HandoffEscalated", EIGHT_DAYS + 85 * HOUR)]


def test_a_reminder_before_the_end_of_the_clock_comes_at_the_agreed_time() -> None:
    ladder = [{"at": "50%", "do": "remind"}, {"at": "75%", "do": "escalate"}, {"at": "200%", "do": "reassign"}]
    acting = {"within": "2 business hours", "starts_when": "contacted", "stops_when": "acted", "ladder": ladder}
    lead = offered(rep(SAM), agreement=with_terms(clocks={**CLAUSE.clocks, "next_action": ClockTerms(**acting)}))  # type: ignore[arg-type]
    clock = clock_of(contacted(lead, "reached", EIGHT_DAYS), "next_action")
    assert [d.at - EIGHT_DAYS for d in clock.deadlines] == [timedelta(), HOUR, 3 * HOUR]
    assert (clock.within, clock.due_at) == (None, EIGHT_DAYS)


def test_an_agreement_without_a_next_action_still_reminds_of_the_agreed_time() -> None:
    first = {name: clock for name, clock in CLAUSE.clocks.items() if name != "next_action"}
    lead = contacted(offered(rep(SAM), agreement=with_terms(clocks=first)), "reached", EIGHT_DAYS)
    assert clock_of(lead, "appointment").due_at == EIGHT_DAYS
    assert [(d.at, d.do) for d in clock_of(lead, "appointment").deadlines] == [(EIGHT_DAYS + HOUR, "remind")]
    later = contacted(lead, "reached", after=8 * DAY)
    assert clock_of(later, "appointment").stopped_at


@pytest.mark.parametrize(
    ("after", "result"),
    [
        pytest.param(8 * DAY + 40 * MINUTE, "met", id="logged when the call was over"),
        pytest.param(8 * DAY + HOUR, "met", id="at the end of the grace"),
        pytest.param(8 * DAY + 61 * MINUTE, "missed", id="after the grace"),
    ],
)
def test_a_call_at_the_agreed_time_counts_as_in_time(after: timedelta, result: str) -> None:
    lead = contacted(contacted(offered(rep(SAM)), "reached", EIGHT_DAYS), "reached", after=after)
    [stint] = read_handoff(handoff_figures(handoff_of(lead))).stints
    run = next(run for run in stint.runs if run.clock == "next_action")
    assert clock_result(run, due_under_calendar(run, None, None), None, NOW + 20 * DAY) == result


@pytest.mark.parametrize(
    ("next_at", "says"),
    [
        pytest.param(NOW, "later than now", id="before the call"),
        pytest.param(NOW + MINUTE, "later than now", id="now"),
        pytest.param(NOW + 30 * DAY + 2 * MINUTE, "at most 30d", id="further ahead than agreed"),
        pytest.param(datetime(9999, 12, 31, tzinfo=UTC), "at most 30d", id="never"),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), "later than now", id="long ago"),
    ],
)
def test_the_next_time_is_within_what_is_agreed(next_at: datetime, says: str) -> None:
    with pytest.raises(WrongField, match=says) as refused:
        contacted(offered(rep(SAM)), "reached", next_at)
    assert refused.value.field == "next_at"


def speaks_next(lead: Lead, next_at: datetime, *, after: timedelta) -> Lead:
    now = NOW + after
    return after_events(lead, acceptance.agree_next(lead, HANDOFF_ID, next_at, BY_SAM, now), now)


def test_saying_only_when_they_speak_next_moves_the_next_action_and_logs_no_contact() -> None:
    before = contacted(offered(rep(SAM)), "reached")
    after = speaks_next(before, EIGHT_DAYS, after=DAY)
    was, now = handoff_of(before), handoff_of(after)
    assert was.contact
    assert now.contact == was.contact.model_copy(update={"next_at": EIGHT_DAYS})
    assert (now.attempts, now.unanswered, now.stints, now.state) == (
        was.attempts,
        was.unanswered,
        was.stints,
        was.state,
    )
    assert (next_step(after).by, clock_of(after, "next_action").grace_until) == (EIGHT_DAYS, EIGHT_DAYS + HOUR)
    assert [clock.name for clock in now.clocks] == [clock.name for clock in was.clocks]
    assert acceptance.agree_next(after, HANDOFF_ID, EIGHT_DAYS, BY_SAM, NOW + DAY) == []
    again = speaks_next(after, EIGHT_DAYS + DAY, after=2 * DAY)
    assert next_step(again).by == EIGHT_DAYS + DAY


def test_a_time_alone_is_kept_without_a_clock_for_the_next_action_too() -> None:
    first = {name: clock for name, clock in CLAUSE.clocks.items() if name != "next_action"}
    lead = contacted(offered(rep(SAM), agreement=with_terms(clocks=first)), "reached")
    for at in (EIGHT_DAYS, EIGHT_DAYS + DAY):
        lead = speaks_next(lead, at, after=DAY)
        assert clock_of(lead, "appointment").due_at == at


def test_a_time_alone_is_waited_for_after_an_earlier_one_was_kept() -> None:
    first = {name: clock for name, clock in CLAUSE.clocks.items() if name != "next_action"}
    lead = contacted(offered(rep(SAM), agreement=with_terms(clocks=first)), "reached", next_at=NOW + DAY)
    lead = contacted(lead, "reached", after=DAY)
    kept = clock_of(lead, "appointment")
    assert kept.stopped_at
    lead = speaks_next(lead, EIGHT_DAYS, after=2 * DAY)
    waits = clock_of(lead, "appointment")
    assert (waits.due_at, waits.stopped_at) == (EIGHT_DAYS, None)
    assert [(run.clock, run.stopped_at) for run in handoff_of(lead).stints[-1].runs] == [
        ("appointment", kept.stopped_at)
    ]


@pytest.mark.parametrize(
    ("outcome", "next_at", "after", "says"),
    [
        pytest.param(None, EIGHT_DAYS, DAY, "as long as nobody has reached out", id="before the first contact"),
        pytest.param("reached", NOW + DAY, 2 * DAY, "later than now", id="past"),
        pytest.param("reached", NOW + 31 * DAY, 2 * DAY, "at most 30d from the last contact", id="moved on and on"),
        pytest.param(
            "no_answer", NOW + 9 * DAY, 3 * DAY, "from the last contact", id="who was not reached agreed to none"
        ),
        pytest.param("reached", NOW + 29 * DAY, 20 * DAY, "cannot put off what is overdue", id="overdue"),
    ],
)
def test_a_time_alone_cannot_put_off_what_is_owed(
    outcome: ContactOutcome | None, next_at: datetime, after: timedelta, says: str
) -> None:
    lead = offered(rep(SAM))
    lead = contacted(lead, outcome) if outcome else lead
    with pytest.raises(WrongField, match=says) as refused:
        speaks_next(lead, next_at, after=after)
    assert refused.value.field == "next_at"


def test_how_far_ahead_is_agreed_and_kept_with_the_handoff() -> None:
    near = AGREEMENT.model_copy(update={"appointments": AppointmentTerms.model_validate({"at_most": "2d"})})
    lead = offered(rep(SAM), agreement=near)
    with pytest.raises(WrongField, match="at most 2d"):
        contacted(lead, "reached", NOW + 3 * DAY)
    assert contacted(lead, "reached", NOW + DAY)


def test_terms_from_before_appointments_have_the_usual_ones() -> None:
    older = handoff_of(offered(rep(SAM))).terms.model_dump(mode="json")
    assert older.pop("appointments")
    assert kept_terms.HandoffTerms.model_validate(older).agreed_times.at_most == "30d"


@pytest.mark.parametrize("outcome", ["no_answer", "left_message", "wrong_number"])
def test_who_was_not_reached_puts_nothing_off_beyond_the_usual_time(outcome: ContactOutcome) -> None:
    with pytest.raises(WrongField, match=r"at most 7d from now.*not reached"):
        contacted(offered(rep(SAM)), outcome, EIGHT_DAYS)
    assert next_step(contacted(offered(rep(SAM)), outcome, NOW + 2 * DAY)).by == NOW + 2 * DAY


def test_a_first_contact_that_waits_for_being_reached_is_not_put_off_by_a_next_time() -> None:
    lead = contacted(offered(rep(SAM), agreement=waiting_for("reached")), "no_answer", NOW + DAY)
    assert next_step(lead).by == NOW + 4 * HOUR


@pytest.mark.parametrize(
    ("written", "in_utc"),
    [
        pytest.param(datetime(2026, 12, 3, 10), datetime(2026, 12, 3, 9, tzinfo=UTC), id="winter"),  # noqa: DTZ001
        pytest.param(datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC), id="no such hour"),  # noqa: DTZ001
    ],
)
def test_a_time_without_a_zone_is_one_where_the_owner_is(written: datetime, in_utc: datetime) -> None:
    far = AGREEMENT.model_copy(update={"appointments": AppointmentTerms.model_validate({"at_most": "200d"})})
    there = rep(SAM, time_zone="Europe/Berlin")
    lead = contacted(offered(there, agreement=far), "reached", written)
    assert next_step(lead).by == in_utc


def test_a_contact_is_logged_again_only_if_it_says_something_else() -> None:
    lead = contacted(offered(rep(SAM)), "no_answer")
    same = ContactResult("no_answer")
    assert acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, NOW + 5 * MINUTE, same) == []
    for other in (ContactResult("reached"), ContactResult("no_answer", NOW + DAY), ContactResult()):
        assert acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, NOW + 5 * MINUTE, other)


def asking(attempts: int) -> AgreementInForce:
    reason = AGREEMENT.return_reasons["unreachable"].model_copy(update={"attempts": attempts})
    reasons = {**AGREEMENT.return_reasons, "unreachable": reason}
    return IN_FORCE.model_copy(update={"agreement": AGREEMENT.model_copy(update={"return_reasons": reasons})})


def gives_back(lead: Lead, agreed: AgreementInForce) -> list[str]:
    back = returns.ReturnRequest(reason="unreachable")
    happened = returns.return_lead(lead, HANDOFF_ID, back, BY_SAM, agreed, team(rep(SAM)), NOW + DAY)
    return [event.type for event in happened]


@pytest.mark.parametrize(
    ("outcomes", "logged"),
    [
        pytest.param([], "none is logged", id="no attempt"),
        pytest.param(["no_answer"], "1 is logged", id="one"),
        pytest.param(["no_answer", "left_message"], "2 are logged", id="two"),
        pytest.param(["no_answer", "reached", "no_answer"], "2 are logged", id="one of three reached them"),
        pytest.param(["no_answer", "left_message", "wrong_number"], None, id="three"),
        pytest.param([None, None, None], None, id="three of which nothing was said"),
    ],
)
def test_a_return_reason_may_ask_for_attempts(outcomes: list[ContactOutcome | None], logged: str | None) -> None:
    lead = offered(rep(SAM))
    for number, outcome in enumerate(outcomes):
        lead = contacted(lead, outcome, after=number * HOUR)
    if logged is None:
        assert gives_back(lead, asking(3))[0] == "HandoffReturned"
        return
    with pytest.raises(HandoffRefused, match=f"3 attempts that did not reach the lead are agreed, and {logged}"):
        gives_back(lead, asking(3))


def test_the_shipped_agreement_asks_for_no_number_of_attempts() -> None:
    assert gives_back(offered(rep(SAM)), IN_FORCE)[0] == "HandoffReturned"


def test_a_contact_from_before_attempts_were_counted_is_one() -> None:
    lead = contacted(offered(rep(SAM)))
    older = handoff_of(lead).model_copy(update={"attempts": 0, "unanswered": 0})
    lead = contacted(lead.model_copy(update={"handoff": older}), "no_answer", after=HOUR)
    assert (handoff_of(lead).attempts, handoff_of(lead).unanswered) == (2, 2)
    assert gives_back(lead, asking(2))[0] == "HandoffReturned"
    assert gives_back(lead.model_copy(update={"handoff": older}), asking(1))[0] == "HandoffReturned"


@pytest.mark.parametrize("attempts", [0, 21, True, "3", 1.5])
def test_attempts_are_a_whole_number_from_1_to_20(attempts: object) -> None:
    reason = {"label": "No answer", "then": "nurture", "attempts": attempts}
    with pytest.raises(ValueError, match="attempts"):
        type(AGREEMENT.return_reasons["unreachable"]).model_validate(reason)


def test_contacts_are_counted_as_they_are_logged() -> None:
    """By a seed: any order of outcomes, against a plain count of them."""
    for seed in range(40):
        chance = random.Random(seed)
        lead, said = offered(rep(SAM)), list[ContactOutcome | None]()
        for number in range(chance.randrange(1, 7)):
            said.append(chance.choice([*OUTCOMES, None]))  # type: ignore[arg-type]
            lead = contacted(lead, said[-1], after=(number + 1) * HOUR)
        seen = handoff_of(lead)
        first = said.index("reached") + 1 if "reached" in said else None
        unanswered = sum(1 for each in said if each != "reached")
        assert (seen.attempts, seen.unanswered, seen.reached_after) == (len(said), unanswered, first), seed


def test_a_clock_for_an_agreed_time_keeps_it_when_calendars_are_corrected() -> None:
    assert parse_period("2 business hours").needs_calendar
    lead = contacted(offered(rep(SAM)), "reached", EIGHT_DAYS)
    [stint] = read_handoff(handoff_figures(handoff_of(lead))).stints
    run = next(run for run in stint.runs if run.clock == "next_action")
    assert (run.due_at, run.grace_until, run.within) == (EIGHT_DAYS, EIGHT_DAYS + HOUR, None)
