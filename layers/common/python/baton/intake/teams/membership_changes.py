"""Reads what changes for a member of a team, and checks it; what is not named stays as it is."""

from datetime import datetime

from pydantic import ConfigDict, Field

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.refusals import Refused
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod
from baton.domain.teams.reps import Rep, Role
from baton.intake.teams.memberships import Absence, Membership, checked_member

_WORKING_TIME = frozenset({"calendar", "hours", "time_zone"})
_ABSENCES = frozenset({"add_away", "remove_away"})


class NamedAbsence(AbsencePeriod):
    """An absence that is to be removed, by its beginning and end."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class MembershipChange(Membership):
    """What changes for a person: a field that is absent stays, and null is as the agreement has it for everybody.

    `away` replaces all absences; `add_away` and `remove_away` change single ones. An absence that is added again gets
    its new `why`; one that is not there is removed already.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    add_away: tuple[Absence, ...] = Field(default=(), max_length=MAX_ABSENCES)
    remove_away: tuple[NamedAbsence, ...] = Field(default=(), max_length=MAX_ABSENCES)


def changed_member(wanted: MembershipChange, before: Rep, agreement: Agreement, team: str, now: datetime) -> Rep:
    """Returns the member as the roster stores it after a change; only what changes is checked.

    Raises:
        Refused: the stored terms cannot be read, so that nobody knows what would stay.
        MembershipFaults: a territory, calendar or time zone does not exist, or hours or absences are wrong.
    """
    if before.unread_terms:
        raise Refused("the stored hours, time zone or absences cannot be read; enter all terms again, with PUT")
    agreed = agreement.rosters[team].reps
    default: dict[str, object] = {"role": Role.REP, "weight": agreed.weight, "capacity": agreed.capacity}
    default |= {"territories": (), "away": ()}
    sent = wanted.model_fields_set
    values = {name: getattr(wanted, name) for name in sent - _ABSENCES}
    changed = {name: default.get(name) if value is None else value for name, value in values.items()}
    rep = Rep(**{**dict(before), **changed})
    rep = rep.model_copy(update={"away": _absences(rep, wanted)})
    if sent & _WORKING_TIME:
        sent = sent | _WORKING_TIME
    return checked_member(rep, agreement, team, now, of=sent, added=wanted.add_away)


def _absences(rep: Rep, wanted: MembershipChange) -> tuple[AbsencePeriod, ...]:
    gone = {(each.since, each.until) for each in (*wanted.remove_away, *wanted.add_away)}
    return (*(each for each in rep.away if (each.since, each.until) not in gone), *wanted.add_away)
