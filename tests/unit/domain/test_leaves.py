"""A rep's leave as they ask for it: added once, whole days where they work, refused with a remedy."""

from datetime import date, timedelta

import pytest

from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod
from baton.domain.teams.leaves import LeaveRequest, take_back, take_leave
from tests.unit.given import NOW, SAM, rep

TODAY = NOW.date()
WEEK = LeaveRequest(since=TODAY, until=TODAY + timedelta(days=7))
OVER = AbsencePeriod(since=date(2026, 1, 1), until=date(2026, 1, 5))
LATER = AbsencePeriod(since=TODAY + timedelta(days=90), until=TODAY + timedelta(days=95))


def test_a_leave_joins_the_others_in_their_order_without_those_that_are_over() -> None:
    after = take_leave(rep(SAM, away=(LATER, OVER)), WEEK, "UTC", NOW)
    assert [each.since for each in after.away] == [WEEK.since, LATER.since]


def test_the_same_leave_again_changes_nothing() -> None:
    once = take_leave(rep(SAM, away=(LATER,)), WEEK, "UTC", NOW)
    assert take_leave(once, WEEK, "UTC", NOW) == once


def test_a_leave_of_today_alone_is_one_where_the_rep_works() -> None:
    just_over = LeaveRequest(since=TODAY, until=TODAY)
    evening = NOW.replace(hour=14)  # past midnight in Auckland
    assert take_leave(rep(SAM), just_over, "UTC", evening).away
    with pytest.raises(WrongField, match="is past"):
        take_leave(rep(SAM), just_over, "Pacific/Auckland", evening)


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (TODAY, TODAY - timedelta(days=1), "to"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=3), "to"),
        (date(1, 1, 1), TODAY, "from"),
    ],
)
def test_days_that_cannot_be_are_refused_by_field(since: date, until: date, field: str) -> None:
    with pytest.raises(WrongField) as refused:
        take_leave(rep(SAM), LeaveRequest(since=since, until=until), "UTC", NOW)
    assert refused.value.field == field


def test_more_absences_than_are_kept_are_refused() -> None:
    many = tuple(LATER.model_copy(update={"until": LATER.since + timedelta(days=n)}) for n in range(MAX_ABSENCES))
    with pytest.raises(WrongField, match="more than 50"):
        take_leave(rep(SAM, away=many), WEEK, "UTC", NOW)


def test_a_leave_is_refused_while_the_stored_terms_cannot_be_read() -> None:
    with pytest.raises(Refused, match="cannot be read"):
        take_leave(rep(SAM).model_copy(update={"unread_terms": "{"}), WEEK, "UTC", NOW)


@pytest.mark.parametrize("begun", [False, True], ids=["later", "begun"])
def test_a_leave_that_is_taken_back_is_gone_and_the_others_stay_however_often_it_is_said(begun: bool) -> None:
    was = take_leave(rep(SAM, away=(LATER, OVER)), WEEK, "UTC", NOW)
    meant = WEEK if begun else LATER
    back = LeaveRequest(since=meant.since, until=meant.until, taken_back=True)
    once = take_back(was, back, "UTC", NOW)
    assert [each.since for each in once.away] == [LATER.since if begun else WEEK.since]
    assert take_back(once, back, "UTC", NOW) is once


def test_no_leave_is_taken_back_while_the_stored_terms_cannot_be_read() -> None:
    with pytest.raises(Refused, match="cannot be read"):
        take_back(
            rep(SAM).model_copy(update={"unread_terms": "{"}), WEEK.model_copy(update={"taken_back": True}), "UTC", NOW
        )
