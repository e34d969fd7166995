"""The terms that a handoff keeps: as agreed at its offer, in numbers, and without the checks for drafts."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.durations import Period, TimeUnit, parse_period
from baton.agreement.terms.trigger_terms import TriggerTerms
from baton.domain.events.recorded import Recorded
from baton.domain.leads.clock import SPREAD
from baton.domain.leads.handoff_clocks import start_clocks
from baton.domain.leads.lead import Lead
from baton.domain.terms.kept_terms import HandoffTerms
from baton.domain.terms.terms_from_agreement import handoff_terms
from baton.domain.terms.terms_in_words import in_words
from baton.domain.working_time.business_time import NoBusinessTime, WorkingTime
from tests.unit.domain.reference_business_time import calendars
from tests.unit.domain.test_business_time import moments
from tests.unit.given import CLAUSE, HANDOFF_ID, SAM, clocks, offered, rep, terms

STARTS = ("offered", "accepted", "contacted")
WRITTEN = ["90m", "1d 2h", "30 business minutes", "90 business seconds", "7 business hours", "2 business days"]
periods = st.sampled_from([parse_period(text) for text in WRITTEN])


@st.composite
def clauses(draw: st.DrawFn) -> TriggerTerms:
    """Any terms, also with clocks that count business time, or that start later."""
    clause, others = draw(terms()), draw(st.lists(st.tuples(clocks(), periods), max_size=3))
    more = {
        f"clock-{number}": clock.model_copy(
            update={"within": period, "starts_when": draw(st.sampled_from(STARTS)), "stops_when": "closed"}
        )
        for number, (clock, period) in enumerate(others)
    }
    return clause.model_copy(update={"clocks": {**clause.clocks, **more}})


kept_calendars = calendars().map(lambda around: around[0])


def stored(kept: HandoffTerms) -> Any:
    """The terms as the table has them."""
    return json.loads(kept.model_dump_json(exclude_none=True))


def spelled(clause: TriggerTerms, calendar: Calendar | None) -> Any:
    """What was stored before numbers were: the parts of the agreement, as they are written."""
    names = {"team", "next_step", "clocks", "nobody_available"}
    text = json.loads(clause.model_dump_json(include=names, exclude_none=True))
    if calendar and any(clock.within.needs_calendar for clock in clause.clocks.values()):
        text |= {"calendar": json.loads(calendar.model_dump_json()), "calendar_name": "office"}
    return text


def expected_clocks(
    clause: TriggerTerms, calendar: Calendar | None, when: str, now: datetime
) -> tuple[list[Any], list[datetime]]:
    """The clocks by the agreement itself: each with its due time, and what is done; and when that is to be done."""
    clocks = [(name, clock) for name, clock in clause.clocks.items() if clock.starts_when == when]
    described = [
        (
            *(name, clock.stops_when, str(clock.within), after(now, clock.within, 1.0, calendar)),
            *(str(step.do) for step in clock.ladder),
        )
        for name, clock in clocks
    ]
    return described, [after(now, clock.within, step.at, calendar) for _, clock in clocks for step in clock.ladder]


def after(start: datetime, period: Period, share: float, calendar: Calendar | None) -> datetime:
    if calendar is None or not period.needs_calendar:
        return start + period.length * share
    working = WorkingTime(calendar)
    try:
        if period.unit is TimeUnit.BUSINESS:
            return working.add(start, period.length * share)
        end = working.days_later(start, period.length.days)
        return end if share == 1 else working.add(start, working.between(start, end) * share)
    except NoBusinessTime:
        return start + period.length * share


def started(kept: HandoffTerms, when: str, now: datetime) -> tuple[list[Any], list[datetime]]:
    """The clocks as they start, and when their steps come."""
    clocks = start_clocks(kept, when, now, HANDOFF_ID)
    described = [
        (clock.name, clock.stops_when, clock.within, clock.due_at, *(str(each.do) for each in clock.deadlines))
        for clock in clocks
    ]
    return described, [deadline.at for clock in clocks for deadline in clock.deadlines]


@given(clauses(), st.none() | kept_calendars, st.sampled_from(STARTS), moments)
def test_kept_terms_start_the_clocks_of_the_agreement_when_read_from_numbers_or_words(
    clause: TriggerTerms, calendar: Calendar | None, when: str, now: datetime
) -> None:
    expected, moments_of_steps = expected_clocks(clause, calendar, when, now)
    kept = handoff_terms(clause, None, calendar, "office")
    from_numbers = HandoffTerms.model_validate_json(kept.model_dump_json(exclude_none=True))
    from_words = HandoffTerms.model_validate(spelled(clause, calendar))
    assert from_numbers == kept
    for each in (kept, from_numbers, from_words):
        described, came = started(each, when, now)
        assert described == expected
        assert all(abs(at - agreed) <= SPREAD for at, agreed in zip(came, moments_of_steps, strict=True))
        assert each.retry_after == clause.nobody_available


@given(clauses(), st.none() | kept_calendars)
def test_handoff_terms_are_shown_in_the_words_of_the_agreement(clause: TriggerTerms, calendar: Calendar | None) -> None:
    words = spelled(clause, calendar)
    assert in_words(stored(handoff_terms(clause, None, calendar, "office"))) == words
    assert in_words(words) == words


@given(clauses(), st.none() | kept_calendars)
def test_kept_terms_can_be_read_as_clauses_of_an_agreement(clause: TriggerTerms, calendar: Calendar | None) -> None:
    kept = stored(handoff_terms(clause, None, calendar, "office"))
    assert TriggerTerms.model_validate({**kept, "calendar": None}).clocks == clause.clocks
    if "calendar" in kept:
        assert Calendar.model_validate(kept["calendar"]) == calendar


ACCEPT = {"within": "30m", "ladder": [{"at": "50%", "do": "remind"}], "stops_when": "accepted"}
REFUSED_IN_DRAFTS = {
    "longer than a year": {"clocks": {"accept": {**ACCEPT, "within": "900d"}}},
    "more business time than a year": {"clocks": {"accept": {**ACCEPT, "within": "9000 business hours"}}},
    "a ladder that goes down": {"clocks": {"accept": {**ACCEPT, "ladder": [*ACCEPT["ladder"], *ACCEPT["ladder"]]}}},
    "a step after a hundred times the time": {
        "clocks": {"accept": {**ACCEPT, "ladder": [{"at": "20000%", "do": "remind"}]}}
    },
    "a clock that stops as it starts": {"clocks": {"accept": {**ACCEPT, "starts_when": "accepted"}}},
    "no clock from the offer": {"clocks": {"later": {**ACCEPT, "starts_when": "accepted", "stops_when": "closed"}}},
    "a start that nobody knows yet": {"clocks": {"accept": ACCEPT, "later": {**ACCEPT, "starts_when": "mailed"}}},
    "too many clocks": {"clocks": {f"clock-{number}": ACCEPT for number in range(40)}},
    "a name in capitals": {"team": "Sales EMEA"},
    "an empty next step": {"next_step": ""},
    "a year without anybody": {"nobody_available": "600d"},
}


@pytest.mark.parametrize("refused", REFUSED_IN_DRAFTS.values(), ids=REFUSED_IN_DRAFTS.keys())
def test_a_stored_lead_keeps_terms_that_are_refused_in_a_draft(refused: dict[str, Any]) -> None:
    written = {**spelled(CLAUSE, None), **refused}
    with pytest.raises(ValueError, match="validation error"):
        TriggerTerms.model_validate(written)
    body = offered(rep(SAM)).model_dump(mode="json", exclude_none=True)
    body["handoff"]["terms"] = written
    lead = Lead.model_validate_json(json.dumps(body))
    assert lead.handoff
    assert stored(lead.handoff.terms).items() >= {name: refused[name] for name in {*refused} - {"clocks"}}.items()
    assert [*lead.handoff.terms.clocks] == [*written["clocks"]]
    for clock in lead.handoff.terms.clocks.values():
        assert clock.limit.length > timedelta()
        assert all(step.share > 0 for step in clock.ladder)


def test_a_stored_handoff_keeps_a_calendar_that_is_refused_in_a_draft() -> None:
    hours = {"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-12-25"] * 600}
    with pytest.raises(ValueError, match="at most 500"):
        Calendar.model_validate(hours)
    kept = HandoffTerms.model_validate({**spelled(CLAUSE, None), "calendar": hours})
    assert kept.calendar
    assert len(kept.calendar.holidays) == 600


def test_unknown_fields_of_a_newer_version_are_kept_in_all_parts_of_the_terms() -> None:
    berlin = Calendar(time_zone="Europe/Berlin", hours={"mon-fri": ("09:00-17:00",)})
    clause = CLAUSE.model_copy(update={"clocks": {"accept": CLAUSE.clocks["accept"].model_copy()}})
    newer = stored(handoff_terms(clause)) | {"calendar": json.loads(berlin.model_dump_json()), "sooner": True}
    newer["calendar"]["lunch"] = 60
    newer["clocks"]["accept"]["paused_when"] = "asked"
    newer["clocks"]["accept"]["ladder"][0]["tell"] = ["kim"]
    assert stored(HandoffTerms.model_validate_json(json.dumps(newer))) == newer


def test_an_event_keeps_unknown_fields_of_a_newer_version_in_its_terms() -> None:
    newer = stored(handoff_terms(CLAUSE)) | {"sooner": True}
    event = {"type": "HandoffReassigned", "handoff_id": "a-001", "assignment": 2, "reason": "moved", "clocks": []}
    event |= {"routing": {"candidates": [], "why": "x"}, "due_at": "2026-11-24T09:30:00Z", "terms": newer}
    recorded = Recorded.model_validate_json(
        json.dumps({"event_id": "a-00000001", "lead_id": "a", "at": "2026-11-24T09:30:00Z", "by": "x", "event": event})
    )
    assert json.loads(recorded.model_dump_json(exclude_none=True))["event"]["terms"] == newer
