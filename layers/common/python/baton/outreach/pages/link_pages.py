"""The pages behind one-click links. A forwarded link must not leak: they show the company, the trigger and the
deadlines, and nothing of the person.
"""

from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.outreach.links.handoff_links import Action, Link, Links
from baton.outreach.pages.link_questions import QUESTIONS
from baton.outreach.pages.page_frame import HEADERS, facts, form, framed, further, paragraph
from baton.outreach.text.times_and_names import company, due, moment, running, spoken, trigger, zone_of

__all__ = ["HEADERS", "answered", "ask", "settled", "sorry"]

_NEXT = {
    Action.CONTACT: "Log that you reached out",
    Action.CLOSE: "Say how it ended",
    Action.RATE: "Rate this lead",
}
_ENDED = {HandoffState.WON: "Won", HandoffState.LOST: "Lost"}


def ask(link: Link, lead: Lead, agreement: Agreement, now: datetime) -> str:
    """The page that a link opens: what it is about, and one form that sends the answer to the same address.

    It is for a link that can still do something: ask `settled` first.
    """
    question = QUESTIONS[link.action]
    due_by = _deadlines(lead, now) if link.action in (Action.ACCEPT, Action.CONTACT) else {}
    about = facts({**_about(lead), **due_by})
    hint = [paragraph(question.hint, "soft")] if question.hint else []
    return framed(question.title, about, form(question.fields(agreement), question.button), *hint)


def settled(link: Link, lead: Lead, links: Links, now: datetime) -> str | None:
    """The page for a link that has nothing left to do, because that is done or the lead moved on; None if it has."""
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != link.handoff_id:
        return sorry("This handoff is over", "The lead has moved on since this mail was sent.")
    if handoff.assignment != link.assignment or handoff.owner is None:
        return _not_theirs(link, lead, handoff, links, now)
    if link.action is Action.RATE:
        return None
    if _is_done(link.action, handoff.state):
        return answered(link, lead, links, now)
    if not handoff.is_open:
        return sorry("Already closed", f"This handoff is closed: {handoff.state}. Nothing more is expected of you.")
    return None


def _not_theirs(link: Link, lead: Lead, handoff: Handoff, links: Links, now: datetime) -> str:
    """The page for a link to a time with the lead that is over."""
    theirs = handoff.ownership_period(link.assignment)
    if theirs and theirs.owner and theirs.owner == handoff.owner:
        return sorry(
            "There is a newer mail", "This lead has come to you anew since this mail was sent: use the newest."
        )
    if link.action is Action.RETURN and theirs and theirs.returned_for:
        return answered(link, lead, links, now)
    if handoff.is_waiting:
        return sorry("Passed on", "This lead is no longer yours, and waits for somebody else.")
    return sorry("Passed on", "This lead has been given to somebody else since this mail was sent.")


def _is_done(action: Action, state: HandoffState) -> bool:
    match action:
        case Action.ACCEPT:
            return state in (HandoffState.ACCEPTED, HandoffState.CONTACTED)
        case Action.RETURN:
            return state is HandoffState.RETURNED
        case Action.CLOSE:
            return state in _ENDED
        case _:
            return False


def answered(link: Link, lead: Lead, links: Links, now: datetime) -> str:
    """The page after the answer, for the lead as it is since: what to do by when or where the lead goes, and what else
    can be said by a click.
    """
    handoff = lead.handoff
    theirs = handoff if handoff and _is_about(link, handoff) else None
    title, *blocks = _told(link, lead, theirs, now)
    can_be_said = {_NEXT[action]: links.beside(link, action) for action in _further(link.action, theirs)}
    return framed(title, *blocks, further(can_be_said), paragraph("You can close this page.", "soft"))


def _told(link: Link, lead: Lead, theirs: Handoff | None, now: datetime) -> tuple[str, ...]:
    """A heading, and what is under it."""
    match link.action:
        case Action.RETURN:
            title, text = _where_it_goes(lead, theirs)
            return title, paragraph(text)
        case Action.CLOSE:
            ended = _ENDED.get(theirs.state, "Closed") if theirs else "Closed"
            return ended, paragraph("Nothing more is expected of you.")
        case Action.RATE:
            stars = theirs.rating.stars if theirs and theirs.rating else 0
            given = f"You gave this lead {stars} star{'' if stars == 1 else 's'}. A second rating replaces this one."
            return "Thank you", paragraph(given)
        case Action.CONTACT:
            return "Logged", facts({**_deadlines(lead, now), **_about(lead)})
        case Action.ACCEPT:
            next_step = {"Next step": theirs.next_step} if theirs else {}
            reach = paragraph("The mail with this link says how to reach them.", "soft")
            return "The lead is yours", facts({**next_step, **_deadlines(lead, now), **_about(lead)}), reach


def _further(said: Action, theirs: Handoff | None) -> list[Action]:
    """What else whoever said this may want to say about a lead that is still theirs, or was until it ended."""
    if theirs is None:
        return []
    rate = [Action.RATE] if said is not Action.RATE and theirs.rating is None else []
    match said:
        case Action.ACCEPT if theirs.is_open:
            return [Action.CONTACT]
        case Action.CONTACT | Action.RATE if theirs.is_open:
            return [Action.CLOSE, *rate]
        case _:
            return [] if theirs.is_open else rate


def sorry(title: str, text: str) -> str:
    """A page that says why nothing can be done here."""
    return framed(title, paragraph(text), paragraph("Nothing was changed. You can close this page.", "soft"))


def _about(lead: Lead) -> dict[str, str]:
    why = {"Why now": trigger(lead.handoff)} if lead.handoff else {}
    return {"Company": company(lead) or "not known", **why}


def _deadlines(lead: Lead, now: datetime) -> dict[str, str]:
    clocks = running(lead.handoff) if lead.handoff else []
    zone = zone_of(lead.handoff.terms.calendar) if lead.handoff else None
    return {f"{spoken(clock.name).capitalize()} by": _together(due(clock, now, zone)) for clock in clocks}


def _together(due_at: str) -> str:
    """What stands in brackets is not broken into lines."""
    when, bracket, besides = due_at.partition("(")
    return when + bracket + besides.replace(" ", "\N{NO-BREAK SPACE}")


def _is_about(link: Link, handoff: Handoff) -> bool:
    return (handoff.handoff_id, handoff.assignment) == (link.handoff_id, link.assignment)


def _where_it_goes(lead: Lead, theirs: Handoff | None) -> tuple[str, str]:
    if theirs is None and lead.handoff and lead.handoff.is_waiting:
        return "Passed on", "Nobody else can take it yet: it waits, and the managers know. Nothing is expected of you."
    if theirs is None:
        return "Passed on", "Somebody else in sales has the lead now. Nothing more is expected of you."
    match lead.status:
        case Status.PARKED if lead.review_on:
            goes = f"is parked and will be looked at again on {moment(lead.review_on)}"
        case Status.DISQUALIFIED:
            goes = "is kept on the list of leads that we cannot help"
        case _:
            goes = "goes back to marketing"
    return "Returned", f"The lead {goes}. Nothing more is expected of you."
