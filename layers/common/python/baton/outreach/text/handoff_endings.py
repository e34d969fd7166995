"""Says how a handoff has ended: who said it, when, and for which reason."""

from baton.domain.leads.handoff import Handoff, HandoffState
from baton.outreach.text.times_and_names import in_words, moment, zone_of_owner

CAME_ANEW = ("There is a newer mail", "This lead has come to you anew since this mail was sent: use the newest.")
"""Heading and text for a link of a lead that its reader got once more."""
_OVER = "This handoff is over"
_SAID = {HandoffState.WON: "won", HandoffState.LOST: "lost"}


def ending(handoff: Handoff, reader: str | None, zone: str | None) -> str:
    """Returns a sentence such as `You said on Tue 24 Nov 2026, 09:30 UTC that it is won.`; empty of an open handoff.

    `reader` is the rep who reads it: it is `you` for them, and everybody else is a colleague. A manager, without one,
    reads who it was.
    """
    if handoff.is_open:
        return ""
    on = f" on {moment(handoff.ended_at, zone)}" if handoff.ended_at else ""
    by = handoff.ended_by if handoff.ended_by and "@" in handoff.ended_by else None
    who = by if by is None or reader is None else "You" if by == reader else "A colleague"
    if won_or_lost := _SAID.get(handoff.state):
        return f"{who} said{on} that it is {won_or_lost}." if who else f"It is {won_or_lost}{on and f', said{on}'}."
    why = f": {in_words(handoff.return_reason)}" if handoff.return_reason else ""
    return f"{who} gave it back{on}{why}." if who else f"It was given back{on}{why}."


def what_became(newer: Handoff | None, former: Handoff | None, assignment: int) -> tuple[str, str]:
    """Returns heading and text on a former handoff for a rep who had it by an assignment: its end, if they had it last.

    It names nobody: the lead may be somebody else's by now. A rep who has the lead anew hears of that.
    """
    if former is None:
        return _OVER, "The lead has moved on since this mail was sent."
    theirs = former.ownership_period(assignment)
    if theirs and theirs.owner and newer and newer.is_open and newer.owner == theirs.owner:
        return CAME_ANEW
    if former.assignment != assignment:
        return _OVER, "It was passed on from you, and has ended since."
    how = ending(former, former.owner, zone_of_owner(former))
    anew = " The lead came to sales anew since, to somebody else." if newer and newer.is_open else ""
    return _OVER, f"{how}{anew}"
