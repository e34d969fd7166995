"""A change of a member is checked as far as it goes, under the agreement in force."""

from datetime import UTC, date, datetime

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
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
