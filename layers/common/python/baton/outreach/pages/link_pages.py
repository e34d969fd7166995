"""Writes the pages behind one-click links.

They say which lead it is by first name and company, as the mail with the link does, and nothing else of the person;
and nothing at all once the lead is somebody else's.
"""

from datetime import datetime, time

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.handoffs.handoff_owner import was_passed_on
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.meetings.meeting import next_meeting
from baton.outreach.links.handoff_links import Action, Link, Links
from baton.outreach.links.next_actions import OF_THE_REP, next_actions
from baton.outreach.pages.page_frame import (
    HEADERS,
    definition_list,
    html_page,
    link_buttons,
    link_list,
    paragraph,
)
from baton.outreach.text.handoff_endings import CAME_ANEW, ending, what_became
from baton.outreach.text.shown_addresses import alphabets_of_disguise, shown_email
from baton.outreach.text.times_and_names import (
    company_name,
    due_time,
    in_words,
    local,
    moment,
    running_clocks,
    trigger_heading,
    zone_of,
    zone_of_owner,
)
from baton.outreach.text.untrusted_text import defanged_line

__all__ = [
    "HEADERS",
    "about_lead",
    "confirmation_page",
    "deadlines",
    "differing",
    "finished_page",
    "gone_page",
    "lead_in_a_line",
    "not_done_page",
]

_ANY_TIME = (Action.RATE, Action.TAKE_OVER, Action.LEARN, *OF_THE_REP)
"""Actions that are possible after the handoff has ended, too, and again."""
NAME_LIMIT = 40
_ENDED = {HandoffState.WON: "Won", HandoffState.LOST: "Lost"}


def finished_page(link: Link, lead: Lead, links: Links, now: datetime, former: Handoff | None = None) -> str | None:
    """Returns the page for a link whose action is done or no longer possible; None if it still is.

    `former` is the handoff that the link is about, if the lead was handed over anew since.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != link.handoff_id:
        return not_done_page(*what_became(handoff, former, link.assignment))
    if handoff.assignment != link.assignment or handoff.owner is None:
        return _reassigned_page(link, lead, handoff, links, now)
    if link.action in _ANY_TIME:
        can_be_done = link.action is not Action.TAKE_OVER or differing(link, lead)
        return None if can_be_done else _nothing_to_take_over(link, lead, links, now)
    if _is_done(link.action, handoff.state):
        return confirmation_page(link, lead, links, now)
    if not handoff.is_open:
        how = ending(handoff, handoff.owner, zone_of_owner(handoff))
        return not_done_page("Already closed", f"{how} Nothing more is expected of you.")
    return None


def _reassigned_page(link: Link, lead: Lead, handoff: Handoff, links: Links, now: datetime) -> str:
    """Returns the page for a link of an assignment that has ended."""
    theirs = handoff.ownership_period(link.assignment)
    if theirs and theirs.owner and theirs.owner == handoff.owner:
        return not_done_page(*CAME_ANEW)
    if link.action is Action.RETURN and theirs and theirs.returned_for:
        return confirmation_page(link, lead, links, now)
    if link.action is Action.HAND_ON and was_passed_on(handoff, link.assignment):
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


def confirmation_page(link: Link, lead: Lead, links: Links, now: datetime, answered: object = None) -> str:
    """Returns the page after an answer: the next deadlines or where the lead goes, and links to further actions."""
    handoff = lead.handoff
    theirs = handoff if handoff and _is_about(link, handoff) else None
    title, *blocks = _taken_back(link, answered) or _confirmation(link, lead, theirs, now, answered)
    usual, others = next_actions(link.action, theirs)
    buttons, further = (
        {words: links.token_for(link, action) for action, words in actions.items()} for actions in (usual, others)
    )
    closing = paragraph("You can close this page.", "soft")
    return html_page(title, *blocks, link_buttons(buttons), link_list(further), closing)


def _taken_back(link: Link, answered: object) -> tuple[str, str] | None:
    """Returns what stands on the page after a leave was taken back; None after any other answer."""
    if link.action is not Action.LEAVE:
        return None
    from baton.domain.teams.leaves import LeaveRequest  # few answers are about a leave  # noqa: PLC0415

    text = "New leads come to you again on these days, as your hours allow."
    is_back = isinstance(answered, LeaveRequest) and answered.taken_back
    return ("Your leave is taken back", paragraph(text)) if is_back else None


def _confirmation(link: Link, lead: Lead, theirs: Handoff | None, now: datetime, answered: object) -> tuple[str, ...]:
    """Returns the page's heading and the blocks under it."""
    match link.action:
        case Action.CONTACT:
            speak_next = {"You speak next": _next_talk(theirs)}
            return (
                "Noted" if _is_next_talk(answered) else "Logged",
                definition_list({**speak_next, **deadlines(lead, now), **about_lead(lead, now)}),
                _learned(lead),
            )
        case Action.LEARN:
            return "Noted", _learned(lead), definition_list(about_lead(lead, now))
        case Action.ACCEPT:
            next_step = {"Next step": theirs.next_step} if theirs else {}
            reach = paragraph("The mail with this link says how to reach them.", "soft")
            return (
                "The lead is yours",
                definition_list({**next_step, **deadlines(lead, now), **about_lead(lead, now)}),
                reach,
            )
        case _:
            title, text = _outcome(link.action, lead, theirs)
            return title, paragraph(text)


