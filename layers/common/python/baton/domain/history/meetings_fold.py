"""Folds what tools tell of meetings into a lead, and into its handoff."""

from typing import Any

from baton.domain.basics.facts import Instant
from baton.domain.leads.lead import Lead
from baton.domain.meetings.meeting import Meeting, next_meeting, with_meeting


def meeting_changes(lead: Lead, told: Meeting | None, at: Instant) -> dict[str, Any]:
    """Returns the changed fields of a lead after a tool told of a meeting: its meetings, and the time of the next one.

    A handoff keeps that time, because its clocks may wait for it.
    """
    if told is None:
        return {}
    meetings = with_meeting(lead.meetings, told, at)
    coming = next_meeting(meetings, at)
    handoff = lead.handoff
    if handoff and handoff.is_open:
        handoff = handoff.model_copy(update={"meeting_at": coming.starts_at if coming else None})
    return {"meetings": meetings, "handoff": handoff}
