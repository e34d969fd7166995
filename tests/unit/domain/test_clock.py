"""Clocks of a handoff in plain and in business time: start, ladder, stop and restart."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from baton.agreement.reading.agreement_reader import AgreementFaults
from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clock_terms import Act, ClockTerms, DutyTerms, Step, StopsWhen
from baton.agreement.terms.durations import parse_period
from baton.domain.basics.facts import Staff
from baton.domain.handoffs import acceptance, closing, reassignment
from baton.domain.leads.clock import SPREAD, start_clock
from baton.domain.leads.handoff import HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.ownership import MAX_RUNS
from baton.domain.qualification.handover_terms import HOLIDAY_HORIZON
from baton.domain.reports.attainment import clock_result
from baton.domain.reports.rows.report_rows import read_handoff
from baton.domain.reports.rows.row_figures import handoff_figures
from baton.domain.terms.kept_terms import AgreedClock
from baton.domain.terms.terms_from_agreement import agreed_clock
from baton.domain.timers.next_step import TO_DO
from tests.unit.agreement.drafts import read_draft, shipped_document_with, shipped_text_with
from tests.unit.domain.scenario import Scenario
from tests.unit.given import CLAUSE, HANDOFF_ID, KIM, NOW, SAM, after_events, offered, rep, team, with_terms

BERLIN = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-12:00", "13:00-17:00"]}})
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 in Berlin
MINUTE = timedelta(minutes=1)
BY_SAM = Staff(email=SAM)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Berlin, in the last days of November 2026."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def terms(within: str, *shares: float) -> AgreedClock:
    ladder = tuple(Step(at=share, do=Act.REMIND) for share in shares or (1.0,))
    return agreed_clock(ClockTerms(within=parse_period(within), stops_when="accepted", ladder=ladder), "accepted")


@pytest.mark.parametrize(
    ("within", "due"),
    [
        pytest.param("2h", at(27, 18), id="two hours of the clock on the wall"),
        pytest.param("30 business minutes", at(27, 16, 30), id="half an hour before they go home"),
        pytest.param("2 business hours", at(30, 10), id="an hour today, another on Monday"),
        pytest.param("5 business hours", at(30, 14), id="the lunch break does not count"),
        pytest.param("1 business day", at(30, 16), id="the same time on the next working day"),
    ],
)
def test_a_clock_is_due_after_its_plain_or_business_time(within: str, due: datetime) -> None:
    assert start_clock("accept", terms(within), "accepted", BERLIN, FRIDAY, HANDOFF_ID).due_at == due


def test_the_ladder_steps_of_a_business_clock_are_due_in_business_time() -> None:
    clock = start_clock("accept", terms("2 business hours", 0.5, 1.0, 1.5), "accepted", BERLIN, FRIDAY, HANDOFF_ID)
    agreed = [at(27, 17), at(30, 10), at(30, 11)]
    early, *late = (deadline.at - exact for deadline, exact in zip(clock.deadlines, agreed, strict=True))
    assert -SPREAD < early < timedelta()
    assert all(timedelta() < each < SPREAD for each in late)


def test_a_business_clock_skips_a_holiday() -> None:
    monday_off = BERLIN.model_copy(update={"holidays": ("2026-11-30 Saint Andrew's Day",)})
    assert start_clock("a", terms("2 business hours"), "accepted", monday_off, FRIDAY, HANDOFF_ID).due_at == datetime(
        2026, 12, 1, 9, tzinfo=UTC
    )


def test_a_business_clock_with_an_empty_calendar_runs_in_plain_time() -> None:
    never = BERLIN.model_copy(update={"hours": {}})
    assert start_clock("a", terms("2 business hours"), "accepted", never, FRIDAY, HANDOFF_ID).due_at == at(27, 18)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"starts_when": "accepted", "stops_when": "accepted"}, "cannot stop", id="as it starts"),
        pytest.param({"starts_when": "contacted", "stops_when": "accepted"}, "cannot stop", id="before it starts"),
        pytest.param({"stops_when": "acted"}, "starts_when: contacted", id="the next action of none"),
    ],
)
def test_a_clock_that_could_never_stop_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ClockTerms.model_validate(
            {"within": "1h", "stops_when": "closed", "ladder": [{"at": "100%", "do": "remind"}], **changed}
        )


def test_a_marketing_duty_with_a_reassign_step_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody to reassign to"):
        DutyTerms.model_validate({"within": "1h", "ladder": [{"at": "100%", "do": "reassign"}]})


# --- drafts ---

ACCEPT = "handoffs.consultation.clocks.accept.within"
HOURS = {"time_zone": "Europe/Berlin", "hours": {"mon": "09:00-10:00"}}


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        pytest.param([(ACCEPT, "2 business hours")], "handoffs.consultation", "say whose", id="nobody's hours"),
        pytest.param(
            [("handoffs.consultation.calendar", "b")], "handoffs.consultation.calendar", "no calendar", id="no such"
        ),
        pytest.param(
            [(ACCEPT, "40 business hours"), ("calendars", {"b": HOURS}), ("handoffs.consultation.calendar", "b")],
            ACCEPT,
            "more than a year",
            id="a clock of years",
        ),
        pytest.param(
            [(ACCEPT, "40 business hours"), ("calendars", {"b": HOURS}), ("teams.sales.calendar", "b")],
            ACCEPT,
            "more than a year",
            id="a clock of years in the hours of its team",
        ),
        pytest.param(
            [
                (ACCEPT, "2 business hours"),
                ("calendars", {"b": HOURS}),
                ("teams.sales.calendar", "b"),
                ("teams.other", {"label": "Another team", "reps": {"weight": 1, "capacity": 1}}),
                ("territories", [{"id": "north", "when": {"country": ["NO"]}, "team": "other"}]),
            ],
            "handoffs.consultation",
            "say whose",
            id="nobody's hours in a territory's team",
        ),
        pytest.param([("marketing.review.within", "1 business day")], "marketing", "say whose", id="marketing's hours"),
        pytest.param(
            [("handoffs.consultation.clocks.accept.starts_when", "contacted")],
            "handoffs.consultation.clocks.accept",
            "cannot stop",
            id="a clock that cannot stop",
        ),
    ],
)
def test_a_draft_with_a_clock_without_hours_over_a_year_or_without_an_end_is_refused(
    changes: list[tuple[str, object]], place: str, said: str
) -> None:
    with pytest.raises(AgreementFaults) as refused:
        read_draft(shipped_document_with(*changes))
    assert [(fault.place, said in fault.detail) for fault in refused.value.faults] == [(place, True)]


def test_a_business_clock_may_count_the_hours_of_its_team() -> None:
    team = ("teams.sales.calendar", "b")
    assert read_draft(shipped_document_with((ACCEPT, "2 business hours"), ("calendars", {"b": HOURS}), team))


# --- in a handoff ---


def request_under_business_hours() -> Scenario:
    """A consultation request on a Friday afternoon under an agreement whose clocks are in business time."""
    holidays = ["2026-11-30 Saint Andrew's Day", "2030-01-01 New Year's Day"]
    calendar = {**BERLIN.model_dump(mode="json"), "holidays": holidays}
    text = shipped_text_with(
        ("calendars", {"berlin": calendar}), ("handoffs.consultation.calendar", "berlin"), (ACCEPT, "2 business hours")
    )
    scenario = Scenario.under(text)
    scenario.now = FRIDAY
    scenario.sends("consultation_requested", form="consultation", asks_for_a_person=True)
    return scenario


def test_a_handoff_keeps_its_calendar_with_the_holidays_of_the_coming_time() -> None:
    handoff = request_under_business_hours().known.handoff
    assert handoff
    assert handoff.terms.calendar_name == "berlin"
    assert handoff.terms.calendar
    assert handoff.terms.calendar.holidays == ("2026-11-30 Saint Andrew's Day",), f"those within {HOLIDAY_HORIZON}"
    assert handoff.clocks[0].due_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert handoff.clocks[0].within == "2 business hours"


def test_a_handoff_in_plain_time_keeps_no_calendar() -> None:
    handoff = offered(rep(SAM)).handoff
    assert handoff
    assert (handoff.terms.calendar, handoff.terms.calendar_name) == (None, None)


def test_a_reassigned_handoff_keeps_the_terms_of_its_offer_under_another_agreement() -> None:
    scenario = request_under_business_hours()
    scenario.agreement = Scenario.shipped().agreement
    handed = reassignment.reassign(
        scenario.known,
        scenario.known.handoff.handoff_id,
        reassignment.ReassignRequest(owner=KIM, reason="x"),
        BY_SAM,
        team(rep(SAM), rep(KIM)),
        FRIDAY,
    )
    scenario.happens(handed)
    assert scenario.known.handoff.clocks[0].due_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def contacted(lead: Lead, now: datetime, note: str) -> Lead:
    return after_events(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", note, BY_SAM, now), now)


def test_the_next_action_clock_restarts_with_each_contact() -> None:
    lead = offered(rep(SAM))
    for day in range(3):
        lead = contacted(lead, NOW + timedelta(days=day), f"call {day}")
    handoff = lead.handoff
    assert handoff
    [running] = [clock for clock in handoff.clocks if clock.stopped_at is None]
    assert (running.name, running.due_at) == ("next_action", NOW + timedelta(days=9))
    assert [(run.clock, run.stopped_at) for run in handoff.stints[0].runs] == [
        ("next_action", NOW + timedelta(days=1)),
        ("next_action", NOW + timedelta(days=2)),
    ]


def test_a_clock_restarted_before_its_due_time_counts_as_met() -> None:
    decide = ClockTerms(
        within=parse_period("30d"), starts_when="contacted", stops_when="closed", ladder=(Step(at=1.0, do=Act.REMIND),)
    )
    lead = offered(rep(SAM), agreement=with_terms(clocks={**CLAUSE.clocks, "decide": decide}))
    for day in (0, 20):
        lead = contacted(lead, NOW + timedelta(days=day), f"call {day}")
    end = NOW + timedelta(days=45)
    lead = after_events(lead, closing.close(lead, HANDOFF_ID, "won", None, None, BY_SAM), end)
    runs = [run for run in read_handoff(handoff_figures(lead.handoff)).stints[0].runs if run.clock == "decide"]
    assert [clock_result(run, run.due_at, lead.handoff.ended_at, end) for run in runs] == ["met", "met"]


def test_a_handoff_lists_its_owners_with_their_periods_and_clocks() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, acceptance.accept(lead, HANDOFF_ID, BY_SAM, NOW + MINUTE), NOW + MINUTE)
    passed = reassignment.ReassignRequest(owner=KIM, reason="ill")
    lead = after_events(
        lead,
        reassignment.reassign(lead, HANDOFF_ID, passed, BY_SAM, team(rep(KIM)), NOW + 9 * MINUTE),
        NOW + 9 * MINUTE,
    )
    handoff = lead.handoff
    assert handoff
    assert (handoff.state, handoff.owner) == (HandoffState.OFFERED, KIM)
    first, second = handoff.stints
    assert (first.owner, first.since, first.until, first.accepted_at) == (SAM, NOW, NOW + 9 * MINUTE, NOW + MINUTE)
    assert (second.owner, second.since, second.until, second.accepted_at) == (KIM, NOW + 9 * MINUTE, None, None)
    assert [(run.clock, run.stopped_at) for run in first.runs] == [("accept", NOW + MINUTE), ("first_contact", None)]


def test_a_handoff_lists_a_bounded_number_of_clock_runs_and_counts_the_others() -> None:
    lead = offered(rep(SAM))
    for day in range(40):
        lead = contacted(lead, NOW + timedelta(days=day if day < 30 else day * 9), f"call {day}")
    handoff = lead.handoff
    assert handoff
    [stint] = handoff.stints
    late = [run for run in stint.runs if run.stopped_at and run.stopped_at > run.due_at]
    assert (len(stint.runs), len(late), stint.more) == (MAX_RUNS, 10, {"next_action": (27, 0)})


@pytest.mark.parametrize("stops_when", [each for each in get_args(StopsWhen) if each != "closed"])
def test_every_stop_condition_except_closing_is_met_by_two_logged_contacts(stops_when: StopsWhen) -> None:
    starts_when = "contacted" if stops_when == "acted" else "offered"
    awaited = ClockTerms(
        within=parse_period("1d"),
        starts_when=starts_when,
        stops_when=stops_when,
        ladder=(Step(at=1.0, do=Act.REMIND),),
    )
    lead = offered(rep(SAM), agreement=with_terms(clocks={**CLAUSE.clocks, "any": awaited}))
    for minutes in (1, 20):  # any sooner, the second would be the first, told again
        now = NOW + minutes * MINUTE
        reached = acceptance.ContactResult("reached")
        lead = after_events(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, now, reached), now)

    assert lead.handoff
    runs = [run for stint in lead.handoff.stints for run in stint.runs if run.clock == "any"]
    assert any(run.stopped_at for run in [*runs, *(clock for clock in lead.handoff.clocks if clock.name == "any")])


def test_every_stop_condition_of_a_clock_has_words() -> None:
    assert set(TO_DO) == set(get_args(StopsWhen))