def _is_next_talk(answered: object) -> bool:
    """Tells whether no contact was logged, and only when they speak next was said."""
    from baton.domain.handoffs.link_actions import NextTalkRequest  # other answers do not need it  # noqa: PLC0415

    return isinstance(answered, NextTalkRequest)


def _next_talk(theirs: Handoff | None) -> str:
    """Returns when a rep and the lead speak next, where the rep is; says so if no time is agreed."""
    at = theirs.contact.next_at if theirs and theirs.contact else None
    return moment(at, zone_of_owner(theirs)) if theirs and at else "No time is agreed yet"


def _outcome(action: Action, lead: Lead, theirs: Handoff | None) -> tuple[str, str]:
    """Returns the heading and the sentence after an answer that ends the handoff, or says something of it."""
    match action:
        case Action.RETURN:
            return _return_outcome(lead, theirs)
        case Action.CLOSE:
            ended = _ENDED.get(theirs.state, "Closed") if theirs else "Closed"
            return ended, "Nothing more is expected of you."
        case Action.RATE:
            stars = theirs.rating.stars if theirs and theirs.rating else 0
            given = f"You gave this lead {stars} star{'' if stars == 1 else 's'}. A second rating replaces this one."
            return "Thank you", given
        case Action.HAND_ON:
            has_it = lead.handoff.owner if lead.handoff and lead.handoff.owner else "Somebody else"
            return "Passed on", f"{has_it} has the lead now. Nothing more is expected of you."
        case Action.LEAVE:
            stays = "What you hold stays yours; its page passes it on, if it cannot wait."
            return "Your leave is noted", f"New leads go to your colleagues meanwhile. {stays}"
        case _:
            return "Taken over", "It is your word now, and stands until staff says otherwise."


def _learned(lead: Lead) -> str:
    from baton.outreach.pages.learned_questions import learned_so_far  # an acceptance does not say it  # noqa: PLC0415

    return paragraph(learned_so_far(lead))


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
    return {**_who(lead), **marked, **why, **_meeting(lead, now)}


def _who(lead: Lead) -> dict[str, str]:
    """Returns the first name and the company, so that a rep can tell two leads apart; without both, the address."""
    first_name, company = defanged_line(lead.profile.first_name or "", NAME_LIMIT), company_name(lead)
    if not first_name and not company:
        return shown_email(lead.address)
    return {**({"Lead": first_name} if first_name else {}), "Company": company or "not known"}


def lead_in_a_line(lead: Lead) -> str:
    """Returns which lead it is, as `about_lead` says it: `Anna, Example GmbH`, or the address."""
    who = _who(lead)
    return ", ".join(who[label] for label in ("Lead", "Company", "E-mail") if label in who)


def _meeting(lead: Lead, now: datetime) -> dict[str, str]:
    """Returns when the lead's next meeting is, and with whom of ours; nothing that its sender typed."""
    meeting = next_meeting(lead.meetings, now)
    if meeting is None or lead.handoff is None:
        return {}
    at = moment(meeting.starts_at, zone_of_owner(lead.handoff))
    return {"Meeting": f"{at}, with {' and '.join(meeting.hosts)}" if meeting.hosts else at}


def deadlines(lead: Lead, now: datetime) -> dict[str, str]:
    """Returns when what is due next, by its label, such as `Accept by`."""
    clocks = running_clocks(lead.handoff) if lead.handoff else []
    zone = zone_of_owner(lead.handoff) if lead.handoff else None
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
    """Returns a moment where the owner is; midnight where the handoff's calendar is stands for a date, given there."""
    zone = zone_of(handoff.terms.calendar)
    return moment(at, zone if local(at, zone).time() == time() else zone_of_owner(handoff))
