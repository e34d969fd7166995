"""Writes the mails to the present or former owner of a lead.

They are written for a phone: first who and by when, then what to do, then what is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.domain.events.handoff_events import HandoffReassigned, RequestsTold
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.clock import Clock, is_missed_deadline
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.outreach.links.handoff_links import Action, Links
from baton.outreach.mails import mail_sections, score_sections
from baton.outreach.mails.meeting_sections import meeting_lines
from baton.outreach.text.times_and_names import (
    clock_line,
    company_name,
    due_in_subject,
    in_words,
    moment,
    running_clocks,
    trigger_heading,
    zone_of_owner,
)
from baton.outreach.text.untrusted_text import cut_at_word, defanged_line, in_ascii, subject

MailContent = tuple[str, str]
"""A subject and a text."""

_LINKS = {
    Action.ACCEPT: "ACCEPT this lead:",
    Action.CONTACT: "CONTACTED this lead? Log it:",
    Action.RETURN: "RETURN this lead, with a reason:",
    Action.CLOSE: "CLOSE this lead, won or lost:",
    Action.RATE: "RATE this lead, 1 to 5 stars:",
    Action.OPEN_LEADS: "ALL your open leads, and your leave:",
}
_WHEN_ALERTED = (Action.ACCEPT, Action.CONTACT, Action.RETURN)


@dataclass(frozen=True, slots=True)
class _WaitsFor:
    """The words for a clock in a mail: what it waits for (after "unless"), which links stop it, and what to do."""

    unless: str
    links: tuple[Action, ...] = _WHEN_ALERTED
    what_to_do: tuple[str, ...] = ()


WAITS_FOR: dict[str, _WaitsFor] = {
    "accepted": _WaitsFor("it is accepted"),
    "contacted": _WaitsFor("they are contacted"),
    "reached": _WaitsFor("they are reached"),
    "acted": _WaitsFor(
        "the next contact is logged",
        (Action.CONTACT, Action.CLOSE, Action.RATE, Action.RETURN),
        ("Log the next contact, or say how it ends.",),
    ),
    "closed": _WaitsFor(
        "it is won or lost", (Action.CLOSE, Action.RATE, Action.RETURN), ("Say how it ends: won or lost.",)
    ),
}


def waits_for(stops_when: str) -> _WaitsFor:
    """Returns the words for what a clock waits for; several outcomes of a contact read as being reached."""
    return WAITS_FOR.get(stops_when, WAITS_FOR["reached"])


def alert(
    lead: Lead,
    handoff: Handoff,
    passed_on: HandoffReassigned | None,
    links: Links,
    now: datetime,
    card: Scorecard | None = None,
) -> MailContent:
    """Returns the mail with all that a new owner needs to call the lead.

    `passed_on` is the reassignment if another rep had the lead before. By the agreed rules in `card` the mail names the
    persona and the library's content.
    """
    clocks, zone = running_clocks(handoff), zone_of_owner(handoff)
    text = mail_sections.join_sections(
        _heading(handoff, passed_on),
        mail_sections.contact_details(lead),
        score_sections.why_now(handoff, zone),
        meeting_lines(lead, handoff, now),
        ["NEXT STEP", handoff.next_step, *(clock_line(clock, now, zone) for clock in clocks)],
        *_links_to(_WHEN_ALERTED[:1], handoff, links, now),
        mail_sections.request_message(lead, zone),
        mail_sections.said_otherwise(lead, handoff, links, now),
        score_sections.score(lead, handoff, card, now),
        mail_sections.earlier_activities(lead, zone),
        score_sections.persona_and_bant(lead, card),
        score_sections.missing_facts(lead),
        *_links_to(_WHEN_ALERTED[1:], handoff, links, now),
        mail_sections.footer(handoff),
    )
    first_due = due_in_subject(clocks[0], now, zone) if clocks else ""
    return subject(f"{trigger_heading(handoff)}: ", mail_sections.lead_in_subject(lead), first_due), text


def reminder(lead: Lead, handoff: Handoff, clock: Clock, links: Links, now: datetime) -> MailContent:
    """Returns the mail about a clock that is due: when, for which lead and why, and what to do about it."""
    awaited, zone = waits_for(clock.stops_when), zone_of_owner(handoff)
    text = mail_sections.join_sections(
        [clock_line(clock, now, zone), *_last_contact(handoff, zone), *awaited.what_to_do],
        meeting_lines(lead, handoff, now),
        mail_sections.contact_details(lead),
        score_sections.why_now(handoff, zone),
        ["NEXT STEP", handoff.next_step] if handoff.state is not HandoffState.CONTACTED else [],
        *_links_to((*awaited.links, Action.OPEN_LEADS), handoff, links, now),
        mail_sections.request_message(lead, zone),
        mail_sections.said_otherwise(lead, handoff, links, now),
        mail_sections.footer(handoff),
    )
    return subject("Reminder: ", mail_sections.lead_in_subject(lead), due_in_subject(clock, now, zone)), text


def news(lead: Lead, handoff: Handoff, event: SignalRecorded, at: datetime, links: Links, now: datetime) -> MailContent:
    """Returns the mail about a new signal of a lead that is with sales, with the message in it."""
    zone = zone_of_owner(handoff)
    text = mail_sections.join_sections(
        [
            f"News from your lead: {mail_sections.activity_in_words(event.kind, event.content)}",
            f"on {moment(at, zone)}",
        ],
        meeting_lines(lead, handoff, now) if event.meeting else [],
        mail_sections.quoted_message(event.message),
        mail_sections.contradicting_facts(event.profile, lead),
        mail_sections.contact_details(lead),
        mail_sections.said_otherwise(lead, handoff, links, now),
        [clock_line(clock, now, zone) for clock in running_clocks(handoff)],
        mail_sections.footer(handoff),
    )
    after = f" - {cut_at_word(in_ascii(in_words(event.kind)), 40)}"
    return subject("News from your lead: ", mail_sections.lead_in_subject(lead), after), text


def requests_told(lead: Lead, handoff: Handoff, told: RequestsTold, links: Links, now: datetime) -> MailContent:
    """Returns the one mail about requests for a person that came too fast for a mail each: how many, and the latest."""
    zone = zone_of_owner(handoff)
    times = "once more" if told.requests == 1 else f"{told.requests} times more"
    text = mail_sections.join_sections(
        [
            f"Your lead asked for a person {times} since {moment(told.since, zone)}.",
            "You had mails about the requests before these. Anybody can send a form, so Baton sends one mail an hour "
            "about further ones. This is the latest.",
        ],
        mail_sections.request_message(lead, zone),
        mail_sections.contact_details(lead),
        mail_sections.said_otherwise(lead, handoff, links, now),
        [clock_line(clock, now, zone) for clock in running_clocks(handoff)],
        mail_sections.footer(handoff),
    )
    return subject(f"Asked for a person {times}: ", mail_sections.lead_in_subject(lead)), text


def no_longer_yours(lead: Lead, event: HandoffReassigned) -> MailContent:
    """Returns the mail to the previous owner; it names no person, because the lead is not theirs any more."""
    of_whom = defanged_line(company_name(lead))
    text = mail_sections.join_sections(
        [f"Handoff {event.handoff_id} is no longer yours.", *([f"Company: {of_whom}"] if of_whom else [])],
        [
            f"It was passed on to {event.owner}." if event.owner else "It waits for somebody else.",
            *([f"Reason: {event.reason}."] if is_missed_deadline(event.reason) else []),
            "There is nothing left for you to do; its links in earlier mails have stopped working.",
        ],
    )
    return subject("No longer yours: ", mail_sections.company_in_subject(lead) or f"handoff {event.handoff_id}"), text


def _heading(handoff: Handoff, passed_on: HandoffReassigned | None) -> list[str]:
    if passed_on is None:
        return [f"{trigger_heading(handoff)} for you."]
    if passed_on.previous_owner == handoff.owner:
        return [f"{trigger_heading(handoff)}: {passed_on.reason}."]
    whose = f" from {passed_on.previous_owner}" if passed_on.previous_owner else ""
    return [f"{trigger_heading(handoff)}, passed on to you{whose}.", f"Reason: {defanged_line(passed_on.reason, 300)}"]


def _links_to(actions: Sequence[Action], handoff: Handoff, links: Links, now: datetime) -> Iterator[list[str]]:
    """Returns a section for each action that can still be done, with its link."""
    done = {
        Action.ACCEPT: handoff.state is not HandoffState.OFFERED,
        Action.RATE: handoff.rating is not None,
    }
    return ([_LINKS[action], links.url(handoff, action, now)] for action in actions if not done.get(action))


def _last_contact(handoff: Handoff, zone: str | None) -> list[str]:
    contact = handoff.contact if handoff.state is HandoffState.CONTACTED else None
    if contact is None:
        return []
    came_of_it = f", {in_words(contact.outcome)}" if contact.outcome else ""
    said = [f"You last reached out on {moment(contact.at, zone)} ({contact.channel}{came_of_it})."]
    if contact.next_at:
        said.append(f"You said that you speak next on {moment(contact.next_at, zone)}.")
    return said
