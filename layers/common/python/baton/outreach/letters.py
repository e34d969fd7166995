"""The text of each mail, written for a phone: who and by when first, then what to do, then what else is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from baton.agreement.clocks import Act, StopsWhen
from baton.domain import events as e
from baton.domain.clock import Clock, missed
from baton.domain.handoff import Handoff, HandoffState
from baton.domain.lead import Lead
from baton.domain.scorecard import Scorecard
from baton.outreach import qualification as qualified
from baton.outreach import sections as part
from baton.outreach.harmless import harmless, in_ascii, subject
from baton.outreach.links import Action, Links
from baton.outreach.wording import by_when, clock_line, company, moment, running, spoken, trigger, zone_of

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


_WAITS_FOR: dict[str, _WaitsFor] = {
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
    passed_on: e.HandoffReassigned | None,
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
    awaited, zone = _WAITS_FOR[clock.stops_when], zone_of(handoff.terms.calendar)
    text = part.letter(
        [clock_line(clock, now, zone), *_last_contact(handoff), *awaited.what_to_do],
        part.who(lead),
        *_by_click(awaited.links, handoff, links, now),
        part.footer(handoff),
    )
    return subject("Reminder: ", part.who_in_subject(lead), by_when(clock, now, zone)), text


def escalation(lead: Lead, handoff: Handoff, event: e.HandoffEscalated, clock: Clock, now: datetime) -> Letter:
    """What went wrong, who holds the lead since when, and what the manager can do about it."""
    text = part.letter(
        [f"{trigger(handoff)}: {harmless(event.why, 300)}.", *_held_by(handoff, clock, now)],
        _skipped(handoff) if handoff.owner is None else [],
        part.who(lead),
        _a_manager_can(handoff),
        _what_comes_next(handoff, event, clock),
        qualified.why_now(handoff),
        part.asked(lead),
        part.footer(handoff),
    )
    if handoff.owner is None:
        return subject("Nobody has this lead: ", part.who_in_subject(lead)), text
    return subject("Escalation: ", part.who_in_subject(lead), f" - {in_ascii(event.why)[:45]}"), text


def unheard(handoff: Handoff) -> Letter:
    """For operations, who get nobody's personal data: a lead is late, or nobody has it, and no manager can be told."""
    text = part.letter(
        [
            f"Handoff {handoff.handoff_id} was escalated, and no mail reaches",
            f"a manager of team {handoff.team}.",
        ],
        [
            "WHAT TO DO",
            "Put a manager on the roster, and have the address confirmed:",
            f'PUT /teams/{handoff.team}/reps/ADDRESS with {{"role": "manager"}}',
            "Who has this lead, and since when:",
            f"GET /leads/{handoff.lead_id}",
        ],
    )
    return f"Baton: no manager of team {handoff.team} can be told of a lead", text


def news(lead: Lead, handoff: Handoff, event: e.SignalRecorded, at: datetime, now: datetime) -> Letter:
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


def no_longer_yours(lead: Lead, event: e.HandoffReassigned) -> Letter:
    """For the owner before; it names no person, because the lead is not theirs any more."""
    of_whom = harmless(company(lead))
    agreed_reasons = {missed(stops_when) for stops_when in get_args(StopsWhen)}  # another may name the person
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


def _heading(handoff: Handoff, passed_on: e.HandoffReassigned | None) -> list[str]:
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


def _held_by(handoff: Handoff, clock: Clock, now: datetime) -> list[str]:
    if handoff.owner is None:
        return [f"It has been waiting since {moment(handoff.offered_at)}."]
    return [
        f"{handoff.owner} has had it since {moment(handoff.assigned_at)}.",
        clock_line(clock, now, zone_of(handoff.terms.calendar)),
    ]


def _skipped(handoff: Handoff) -> list[str]:
    skipped = [f"- {skipped.rep} {harmless(skipped.why, 200)}" for skipped in handoff.routing.skipped[:20]]
    return ["WHO COULD NOT TAKE IT", *skipped] if skipped else []


def _a_manager_can(handoff: Handoff) -> list[str]:
    return [
        "WHAT YOU CAN DO",
        "Call the lead, or give it to somebody:",
        f"POST /handoffs/{handoff.handoff_id}/reassign",
    ]


def _what_comes_next(handoff: Handoff, event: e.HandoffEscalated, clock: Clock) -> list[str]:
    if event.again_at:
        return [f"Baton looks for somebody again at {moment(event.again_at)}."]
    if handoff.waits:
        return ["It waits in line: whoever can take it first gets it, those who came before it first."]
    to_come = [deadline.at for deadline in clock.deadlines if deadline.do is Act.REASSIGN and not deadline.done]
    if not to_come:
        return []
    return [f"Unless {_WAITS_FOR[clock.stops_when].unless} by then, Baton passes it on at {moment(to_come[0])}."]
