"""Writes the pages behind one-click links.

A forwarded link must not leak: the pages show company, trigger and deadlines, and nothing of the person.
"""

from datetime import datetime, time

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.meetings.meeting import next_meeting
from baton.outreach.links.handoff_links import Action, Link, Links
from baton.outreach.pages.page_frame import HEADERS, definition_list, html_page, link_buttons, paragraph
from baton.outreach.text.shown_addresses import alphabets_of_disguise
from baton.outreach.text.times_and_names import (
    company_name,
    due_time,
    in_words,
    local,
    moment,
    running_clocks,
    trigger_heading,
    zone_of,
)

__all__ = [
    "HEADERS",
    "about_lead",
    "confirmation_page",
    "deadlines",
    "differing",
    "finished_page",
    "gone_page",
    "not_done_page",
]

_NEXT = {
    Action.CONTACT: "Log that you reached out",
    Action.CLOSE: "Say how it ended",
    Action.RATE: "Rate this lead",
}
_ENDED = {HandoffState.WON: "Won", HandoffState.LOST: "Lost"}


def finished_page(link: Link, lead: Lead, links: Links, now: datetime) -> str | None:
    """Returns the page for a link whose action is done or no longer possible; None if it still is."""
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != link.handoff_id:
        return not_done_page("This handoff is over", "The lead has moved on since this mail was sent.")
    if handoff.assignment != link.assignment or handoff.owner is None:
        return _reassigned_page(link, lead, handoff, links, now)
    if link.action in (Action.RATE, Action.TAKE_OVER):
        can_be_done = link.action is Action.RATE or differing(link, lead)
        return None if can_be_done else _nothing_to_take_over(link, lead, links, now)
    if _is_done(link.action, handoff.state):
        return confirmation_page(link, lead, links, now)
    if not handoff.is_open:
        return not_done_page(
            "Already closed", f"This handoff is closed: {handoff.state}. Nothing more is expected of you."
        )
    return None


def _reassigned_page(link: Link, lead: Lead, handoff: Handoff, links: Links, now: datetime) -> str:
    """Returns the page for a link of an assignment that has ended."""
    theirs = handoff.ownership_period(link.assignment)
    if theirs and theirs.owner and theirs.owner == handoff.owner:
        return not_done_page(
            "There is a newer mail", "This lead has come to you anew since this mail was sent: use the newest."
        )
    if link.action is Action.RETURN and theirs and theirs.returned_for:
        return confirmation_page(link, lead, links, now)
    if handoff.is_waiting:
        return not_done_page("Passed on", "This lead is no longer yours, and waits for somebody else.")
    return not_done_page("Passed on", "This lead has been given to somebody else since this mail was sent.")


def differing(link: Link, lead: Lead) -> dict[str, str]:
    """Returns which fact a link takes over, and who gives it: not what they say, which may be of the person."""
    if link.word is None:
        return {}
    from baton.domain.history.differing_words import differing_words  # few links do  # noqa: PLC0415
    from baton.outreach.text.speakers_in_words import who_says  # as above  # noqa: PLC0415

    found = next((each for each in differing_words(lead) if each.id == link.word), None)
    return {"What": in_words(found.fact.removeprefix(ATTRIBUTE)), "Said by": who_says(found.word)} if found else {}


def _nothing_to_take_over(link: Link, lead: Lead, links: Links, now: datetime) -> str:
    from baton.domain.basics.refusals import Refused  # few links do  # noqa: PLC0415
    from baton.domain.lead_changes.taking_over import taken_over  # as above  # noqa: PLC0415

    try:
        taken_over(lead, [str(link.word)])
    except Refused:
        return not_done_page("This is not said any more", "Somebody has decided otherwise, or says something else now.")
    return confirmation_page(link, lead, links, now)


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


def confirmation_page(link: Link, lead: Lead, links: Links, now: datetime) -> str:
    """Returns the page after an answer: the next deadlines or where the lead goes, and links to further actions."""
    handoff = lead.handoff
    theirs = handoff if handoff and _is_about(link, handoff) else None
    title, *blocks = _confirmation(link, lead, theirs, now)
    can_be_said = {_NEXT[action]: links.token_for(link, action) for action in _next_actions(link.action, theirs)}
    return html_page(title, *blocks, link_buttons(can_be_said), paragraph("You can close this page.", "soft"))


