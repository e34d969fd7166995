"""Memberships of a team as staff write them: terms, hours and absences, and their faults."""

from typing import Any

import pytest
from pydantic import ValidationError

from baton.agreement.terms.agreement import Agreement
from baton.domain.teams.reps import Rep, Subscription
from baton.intake.teams.memberships import Membership, MembershipFaults, member
from tests.unit.given import AGREEMENT, NOW, SAM, rep

OFFICE = {"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}}
AGREED = Agreement.model_validate(
    {
        **AGREEMENT.model_dump(mode="json"),
        "calendars": {"office": OFFICE},
        "territories": [{"id": "north", "when": {}}, {"id": "south", "when": {}}],
    }
)


def member_with(before: Rep | None = None, agreement: Agreement = AGREED, **wanted: Any) -> Rep:
    return member(Membership.model_validate(wanted), SAM, before, agreement, "sales", NOW)


def faults(**wanted: Any) -> dict[str, str]:
    with pytest.raises(MembershipFaults) as refused:
        member_with(**wanted)
    return dict(refused.value.errors)


def test_terms_left_out_of_a_membership_are_those_agreed_for_the_team() -> None:
    person = member_with(
        rep(SAM, weight=5, capacity=7, territories=["north"], calendar="office", hours={"mon": ("09:00-10:00",)})
    )
    assert (person.weight, person.capacity, person.territories) == (1, 25, ())
    assert (person.calendar, person.hours, person.time_zone) == (None, None, None)


def test_the_role_and_absences_of_a_rep_stay_unless_given() -> None:
    holidays = [{"from": "2026-12-24", "to": "2027-01-02", "why": "Christmas"}]
    before = member_with(role="manager", away=holidays)
    assert (member_with(before).role, member_with(before).away) == ("manager", before.away)
    assert member_with(before, away=[]).away == ()
    gone = before.model_copy(update={"subscription": Subscription.REMOVED})
    assert member_with(gone).away == (), "who comes back is not away"


def test_past_absences_are_left_out() -> None:
    person = member_with(away=[{"from": "2026-11-01", "to": "2026-11-22"}, {"from": "2026-11-23", "to": "2026-11-24"}])
    assert [each.until.isoformat() for each in person.away] == ["2026-11-24"]


@pytest.mark.parametrize(
    ("wanted", "field", "fault"),
    [
        (
            {"territories": ["north", "east"]},
            "territories.1",
            "has no territory `east`; it has north, south",
        ),
        ({"calendar": "berlin"}, "calendar", "the agreement has no calendar `berlin`; it has office"),
        ({"hours": {"mon": "09:00-17:00"}}, "time_zone", "is missing"),
        ({"hours": {"mon": "09:00-17:00"}, "time_zone": "Berlin"}, "time_zone", "did you mean Europe/Berlin?"),
        ({"time_zone": "Mars"}, "time_zone", "there is no time zone `Mars`"),
        ({"hours": {"mon": ["09:00-17:00", "16:00-18:00"]}, "calendar": "office"}, "hours", "overlap"),
        ({"away": [{"from": "2026-12-24", "to": "2026-12-23"}]}, "away.0.to", "is before it begins"),
        ({"away": [{"from": "2026-12-24", "to": "0001-01-01"}]}, "away.0.to", "is before it begins"),
        (
            {"away": [{"from": "2026-12-24T09:00:00Z", "to": "2026-12-24T09:00:00Z"}]},
            "away.0.to",
            "is before it begins",
        ),
    ],
    ids=str,
)
def test_a_membership_that_does_not_fit_the_agreement_is_refused_with_its_field(
    wanted: dict[str, Any], field: str, fault: str
) -> None:
    found = faults(**wanted)
    assert found.keys() == {field}
    assert fault in found[field]


@pytest.mark.parametrize(
    "wanted",
    [
        {"away": [{"from": "tomorrow", "to": "2026-12-24"}]},
        {"away": [{"from": "2026-12-24", "to": "2026-12-24T09:00:00"}]},
        {"away": [{"from": "0001-01-01", "to": "2026-12-24"}]},
        {"away": [{"from": "0001-01-01T00:00:00+14:00", "to": "2026-12-24"}]},
        {"away": [{"from": "9999-12-31", "to": "9999-12-31"}]},
        {"away": [{"from": "1899-12-30", "to": "2026-12-24"}]},
        {"away": [{"from": "2026-12-24"}]},
        {"away": [{"from": "2026-12-24", "to": "2026-12-25", "reason": "x"}]},
        {"away": [{"from": "2026-12-24", "to": "2026-12-25"}] * 51},
        {"hours": {}},
        {"hours": {"someday": "09:00-17:00"}},
        {"hours": {"mon": "9-5"}},
        {"salary": 1},
    ],
    ids=str,
)
def test_a_membership_with_a_malformed_field_is_refused(wanted: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Membership.model_validate(wanted)


def test_a_time_zone_alone_decides_when_the_days_of_an_absence_begin() -> None:
    person = member_with(time_zone="Asia/Tokyo", away=[{"from": "2026-12-24", "to": "2026-12-24"}])
    assert person.away[0].begins("Asia/Tokyo").isoformat() == "2026-12-23T15:00:00+00:00"


def test_an_absence_may_last_until_further_notice() -> None:
    person = member_with(calendar="office", away=[{"from": "2026-11-01", "to": "9999-12-31"}])
    assert person.away[0].is_open_ended
