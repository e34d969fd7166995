"""The mails to who has a lead, or had it, written for a phone: who and by when, then what to do, then what is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from baton.agreement.terms.clock_terms import StopsWhen
from baton.domain.events.handoff_events import HandoffReassigned
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.clock import Clock, missed_in_words
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.outreach.links.handoff_links import Action, Links
from baton.outreach.mails import mail_sections as part
from baton.outreach.mails import score_sections as qualified
from baton.outreach.text.times_and_names import by_when, clock_line, company, moment, running, spoken, trigger, zone_of
from baton.outreach.text.untrusted_text import harmless, in_ascii, subject

Letter = tuple[str, str]
"""A subject and a text."""

_LINKS = {
    Action.ACCEPT: "ACCEPT this lead:",
    Action.CONTACT: "CONTACTED this lead? Log it:",
    Action.RETURN: "RETURN this lead, with a reason:",
    Action.CLOSE: "CLOSE this lead, won or lost:",
    Action.RATE: "RATE this lead, 1 to 5 stars:",
}
_WHEN_ALERTED = (Action.ACCEPT, Action.CONTACT, Action.RETURN)


@dataclass(frozen=True, slots=True)
class _WaitsFor:
    """What a clock waits for, after "unless"; the links by which that is done, and a word about it."""

    unless: str
    links: tuple[Action, ...] = _WHEN_ALERTED
    what_to_do: tuple[str, ...] = ()


WAITS_FOR: dict[str, _WaitsFor] = {
    "accepted": _WaitsFor("it is accepted"),
    "contacted": _WaitsFor("they are contacted"),
    "acted": _WaitsFor(
        "the next contact is logged",
        (Action.CONTACT, Action.CLOSE, Action.RATE, Action.RETURN),
        ("Log the next contact, or say how it ends.",),
    ),
    "closed": _WaitsFor(
        "it is won or lost", (Action.CLOSE, Action.RATE, Action.RETURN), ("Say how it ends: won or lost.",)
    ),
}


def alert(
    lead: Lead,
    handoff: Handoff,
    passed_on: HandoffReassigned | None,
    links: Links,
    now: datetime,
    card: Scorecard | None = None,
) -> Letter:
    """All that the owner needs to call the lead; `passed_on` if somebody else had it before.

    `card` are the agreed rules, by which the mail can say which persona it is and how the library's content is called.
    """
    clocks, zone = running(handoff), zone_of(handoff.terms.calendar)
    text = part.letter(
        _heading(handoff, passed_on),
        part.who(lead),
        qualified.why_now(handoff),
        ["NEXT STEP", handoff.next_step, *(clock_line(clock, now, zone) for clock in clocks)],
        *_by_click(_WHEN_ALERTED[:1], handoff, links, now),
        part.asked(lead),
        qualified.score(lead, handoff, card, now),
        part.did_before(lead),
        qualified.known(lead, card),
        qualified.not_on_record(lead),
        *_by_click(_WHEN_ALERTED[1:], handoff, links, now),
        part.footer(handoff),
    )
    first_due = by_when(clocks[0], now, zone) if clocks else ""
    return subject(f"{trigger(handoff)}: ", part.who_in_subject(lead), first_due), text


def reminder(lead: Lead, handoff: Handoff, clock: Clock, links: Links, now: datetime) -> Letter:
    """What is due, when, with whom, and what to do about it."""
    awaited, zone = WAITS_FOR[clock.stops_when], zone_of(handoff.terms.calendar)
    text = part.letter(
        [clock_line(clock, now, zone), *_last_contact(handoff), *awaited.what_to_do],
        part.who(lead),
        *_by_click(awaited.links, handoff, links, now),
        part.footer(handoff),
    )
    return subject("Reminder: ", part.who_in_subject(lead), by_when(clock, now, zone)), text


def news(lead: Lead, handoff: Handoff, event: SignalRecorded, at: datetime, now: datetime) -> Letter:
    """What the lead did while it is with sales, and what they wrote."""
    text = part.letter(
        [f"News from your lead: {part.deed(event.kind, event.content)}", f"on {moment(at)}"],
        part.they_wrote(event.message),
        part.gave_otherwise(event.profile, lead),
        part.who(lead),
        [clock_line(clock, now, zone_of(handoff.terms.calendar)) for clock in running(handoff)],
        part.footer(handoff),
    )
    after = f" - {in_ascii(spoken(event.kind))[:40]}"
    return subject("News from your lead: ", part.who_in_subject(lead), after), text


def no_longer_yours(lead: Lead, event: HandoffReassigned) -> Letter:
    """For the owner before; it names no person, because the lead is not theirs any more."""
    of_whom = harmless(company(lead))
    agreed_reasons = {missed_in_words(stops_when) for stops_when in get_args(StopsWhen)}  # another may name the person
    text = part.letter(
        [f"Handoff {event.handoff_id} is no longer yours.", *([f"Company: {of_whom}"] if of_whom else [])],
        [
            f"It was passed on to {event.owner}." if event.owner else "It waits for somebody else.",
            *([f"Reason: {event.reason}."] if event.reason in agreed_reasons else []),
            "There is nothing left for you to do; its links in earlier mails have",
            "stopped working.",
        ],
    )
    return subject("No longer yours: ", part.company_in_subject(lead) or f"handoff {event.handoff_id}"), text


def _heading(handoff: Handoff, passed_on: HandoffReassigned | None) -> list[str]:
    if passed_on is None:
        return [f"{trigger(handoff)} for you."]
    if passed_on.previous_owner == handoff.owner:
        return [f"{trigger(handoff)}: {passed_on.reason}."]
    whose = f" from {passed_on.previous_owner}" if passed_on.previous_owner else ""
    return [f"{trigger(handoff)}, passed on to you{whose}.", f"Reason: {harmless(passed_on.reason, 300)}"]


def _by_click(actions: Sequence[Action], handoff: Handoff, links: Links, now: datetime) -> Iterator[list[str]]:
    """The links for what can still be done."""
    done = {
        Action.ACCEPT: handoff.state is not HandoffState.OFFERED,
        Action.RATE: handoff.rating is not None,
    }
    return ([_LINKS[action], links.url(handoff, action, now)] for action in actions if not done.get(action))


def _last_contact(handoff: Handoff) -> list[str]:
    contact = handoff.contact if handoff.state is HandoffState.CONTACTED else None
    return [f"You last reached out on {moment(contact.at)} ({contact.channel})."] if contact else []
