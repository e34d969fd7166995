"""Adds a leave to what is agreed for a rep, as they ask for it themselves, and takes one back."""

from datetime import datetime

from baton.domain.basics.days import DayOrMoment, is_bounded
from baton.domain.basics.facts import Fact
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod
from baton.domain.teams.availability import upcoming_absences
from baton.domain.teams.reps import Rep


class LeaveRequest(Fact):
    """A rep's request to be away from one day until another, the last included; or to be here then after all."""

    since: DayOrMoment
    until: DayOrMoment
    taken_back: bool = False


def take_leave(rep: Rep, wanted: LeaveRequest, zone: str, now: datetime) -> Rep:
    """Returns the rep with this leave among their absences, without those that are over.

    `zone` is where they work. The same leave again changes nothing.

    Raises:
        WrongField: `to` is past or before `from`, or there are too many absences already.
        Refused: their stored terms cannot be read, so that nobody knows what would stay.
    """
    _refuse_unread(rep)
    leave = AbsencePeriod(since=wanted.since, until=wanted.until)
    if not is_bounded(leave.since):
        raise WrongField("from", f"is in the year {leave.since.year}; write the day on which the leave begins")
    if leave.ends(zone) <= leave.begins(zone):
        raise WrongField("to", "is before the first day")
    if leave.ends(zone) <= now:
        raise WrongField("to", "is past")
    left = upcoming_absences(rep, zone, now)
    if any((each.since, each.until) == (leave.since, leave.until) for each in left):
        return rep
    if len(left) >= MAX_ABSENCES:
        raise WrongField("to", f"makes more than {MAX_ABSENCES} absences; remove others first")
    away = upcoming_absences(rep.model_copy(update={"away": (*left, leave)}), zone, now)
    return rep.model_copy(update={"away": away})


def take_back(rep: Rep, leave: LeaveRequest, zone: str, now: datetime) -> Rep:
    """Returns the rep without this leave, begun or not, and without those that are over.

    A leave that is not there, such as one that was taken back before, changes nothing.

    Raises:
        Refused: their stored terms cannot be read, so that nobody knows what would stay.
    """
    _refuse_unread(rep)
    planned = upcoming_absences(rep, zone, now)
    left = tuple(each for each in planned if (each.since, each.until) != (leave.since, leave.until))
    return rep if left == planned else rep.model_copy(update={"away": left})


def _refuse_unread(rep: Rep) -> None:
    if rep.unread_terms:
        raise Refused("your hours, time zone or absences cannot be read; ask for all your terms to be entered again")
