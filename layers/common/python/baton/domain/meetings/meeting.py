"""Booked meetings: what a signed tool tells of them, and which comes next."""

from datetime import datetime

from pydantic import ConfigDict

from baton.domain.basics.facts import Fact, Instant

MAX_MEETINGS = 10
"""A lead keeps so many meetings: the next one, those to come that a tool vouches for, and those told of last."""


class Meeting(Fact):
    """A meeting that somebody booked with us, as a signed tool tells it; nobody else can.

    `meeting_id` is the tool's. `hosts` are addresses, which may be on a roster; `host_name` is what the tool calls the
    first. `time_zone` is where the lead is. `replaces` is the meeting in whose place this one was booked, and `moves`
    says of a meeting that is called off that another takes its place. What `name`, `place` and `host_name` say may have
    been typed by anybody; `join_url` is a link with https that the tool made. `by_anybody`: it was booked on a page
    that anybody can use, in anybody's name.
    """

    model_config = ConfigDict(extra="allow")

    meeting_id: str
    starts_at: Instant
    told_at: Instant
    hosts: tuple[str, ...] = ()
    host_name: str | None = None
    name: str | None = None
    place: str | None = None
    join_url: str | None = None
    time_zone: str | None = None
    replaces: str | None = None
    called_off: bool = False
    moves: bool = False
    by_anybody: bool = False


Meetings = tuple[Meeting, ...]


def with_meeting(known: Meetings, told: Meeting, now: datetime | None = None) -> Meetings:
    """Adds what a tool tells of a meeting to those that are known, in whatever order it comes.

    Of too many, those that anybody can book go first, but for the next one as of `now`.

    What was told later holds. A meeting that was called off stays so, unless it is booked again later; one that another
    took the place of is called off, also if its booking comes last.
    """
    before = next((each for each in known if each.meeting_id == told.meeting_id), None)
    if before and (before.told_at > told.told_at or (before.called_off and before.told_at == told.told_at)):
        return known
    said = {name: getattr(told, name) for name in told.model_fields_set if getattr(told, name) not in (None, ())}
    latest = before.model_copy(update={"called_off": False, "moves": False, **said}) if before else told
    if before and not (before.by_anybody and told.by_anybody):
        latest = latest.model_copy(update={"by_anybody": False})
    if any(each.replaces == told.meeting_id for each in known):
        latest = _moved_away(latest)
    others = (_moved_away(each) if each.meeting_id == told.replaces else each for each in known if each is not before)
    return _bounded((*others, latest), now)


def _bounded(meetings: Meetings, now: datetime | None) -> Meetings:
    """Returns the meetings to keep, in the order in which they were told."""
    ordered = sorted(meetings, key=lambda each: each.told_at)
    if len(ordered) <= MAX_MEETINGS:
        return tuple(ordered)
    vouched = tuple(each for each in ordered if not each.by_anybody)
    coming = {id(each) for each in vouched if now is None or (each.starts_at > now and not each.called_off)}
    upcoming = {id(next_meeting(tuple(each), now)) for each in (ordered, vouched)} if now else set[int]()
    ranked = sorted(ordered, key=lambda each: (id(each) in upcoming, id(each) in coming))
    kept = {id(each) for each in ranked[-MAX_MEETINGS:]}
    return tuple(each for each in ordered if id(each) in kept)


def _moved_away(meeting: Meeting) -> Meeting:
    return meeting.model_copy(update={"called_off": True, "moves": True})


def next_meeting(known: Meetings, now: datetime) -> Meeting | None:
    """Returns the next meeting that has not begun and was not called off; None if there is none.

    One that is being moved stands until the meeting is known that takes its place.
    """
    coming = [each for each in known if each.starts_at > now and _stands(each, known)]
    return min(coming, key=lambda each: each.starts_at, default=None)


def _stands(meeting: Meeting, known: Meetings) -> bool:
    return not meeting.called_off or (meeting.moves and all(each.replaces != meeting.meeting_id for each in known))


def called_off_meeting(known: Meetings, now: datetime) -> Meeting | None:
    """Returns the meeting to come that was called off last, if no other is to come; None if there is none."""
    if next_meeting(known, now):
        return None
    gone = [each for each in known if each.starts_at > now and each.called_off and not each.moves]
    return max(gone, key=lambda each: each.told_at, default=None)
