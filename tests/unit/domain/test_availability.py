"""Working hours of reps: own or team hours, holidays and absences, in the rep's time zone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.calendars import Calendar
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.availability import TeamHours, upcoming_absences
from baton.domain.teams.reps import Rep
from baton.domain.teams.routing import choose_rep
from tests.unit.given import KIM, NOW, SAM, rep, team

BERLIN = Calendar(time_zone="Europe/Berlin", hours={"mon-fri": ("09:00-17:00",)}, holidays=("2026-11-25 Day off",))
TOKYO = Calendar(time_zone="Asia/Tokyo", hours={"mon-fri": ("09:00-17:00",)})
HOURS = TeamHours({"berlin": BERLIN, "tokyo": TOKYO}, default="berlin")
MOVED = BERLIN.model_copy(
    update={"special_hours": {"2026-11-28 a Saturday": ("10:00-14:00",), "2026-11-26": ("09:00-12:00",)}}
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def away(begin: str, end: str, **more: str) -> AbsencePeriod:
    return AbsencePeriod.model_validate({"from": begin, "to": end, **more})


def why_not(now: str, by: TeamHours = HOURS, **known: Any) -> str | None:
    person = rep(SAM, **known)
    return team(person, hours=by).why_no_lead(person, at(now))


@pytest.mark.parametrize(
    ("now", "own", "at_work"),
    [
        pytest.param("2026-11-28T09:00", None, True, id="the Saturday that the team works"),
        pytest.param("2026-11-28T09:00", {"mon-fri": ("09:00-17:00",)}, False, id="a Saturday that is not theirs"),
        pytest.param("2026-11-28T10:30", {"sat": ("09:00-11:00",)}, False, id="a Saturday on which they stop before"),
        pytest.param("2026-11-28T09:00", {"sat": ("09:00-10:00", "11:00-12:00")}, False, id="between their hours"),
        pytest.param("2026-11-28T10:30", {"sat": ("09:00-10:00", "11:00-12:00")}, True, id="in their hours"),
        pytest.param("2026-11-26T10:00", {"mon-fri": ("08:00-12:30",)}, True, id="a half day, before noon"),
        pytest.param("2026-11-26T11:15", {"mon-fri": ("08:00-12:30",)}, False, id="a half day, after noon"),
        pytest.param("2026-11-27T11:15", {"mon-fri": ("08:00-12:30",)}, True, id="another day"),
    ],
)
def test_special_hours_hold_for_who_works_then_by_their_own_hours_too(
    now: str, own: dict[str, tuple[str, ...]] | None, at_work: bool
) -> None:
    said = why_not(now, TeamHours({"berlin": MOVED}, default="berlin"), **({"hours": own} if own else {}))
    assert (said is None) == at_work


@pytest.mark.parametrize(
    ("now", "known", "why"),
    [
        pytest.param("2026-11-24T08:00", {}, None, id="at work"),
        pytest.param("2026-11-24T07:59", {}, "is not at work before Tue 24 November 09:00 (Europe/Berlin)", id="early"),
        pytest.param("2026-11-24T16:00", {}, "is not at work before Thu 26 November 09:00 (Europe/Berlin)", id="late"),
        pytest.param("2026-11-24T20:00", {"calendar": "tokyo"}, "Wed 25 November 09:00 (Asia/Tokyo)", id="elsewhere"),
        pytest.param("2026-11-25T01:00", {"calendar": "tokyo"}, None, id="no holiday elsewhere"),
        pytest.param("2026-11-24T20:00", {"calendar": "gone"}, "(Europe/Berlin)", id="by a calendar no longer agreed"),
        pytest.param("2026-11-24T20:00", {"hours": {"tue": ("20:00-24:00",)}}, None, id="own hours, the team's zone"),
        pytest.param("2026-11-25T19:30", {"hours": {"wed": ("20:00-24:00",)}}, "before Wed 2 December", id="a holiday"),
        pytest.param("2026-11-24T14:00", {"time_zone": "America/New_York"}, None, id="the team's hours, own zone"),
        pytest.param(
            "2026-11-24T09:00", {"time_zone": "America/New_York"}, "09:00 (America/New_York)", id="still night"
        ),
        pytest.param("2026-11-24T08:00", {"open_handoffs": 25}, "has 25 of at most 25", id="at work with enough to do"),
        pytest.param(
            "2026-11-24T08:00", {"open_handoffs": 25, "unaccepted_forms": 2}, None, id="at work, some by forms"
        ),
    ],
)
def test_a_rep_gets_leads_only_in_working_hours_and_below_capacity(
    now: str, known: dict[str, Any], why: str | None
) -> None:
    said = why_not(now, **known)
    assert said is None if why is None else why in str(said)


def test_a_rep_without_a_calendar_is_always_at_work() -> None:
    assert why_not("2026-12-25T03:00", TeamHours()) is None


@pytest.mark.parametrize(
    ("now", "absence", "why"),
    [
        pytest.param("2026-11-23T22:59", away("2026-11-24", "2026-11-24"), None, id="a day begins at midnight there"),
        pytest.param("2026-11-23T23:00", away("2026-11-24", "2026-11-24"), "until 24 November 2026", id="from then on"),
        pytest.param("2026-11-24T22:59", away("2026-11-24", "2026-11-24"), "until 24 November 2026", id="all day long"),
        pytest.param("2026-11-24T23:00", away("2026-11-24", "2026-11-24"), None, id="and is over at the next"),
        pytest.param(
            "2026-11-24T10:00",
            away("2026-11-24T09:30:00Z", "2026-11-24T13:00:00+01:00"),
            "is away until Tue 24 November 13:00 (Europe/Berlin)",
            id="some hours",
        ),
        pytest.param("2026-11-24T12:00", away("2026-11-24T09:30:00Z", "2026-11-24T12:00:00Z"), None, id="till noon"),
    ],
)
def test_a_rep_gets_no_lead_during_an_absence(now: str, absence: AbsencePeriod, why: str | None) -> None:
    open_all_day = TeamHours(
        {"b": BERLIN.model_copy(update={"hours": {"mon-sun": ("00:00-24:00",)}, "holidays": ()})}, "b"
    )
    said = why_not(now, open_all_day, away=(absence,))
    assert said is None if why is None else why in str(said)


def test_the_last_end_of_overlapping_absences_is_told() -> None:
    absences = away("2026-11-24", "2026-11-24"), away("2026-11-23", "2026-12-01"), away("2026-11-20", "2026-11-25")
    assert why_not("2026-11-24T10:00", away=absences) == "is away until 1 December 2026"


def test_past_absences_are_dropped_and_the_other_absences_come_in_order() -> None:
    person = rep(
        SAM, away=(away("2026-12-24", "2027-01-01"), away("2026-11-23", "2026-11-24"), away("2026-01-01", "2026-02-01"))
    )
    assert [each.until.isoformat() for each in upcoming_absences(person, "UTC", NOW)] == ["2026-11-24", "2027-01-01"]


@pytest.mark.parametrize(
    ("now", "known", "moment"),
    [
        pytest.param("2026-11-24T10:00", {}, "2026-11-24T10:00", id="now"),
        pytest.param("2026-11-24T16:00", {}, "2026-11-26T08:00", id="after the holiday"),
        pytest.param("2026-11-24T10:00", {"away": (away("2026-11-24", "2026-11-26"),)}, "2026-11-27T08:00", id="leave"),
        pytest.param(
            "2026-11-24T10:00",
            {"away": (away("2026-11-24", "2026-11-26"), away("2026-11-27", "2026-11-30"))},
            "2026-12-01T08:00",
            id="one leave after the other",
        ),
        pytest.param(
            "2026-11-24T10:00",
            {"away": (away("2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z"),)},
            "2026-11-24T11:00",
            id="an appointment",
        ),
    ],
)
def test_the_next_working_moment_of_a_rep_is_after_closed_hours_and_absences(
    now: str, known: dict[str, Any], moment: str
) -> None:
    assert HOURS.next_at_work(rep(SAM, **known), at(now)) == at(moment)


def test_a_rep_with_years_of_holidays_or_absence_still_has_a_next_working_moment() -> None:
    never = Calendar(time_zone="UTC", hours={"mon": ("09:00-10:00",)}, holidays=())
    mondays = tuple(
        (datetime(2026, 11, 23, tzinfo=UTC) + timedelta(weeks=week)).date().isoformat() for week in range(500)
    )
    closed = never.model_copy(update={"holidays": mondays})
    assert TeamHours({"x": closed}, "x").next_at_work(rep(SAM), datetime(2036, 1, 1, tzinfo=UTC)) is not None
    person = rep(SAM, away=(away("2026-01-01", "9999-12-30"),))
    assert TeamHours().next_at_work(person, NOW) == datetime(2200, 1, 1, tzinfo=UTC)


EXTREMES = [
    ("0001-01-01", "2026-12-24"),
    ("0001-01-01", "0001-01-01"),
    ("2026-11-01", "9999-12-31"),
    ("9999-12-31", "9999-12-31"),
    ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    ("1970-01-01", "2099-12-31"),
    ("1899-12-30", "2026-12-24"),
    ("1753-01-01", "2262-04-11"),
    ("1601-01-01T00:00:00Z", "2038-01-19T03:14:07Z"),
    ("2026-11-01", "2199-12-31"),
]
ZONES = ["Europe/Berlin", "Asia/Tokyo", "Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("begin", "end"), EXTREMES, ids=" ".join)
def test_an_absence_of_extreme_years_that_is_stored_already_harms_nobody(begin: str, end: str, zone: str) -> None:
    calendar = Calendar(time_zone=zone, hours={"mon-sun": ("00:00-24:00",)})
    person = rep(SAM, away=(away(begin, end),))
    roster = team(person, rep(KIM), hours=TeamHours({"here": calendar}, "here"))
    why = roster.why_no_lead(person, NOW)
    is_over = end < "2026" or begin > "9"
    assert (why is None) == is_over
    assert choose_rep(roster, NOW).chosen
    assert roster.next_at_work(person, NOW)
    assert upcoming_absences(person, zone, NOW) == (() if end < "2026" else person.away)


def test_an_absence_without_a_real_end_lasts_until_further_notice() -> None:
    assert why_not("2026-11-24T10:00", away=(away("2026-11-01", "9999-12-31"),)) == "is away until further notice"


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param({"time_zone": "Mars/Phobos", "hours": {"mon-sun": ("00:00-24:00",)}}, id="no time zone"),
        pytest.param({"time_zone": "../../etc/passwd", "hours": {"mon-sun": ("00:00-24:00",)}}, id="a path"),
        pytest.param({"time_zone": "Europe/Berlin", "hours": {"someday": ("09:00-17:00",)}}, id="no day"),
        pytest.param({"time_zone": "Europe/Berlin", "hours": {"mon": ("9-5",)}}, id="no time"),
        pytest.param({"time_zone": "Mars/Phobos", "away": (away("2026-11-01", "2026-12-01"),)}, id="away on Mars"),
        pytest.param({"calendar": "broken"}, id="a calendar with a holiday that does not exist"),
        pytest.param({"unread_terms": "{"}, id="not read at all"),
    ],
)
def test_bad_terms_of_one_rep_exclude_that_rep_and_not_the_team(terms: dict[str, Any]) -> None:
    broken = Calendar.model_construct(time_zone="UTC", hours={"mon-sun": ("00:00-24:00",)}, holidays=("2026-02-30",))
    person = rep(SAM, **terms)
    roster = team(person, rep(KIM), hours=TeamHours({"broken": broken}))
    assert str(roster.why_no_lead(person, NOW)).endswith("cannot be read; enter them again")
    assert choose_rep(roster, NOW).chosen == KIM
    assert roster.next_at_work(person, NOW) is None or person.unread_terms


moments = st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW + timedelta(minutes=minutes))
absences = st.lists(st.tuples(moments, moments).map(sorted), max_size=6).map(
    lambda pairs: tuple(AbsencePeriod(since=begin, until=end) for begin, end in pairs)
)


@given(moments, absences, st.sampled_from(["berlin", "tokyo", None]))
def test_a_rep_gets_no_lead_before_the_next_working_moment_and_may_get_one_then(
    now: datetime, some: tuple[AbsencePeriod, ...], calendar: str | None
) -> None:
    person, hours = rep(SAM, away=some, calendar=calendar), HOURS if calendar else TeamHours()
    roster, moment = team(person, hours=hours), hours.next_at_work(person, now)
    assert moment is not None
    assert roster.why_no_lead(person, moment) is None
    for step in range(0, int((moment - now).total_seconds() // 60), 7):
        assert roster.why_no_lead(person, now + timedelta(minutes=step))


def test_a_rep_stored_as_json_is_read_back_unchanged() -> None:
    person = rep(SAM, away=(away("2026-11-24", "2026-12-01T12:00:00Z", why="leave"),), hours={"mon": ("09:00-10:00",)})
    assert Rep.model_validate_json(person.model_dump_json(by_alias=True)) == person
