"""The section of a mail that says of a booked meeting when it is, with whom and where."""

from datetime import datetime

from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.meetings.meeting import Meeting, called_off_meeting, next_meeting
from baton.outreach.text.times_and_names import local, moment, time_left, zone_of_owner
from baton.outreach.text.untrusted_text import defanged_line

_NAMED = 100


def meeting_lines(lead: Lead, handoff: Handoff, now: datetime) -> list[str]:
    """Returns the lead's next meeting, or the one that was called off; empty if there is none.

    The time is where the owner is and in UTC, and where the lead is, if that is known and differs. Only the link of a
    signed tool can be clicked.
    """
    if meeting := next_meeting(lead.meetings, now):
        return [
            f"MEETING{', being moved' if meeting.moves else ''}, {time_left(meeting.starts_at, now)}{_named(meeting)}",
            *meeting_times(meeting, handoff),
            *_with_whom(meeting, handoff),
            *([f"Where: {defanged_line(meeting.place)}"] if meeting.place else []),
            *([meeting.join_url] if meeting.join_url else []),
        ]
    if gone := called_off_meeting(lead.meetings, now):
        return [f"MEETING CALLED OFF{_named(gone)}", *meeting_times(gone, handoff)]
    return []


def meeting_times(meeting: Meeting, handoff: Handoff) -> list[str]:
    """Returns when a meeting is: for the owner and in UTC, and for the lead."""
    zone = zone_of_owner(handoff)
    in_utc = f" ({meeting.starts_at:%H:%M} UTC)" if zone else ""
    times = [f"{moment(meeting.starts_at, zone)}{in_utc}"]
    there = meeting.time_zone
    if there and local(meeting.starts_at, there).utcoffset() != local(meeting.starts_at, zone).utcoffset():
        times.append(f"For the lead: {moment(meeting.starts_at, there)}")
    return times


def _named(meeting: Meeting) -> str:
    return f": {defanged_line(meeting.name, _NAMED)}" if meeting.name else ""


def _with_whom(meeting: Meeting, handoff: Handoff) -> list[str]:
    if not meeting.hosts:
        return [f"With: {defanged_line(meeting.host_name)}"] if meeting.host_name else []
    hosts = ", ".join("you" if host == handoff.owner else defanged_line(host) for host in meeting.hosts)
    return [f"With: {hosts}"]
