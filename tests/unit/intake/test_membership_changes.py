"""A change of a member is checked as far as it goes, under the agreement in force."""

from datetime import UTC, date, datetime

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.domain.basics.refusals import Refused
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.reps import Rep
from baton.intake.teams.membership_changes import MembershipChange, changed_member
from baton.intake.teams.memberships import MembershipFaults

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AGREED = read_agreement(packaged_text())
STALE = Rep(
    email="sam@sales.example.com",
    territories=("dropped",),
    calendar="dropped",
    hours={"mon": ("09:00-12:00",)},
    time_zone="Europe/Oslo",
    away=(
        AbsencePeriod(since=date(2026, 10, 1), until=date(2026, 10, 5)),
        AbsencePeriod(since=date(1, 1, 1), until=date(9999, 12, 31)),
    ),
    open_handoffs=4,
)


def changed(**said: object) -> Rep:
    return changed_member(MembershipChange.model_validate(said), STALE, AGREED, "sales", NOW)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"add_away": [{"from": "2027-01-01", "to": "2027-01-02"}]}, id="a leave"),
        pytest.param({"weight": 2}, id="the weight"),
        pytest.param({}, id="nothing"),
    ],
)
def test_a_name_that_is_agreed_no_longer_refuses_no_other_change(said: dict[str, object]) -> None:
    rep = changed(**said)
    assert (rep.territories, rep.calendar, rep.open_handoffs) == (("dropped",), "dropped", 4)
    assert date(2026, 10, 1) not in [away.since for away in rep.away], "an absence that is over is left out"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        pytest.param({"territories": ["dropped"]}, "territories.0", id="the territory"),
        pytest.param({"calendar": "dropped"}, "calendar", id="the calendar"),
        pytest.param({"time_zone": "Europe/Paris"}, "calendar", id="the hours of such a calendar"),
    ],
)
def test_a_name_that_is_agreed_no_longer_cannot_be_entered_again(said: dict[str, object], field: str) -> None:
    with pytest.raises(MembershipFaults) as refused:
        changed(**said)
    assert [each for each, _ in refused.value.errors] == [field]


def test_an_absence_without_a_beginning_that_was_stored_long_ago_can_be_removed() -> None:
    assert changed(remove_away=[{"from": "0001-01-01", "to": "9999-12-31"}]).away == ()


SAM = Rep(email="sam@sales.example.com", capacity=20, weight=2)


def of_sam(**said: object) -> Rep:
    return changed_member(MembershipChange.model_validate(said), SAM, AGREED, "sales", NOW)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param({"capacity": 20}, id="as it was read"),
        pytest.param({"capacity": 20, "weight": 2, "time_zone": None, "territories": None}, id="all as it was read"),
        pytest.param({}, id="nothing was read"),
    ],
)
def test_a_term_that_is_still_as_it_was_read_is_changed(read: dict[str, object]) -> None:
    assert of_sam(capacity=30, if_still=read).capacity == 30


@pytest.mark.parametrize(
    ("read", "named"),
    [
        pytest.param({"capacity": 25}, "capacity", id="the term itself"),
        pytest.param({"capacity": None}, "capacity", id="it was as for everybody"),
        pytest.param({"capacity": 25, "time_zone": "Europe/Oslo"}, "capacity, time_zone", id="two"),
    ],
)
def test_a_term_that_somebody_changed_since_it_was_read_refuses_the_change(read: dict[str, object], named: str) -> None:
    with pytest.raises(Refused, match=f"somebody changed {named} since you read it"):
        of_sam(capacity=30, if_still=read)


def test_a_change_that_is_sent_again_after_a_lost_answer_is_no_conflict() -> None:
    assert of_sam(capacity=20, if_still={"capacity": 25}) == SAM
