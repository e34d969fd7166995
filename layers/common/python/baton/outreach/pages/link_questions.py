"""The question and the form fields of each one-click link's page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.return_reasons import Destination
from baton.domain.handoffs.link_actions import AMOUNT_LIMIT, MAX_STARS, NOTE_LIMIT, REASON_LIMIT
from baton.domain.leads.handoff import Handoff
from baton.outreach.links.handoff_links import Action
from baton.outreach.pages.page_frame import choice_list, date_input, radio_buttons, text_area, text_input, time_input
from baton.outreach.text.times_and_names import local

_CHANNELS = {
    "phone": "By phone",
    "email": "By e-mail",
    "meeting": "In a meeting",
    "message": "By a message",
    "other": "In another way",
}
_OUTCOMES_OF_CONTACTS = {
    "reached": "I reached them",
    "left_message": "I left a message",
    "no_answer": "Nobody answered",
    "wrong_number": "The number or address is wrong",
}
_OUTCOMES = {"won": "Won", "lost": "Lost"}
_STARS = ("Not worth a call", "Poor", "Fair", "Good", "Just what we look for")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the page's heading, the button, the fields between them, and a hint below."""

    title: str
    button: str
    fields: Callable[[Agreement, Handoff, datetime], str]
    hint: str = ""


def _no_fields(_agreement: Agreement, _handoff: Handoff, _now: datetime) -> str:
    return ""


def _contact_fields(_: Agreement, handoff: Handoff, now: datetime) -> str:
    zone, agreed = handoff.time_zone, handoff.terms.agreed_times
    latest = local(now + timedelta(seconds=agreed.at_most_seconds), None if zone == "UTC" else zone)
    return (
        radio_buttons("outcome", "What came of it?", _OUTCOMES_OF_CONTACTS)
        + choice_list("channel", "How did you reach out?", _CHANNELS)
        + time_input("next_at", f"When do you speak next? (optional, {zone} time)", f"{latest:%Y-%m-%dT%H:%M}")
        + _optional_note()
    )


def _return_fields(agreement: Agreement, _handoff: Handoff, _now: datetime) -> str:
    reasons = {
        name: f"{reason.label} (after {reason.attempts} attempts)" if (reason.attempts or 0) > 1 else reason.label
        for name, reason in agreement.return_reasons.items()
    }
    parks = any(reason.then is Destination.PARK for reason in agreement.return_reasons.values())
    when = date_input("review_on", "If only the time is wrong: when will it be right? (optional)") if parks else ""
    return radio_buttons("reason", "Why do you return it?", reasons) + when + _optional_note()


def _optional_note() -> str:
    return text_area("note", "Note (optional)", NOTE_LIMIT)


def _close_fields(_agreement: Agreement, _handoff: Handoff, _now: datetime) -> str:
    return (
        radio_buttons("outcome", "How did it end?", _OUTCOMES)
        + text_input("amount", "For how much? (optional, such as 48000)", AMOUNT_LIMIT)
        + text_area("reason", "Why? (optional)", REASON_LIMIT)
    )


def _rating_fields(_agreement: Agreement, _handoff: Handoff, _now: datetime) -> str:
    """Returns five stars first: they are nearest to the thumb that comes from the mail."""
    stars = {str(n): f"{'★' * n}{'☆' * (MAX_STARS - n)} {_STARS[n - 1]}" for n in range(MAX_STARS, 0, -1)}
    return radio_buttons("stars", "What is the lead worth?", stars) + text_area("note", "Why? (optional)", NOTE_LIMIT)


QUESTIONS = {
    Action.ACCEPT: Question(
        "Accept this lead?",
        "Accept this lead",
        _no_fields,
        "The mail with this link says who it is and how to reach them.",
    ),
    Action.RETURN: Question("Return this lead?", "Return this lead", _return_fields),
    Action.CONTACT: Question("Log that you reached out", "Log it", _contact_fields),
    Action.CLOSE: Question("Close this lead?", "Close this lead", _close_fields),
    Action.RATE: Question("Rate this lead", "Rate this lead", _rating_fields),
    Action.TAKE_OVER: Question(
        "Take this over?",
        "Take it over",
        _no_fields,
        "It is your word then, and replaces what was known. The mail with this link says what it is.",
    ),
}
