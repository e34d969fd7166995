"""Adds a leave to what is agreed for a rep, as they ask for it themselves."""

from datetime import datetime

from baton.domain.basics.days import is_bounded
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.teams.absences import MAX_ABSENCES, AbsencePeriod, LeaveRequest
from baton.domain.teams.availability import upcoming_absences
from baton.domain.teams.reps import Rep


def take_leave(rep: Rep, wanted: LeaveRequest, zone: str, now: datetime) -> Rep:
    """Returns the rep with this leave among their absences, without those that are over.

    `zone` is where they work. The same leave again changes nothing.

    Raises:
        WrongField: `to` is past or before `from`, or there are too many absences already.
        Refused: their stored terms cannot be read, so that nobody knows what would stay.
    """
    if rep.unread_terms:
        raise Refused("your hours, time zone or absences cannot be read; ask for all your terms to be entered again")
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
