"""Writes the pages on which a manager reassigns a lead from a mail: who is free, who is not and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.domain.basics.facts import Staff
from baton.domain.handoffs.next_owners import NextOwner
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.outreach.pages.form_fields import Choice, Entered, Field, TextArea, form
from baton.outreach.pages.link_refusals import Refusal, StatusAndPage
from baton.outreach.pages.page_frame import definition_list
from baton.outreach.pages.team_link_pages import over_page, team_page, who
from baton.outreach.text.handoff_endings import ending
from baton.outreach.text.markup import escape
from baton.outreach.text.times_and_names import due_time, in_words, moment, running_clocks, trigger_heading, zone_of

NEXT_IN_TURN = "next"
_REASON_LIMIT = 500
_SHOWN = 30
_UNABLE = "Who cannot take it"


class Reassignable(NamedTuple):
    """A lead's handoff, the manager who may reassign it, to whom, and why the manager cannot have it.

    `asked` are the handoff's id and the assignment that the mail was about.
    """

    lead: Lead
    handoff: Handoff
    by: Staff
    next_owners: Sequence[NextOwner]
    why_not_by: str | None
    asked: tuple[str, int]

    @property
    def is_as_mailed(self) -> bool:
        """Tells whether the handoff is open and nobody reassigned it since the mail."""
        return self.handoff.is_open and (self.handoff.handoff_id, self.handoff.assignment) == self.asked


def reassign_page(told: Reassignable, now: datetime, entered: Entered | None = None) -> str:
    """Returns the page of a manager's link: the form with everybody who may get the lead, or why it is too late."""
    if not told.is_as_mailed:
        return _too_late_page(told)
    about = definition_list({**who(told.lead), **_held(told.handoff, now)})
    unable = _list(_UNABLE, [f"{each.email} {each.why_not}" for each in told.next_owners if not each.can_be_named])
    labels = _choices(told)
    if not labels:
        return team_page("Nobody can take this lead", about, unable)
    entered = entered or Entered({"reason": _reason(told.handoff, now)})
    fields: list[Field] = [
        Choice("owner", "To whom does it go?", labels),
        TextArea("reason", "Why? The new owner reads it.", _REASON_LIMIT),
    ]
    return team_page("Reassign this lead", about, form(fields, "Reassign it", entered), unable)


def refused_reassign_page(
    refusal: Refusal, typed: Mapping[str, str], told: Reassignable, now: datetime
) -> StatusAndPage:
    """Returns the form with what was typed and what is wrong beside its field, or who has the lead by now (409)."""
    status = refusal.status if told.is_as_mailed else 409
    return status, reassign_page(told, now, Entered(typed, dict(refusal.faults), refusal.notice))


def new_owner_page(lead: Lead) -> str:
    """Returns the page of a lead that was reassigned: who has it now."""
    handoff = lead.handoff
    if handoff is None or not handoff.is_open:
        how = ending(handoff, None, zone_of(handoff.terms.calendar)) if handoff else "It is closed."
        return over_page("This handoff is over", f"{how} Nothing more is expected of you.")
    by = f" {handoff.assigned_by} reassigned it." if handoff.assigned_by and "@" in handoff.assigned_by else ""
    return over_page("It has a new owner", f"{_now(handoff)}{by}")


def _too_late_page(told: Reassignable) -> str:
    if told.handoff.handoff_id != told.asked[0]:
        return over_page("This handoff is over", f"The lead was handed over anew since. {_now(told.handoff)}")
    return new_owner_page(told.lead)


def _now(handoff: Handoff) -> str:
    """Returns who has a handoff since when, or how it has ended."""
    zone = zone_of(handoff.terms.calendar)
    has_it = f"{handoff.owner or 'Nobody yet'} has it since {moment(handoff.assigned_at, zone)}."
    return has_it if handoff.is_open else ending(handoff, None, zone)


def _choices(told: Reassignable) -> dict[str, str]:
    able = [each for each in told.next_owners if each.can_be_named]
    is_able = told.why_not_by is None and told.handoff.owner != told.by.email
    myself = {told.by.email: "I take it myself"} if is_able else {}
    in_turn = {NEXT_IN_TURN: "Whoever is next in turn"} if any(each.is_free for each in able) else {}
    return {**in_turn, **myself, **{each.email: f"{each.email} {each.why_not or 'is free'}" for each in able[:_SHOWN]}}


def _held(handoff: Handoff, now: datetime) -> dict[str, str]:
    zone = zone_of(handoff.terms.calendar)
    clocks = {f"{in_words(each.name).capitalize()} by": due_time(each, now, zone) for each in running_clocks(handoff)}
    owner = f"{handoff.owner}, since {moment(handoff.assigned_at, zone)}" if handoff.owner else "nobody yet"
    return {"Why sales has it": trigger_heading(handoff), "Owner now": owner, **clocks}


def _reason(handoff: Handoff, now: datetime) -> str:
    """Returns the reason with which the form begins: which clock has run out."""
    late = [each for each in running_clocks(handoff) if each.is_breached(now)]
    return f"{in_words(late[0].name)} is overdue" if late else ""


def _list(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:_SHOWN])
    return f"<h2>{escape(heading)}</h2>\n<ul>{items}</ul>"
