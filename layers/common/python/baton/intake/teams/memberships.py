"""Reads a member of a team as staff writes it, and checks it against the agreement."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.calendars import Blocks, Calendar, Days
from baton.agreement.terms.clause import Name
from baton.domain.basics.days import is_bounded
from baton.domain.basics.facts import AS_WHOLE
from baton.domain.basics.refusals import Refused
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod
from baton.domain.teams.availability import TeamHours, upcoming_absences
from baton.domain.teams.reps import Rep, Role, Subscription

Fault = tuple[str, str]


class MembershipFaults(ValueError):
    """The member does not fit; `errors` are the fields at fault, each with what is wrong."""

    def __init__(self, errors: list[Fault]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{field}: {fault}" for field, fault in errors))


class Absence(AbsencePeriod):
    """An absence as it is written, with nothing else beside it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    @field_validator("since")
    @classmethod
    def _begins_in_our_time(cls, since: date | datetime) -> date | datetime:
        if not is_bounded(since):
            raise ValueError(f"is in the year {since.year}; write the day on which the absence begins")
        return since


class MemberTerms(BaseModel):
    """What is agreed for a person, without absences; what is left out is as the agreement has it for everybody."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    role: Role | None = None
    weight: Annotated[int, Field(ge=1, le=100), AS_WHOLE] | None = None
    capacity: Annotated[int, Field(ge=1, le=1000), AS_WHOLE] | None = None
    territories: tuple[Name, ...] | None = Field(default=None, max_length=100)
    calendar: Name | None = None
    hours: dict[Days, Blocks] | None = Field(default=None, min_length=1, max_length=7)
    time_zone: Annotated[str, Field(min_length=1, max_length=60)] | None = None


class Membership(MemberTerms):
    """What is agreed for a person; what is left out is as the agreement has it for everybody, but role and absences are
    as they were.
    """

    away: tuple[Absence, ...] | None = Field(default=None, max_length=MAX_ABSENCES)


def member(wanted: Membership, email: str, before: Rep | None, agreement: Agreement, team: str, now: datetime) -> Rep:
    """Returns the member as the roster stores it; absences that are over are left out.

    Raises:
        MembershipFaults: a territory, calendar or time zone does not exist, or hours or absences are wrong.
    """
    terms = agreement.rosters[team]
    still_here = before if before and before.subscription is not Subscription.REMOVED else None
    rep = Rep(
        email=email,
        role=wanted.role or (before.role if before else Role.REP),
        weight=wanted.weight or terms.reps.weight,
        capacity=wanted.capacity or terms.reps.capacity,
        territories=tuple(dict.fromkeys(wanted.territories or ())),
        calendar=wanted.calendar,
        hours=wanted.hours,
        time_zone=wanted.time_zone,
        away=(still_here.away if still_here else ()) if wanted.away is None else wanted.away,
    )
    return checked_member(rep, agreement, team, now)


def check_is_new(before: Rep | None, wanted: Rep) -> None:
    """Checks that nobody else put the person on the roster; who is there with these very terms is no other's entry.

    Raises:
        Refused: they are on it, and with other terms.
    """
    if before is None or before.subscription is Subscription.REMOVED:
        return
    others = [name for name in Membership.model_fields if getattr(before, name) != getattr(wanted, name)]
    if others:
        raise Refused(f"they are on the roster already, with another {', '.join(others)}; read the person, and PATCH")


def checked_member(
    rep: Rep,
    agreement: Agreement,
    team: str,
    now: datetime,
    *,
    of: Collection[str] | None = None,
    added: Sequence[AbsencePeriod] = (),
) -> Rep:
    """Returns the member without absences that are over, if the terms fit; of a change only those fields count.

    `of` are the fields that change, or None for all, and `added` the absences that are new.

    Raises:
        MembershipFaults: a territory, calendar or time zone does not exist, or hours or absences are wrong.
    """
    hours = TeamHours(agreement.calendars, agreement.rosters[team].calendar)
    faults = [each for each in _faults(rep, hours, agreement) if of is None or each[0].partition(".")[0] in of]
    if faults:
        raise MembershipFaults(faults)
    zone = hours.zone(rep)
    faults = [*_absence_faults("away", rep.away if of is None or "away" in of else (), zone)]
    left = upcoming_absences(rep, zone, now)
    faults += _absence_faults("add_away", added, zone)
    if added and len(left) > MAX_ABSENCES:
        faults.append(("add_away", f"makes {len(left)} absences; at most {MAX_ABSENCES} are kept, so remove others"))
    if faults:
        raise MembershipFaults(faults)
    return rep.model_copy(update={"away": tuple(AbsencePeriod(**dict(away)) for away in left)})


def _faults(rep: Rep, hours: TeamHours, agreement: Agreement) -> Iterator[Fault]:
    agreed = [territory.id for territory in agreement.territories]
    for number, territory in enumerate(rep.territories):
        if territory not in agreed:
            yield f"territories.{number}", _unknown_name_fault("territory", territory, agreed)
    if rep.calendar and rep.calendar not in agreement.calendars:
        yield "calendar", _unknown_name_fault("calendar", rep.calendar, [*agreement.calendars])
    elif rep.hours and not rep.time_zone and hours.calendar_of(rep.model_copy(update={"hours": None})) is None:
        yield "time_zone", "is missing: nothing says where these hours are; write one like Europe/Berlin"
    elif rep.hours or rep.time_zone:
        yield from _hours(rep, hours)


def _hours(rep: Rep, hours: TeamHours) -> Iterator[Fault]:
    """Yields the faults of a member's own hours and time zone."""
    from baton.agreement.checks.calendar_checks import calendar_faults  # slow, and few have hours of their own  # noqa: PLC0415

    always: dict[str, tuple[str, ...]] = {"mon-sun": ("00:00-24:00",)}
    zone_known = hours.calendar_of(rep)
    calendar = Calendar(
        time_zone=(zone_known.time_zone if zone_known else rep.time_zone) or "UTC",
        hours=dict(zone_known.hours) if zone_known else always,
        holidays=zone_known.holidays if zone_known else (),
    )
    own = {"time_zone", *(["hours"] if rep.hours else [])}
    yield from ((".".join(map(str, loc)), fault) for loc, fault in calendar_faults(calendar) if loc[0] in own)


def _absence_faults(field: str, absences: Sequence[AbsencePeriod], zone: str) -> Iterator[Fault]:
    for number, away in enumerate(absences):
        if away.ends(zone) <= away.begins(zone):
            yield f"{field}.{number}.to", "is before it begins; dates are whole days, the last included"


def _unknown_name_fault(what: str, name: str, agreed: list[str]) -> str:
    return f"the agreement has no {what} `{name}`; it has {', '.join(agreed) or 'none'}"