def _confirmation(link: Link, lead: Lead, theirs: Handoff | None, now: datetime) -> tuple[str, ...]:
    """Returns the page's heading and the blocks under it."""
    match link.action:
        case Action.RETURN:
            title, text = _return_outcome(lead, theirs)
            return title, paragraph(text)
        case Action.CLOSE:
            ended = _ENDED.get(theirs.state, "Closed") if theirs else "Closed"
            return ended, paragraph("Nothing more is expected of you.")
        case Action.RATE:
            stars = theirs.rating.stars if theirs and theirs.rating else 0
            given = f"You gave this lead {stars} star{'' if stars == 1 else 's'}. A second rating replaces this one."
            return "Thank you", paragraph(given)
        case Action.TAKE_OVER:
            return "Taken over", paragraph("It is your word now, and stands until staff says otherwise.")
        case Action.CONTACT:
            return "Logged", definition_list({**deadlines(lead, now), **about_lead(lead, now)})
        case Action.ACCEPT:
            next_step = {"Next step": theirs.next_step} if theirs else {}
            reach = paragraph("The mail with this link says how to reach them.", "soft")
            return (
                "The lead is yours",
                definition_list({**next_step, **deadlines(lead, now), **about_lead(lead, now)}),
                reach,
            )


def _next_actions(action: Action, theirs: Handoff | None) -> list[Action]:
    """Returns the further actions that a rep may take after this one, while the lead is theirs or has just ended."""
    if theirs is None:
        return []
    rate = [Action.RATE] if action is not Action.RATE and theirs.rating is None else []
    match action:
        case Action.ACCEPT if theirs.is_open:
            return [Action.CONTACT]
        case Action.CONTACT | Action.RATE if theirs.is_open:
            return [Action.CLOSE, *rate]
        case _:
            return [] if theirs.is_open else rate


def not_done_page(title: str, text: str) -> str:
    """Returns a page that says why nothing was done."""
    return html_page(title, paragraph(text), paragraph("Nothing was changed. You can close this page.", "soft"))


def gone_page() -> str:
    """Returns the page for a lead that was erased."""
    return not_done_page("This lead is gone", "It was erased since this mail was sent.")


def about_lead(lead: Lead, now: datetime) -> dict[str, str]:
    """Returns what a page says of a lead, by its label: the company, why now, and the next meeting."""
    why = {"Why now": trigger_heading(lead.handoff)} if lead.handoff else {}
    domain = lead.company.domain or ""
    alphabets = ", ".join(alphabets_of_disguise(domain))
    careful = f"their domain {domain} is written with letters of another alphabet: {alphabets}"
    marked = {"Careful": careful} if alphabets else {}
    return {"Company": company_name(lead) or "not known", **marked, **why, **_meeting(lead, now)}


def _meeting(lead: Lead, now: datetime) -> dict[str, str]:
    """Returns when the lead's next meeting is, and with whom of ours; nothing that its sender typed."""
    meeting = next_meeting(lead.meetings, now)
    if meeting is None or lead.handoff is None:
        return {}
    at = moment(meeting.starts_at, None if lead.handoff.time_zone == "UTC" else lead.handoff.time_zone)
    return {"Meeting": f"{at}, with {' and '.join(meeting.hosts)}" if meeting.hosts else at}


def deadlines(lead: Lead, now: datetime) -> dict[str, str]:
    """Returns when what is due next, by its label, such as `Accept by`."""
    clocks = running_clocks(lead.handoff) if lead.handoff else []
    zone = zone_of(lead.handoff.terms.calendar) if lead.handoff else None
    return {f"{in_words(clock.name).capitalize()} by": _unbroken(due_time(clock, now, zone)) for clock in clocks}


def _unbroken(due_at: str) -> str:
    """Returns a deadline whose part in brackets is never broken across lines."""
    when, bracket, rest = due_at.partition("(")
    return when + bracket + rest.replace(" ", "\N{NO-BREAK SPACE}")


def _is_about(link: Link, handoff: Handoff) -> bool:
    return (handoff.handoff_id, handoff.assignment) == (link.handoff_id, link.assignment)


def _return_outcome(lead: Lead, theirs: Handoff | None) -> tuple[str, str]:
    if theirs is None and lead.handoff and lead.handoff.is_waiting:
        return "Passed on", "Nobody else can take it yet: it waits, and the managers know. Nothing is expected of you."
    if theirs is None:
        return "Passed on", "Somebody else in sales has the lead now. Nothing more is expected of you."
    match lead.status:
        case Status.PARKED if lead.review_on:
            goes = f"is parked and will be looked at again on {_review_time(lead.review_on, theirs)}"
        case Status.DISQUALIFIED:
            goes = "is kept on the list of leads that we cannot help"
        case _:
            goes = "goes back to marketing"
    return "Returned", f"The lead {goes}. Nothing more is expected of you."


def _review_time(at: datetime, handoff: Handoff) -> str:
    """Returns a moment in UTC; midnight where the handoff's calendar is stands for a date, and is given there."""
    zone = zone_of(handoff.terms.calendar)
    return moment(at, zone if zone and local(at, zone).time() == time() else None)
