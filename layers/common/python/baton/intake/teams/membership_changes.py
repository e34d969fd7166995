"""Reads what changes for a member of a team, and checks it; what is not named stays as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.refusals import Refused
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod
from baton.domain.teams.reps import Rep, Role
from baton.intake.teams.memberships import Absence, Membership, MemberTerms, checked_member

_WORKING_TIME = frozenset({"calendar", "hours", "time_zone"})
_NO_TERMS = frozenset({"add_away", "remove_away", "if_still"})


class NamedAbsence(AbsencePeriod):
    """An absence that is to be removed, by its beginning and end."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class MembershipChange(Membership):
    """What changes for a person: a field that is absent stays, and null is as the agreement has it for everybody.

    `away` replaces all absences; `add_away` and `remove_away` change single ones. An absence that is added again gets
    its new `why`; one that is not there is removed already. `if_still` are terms as they were read: if one of them is
    another by now, and not the wanted one, nothing changes.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    add_away: tuple[Absence, ...] = Field(default=(), max_length=MAX_ABSENCES)
    remove_away: tuple[NamedAbsence, ...] = Field(default=(), max_length=MAX_ABSENCES)
    if_still: MemberTerms | None = None


def changed_member(wanted: MembershipChange, before: Rep, agreement: Agreement, team: str, now: datetime) -> Rep:
    """Returns the member as the roster stores it after a change; only what changes is checked.

    Raises:
        Refused: the stored terms cannot be read, so that nobody knows what would stay; or somebody else changed one.
        MembershipFaults: a territory, calendar or time zone does not exist, or hours or absences are wrong.
    """
    if before.unread_terms:
        raise Refused("the stored hours, time zone or absences cannot be read; enter all terms again, with PUT")
    agreed = agreement.rosters[team].reps
    default: dict[str, object] = {"role": Role.REP, "weight": agreed.weight, "capacity": agreed.capacity}
    default |= {"territories": (), "away": ()}
    sent = wanted.model_fields_set
    values = {name: getattr(wanted, name) for name in sent - _NO_TERMS}
    changed = _as_stored(values, default)
    rep = Rep(**{**dict(before), **changed})
    if wanted.if_still:
        read = {name: getattr(wanted.if_still, name) for name in wanted.if_still.model_fields_set}
        _check_unchanged(_as_stored(read, default), dict(before), changed)
    rep = rep.model_copy(update={"away": _absences(rep, wanted)})
    if sent & _WORKING_TIME:
        sent = sent | _WORKING_TIME
    return checked_member(rep, agreement, team, now, of=sent, added=wanted.add_away)


def _as_stored(values: Mapping[str, object], default: Mapping[str, object]) -> dict[str, Any]:
    return {name: default.get(name) if value is None else value for name, value in values.items()}


def _check_unchanged(read: Mapping[str, object], now: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    """Checks that terms are as they were read; one that is as it is wanted already was written before a lost answer.

    Raises:
        Refused: somebody else changed one of them meanwhile.
    """
    others = [name for name in read if now[name] not in (read[name], wanted.get(name, read[name]))]
    if others:
        raise Refused(f"somebody changed {', '.join(sorted(others))} since you read it; read the person again")


def _absences(rep: Rep, wanted: MembershipChange) -> tuple[AbsencePeriod, ...]:
    gone = {(each.since, each.until) for each in (*wanted.remove_away, *wanted.add_away)}
    return (*(each for each in rep.away if (each.since, each.until) not in gone), *wanted.add_away)
