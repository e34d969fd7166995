"""What the page behind each link asks, as a form that sends the answer to the same address."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.return_reasons import Destination
from baton.domain.handoffs.link_actions import AMOUNT_LIMIT, MAX_STARS, NOTE_LIMIT, REASON_LIMIT
from baton.outreach.links.handoff_links import Action
from baton.outreach.pages.page_frame import choices, date, line, text

_CHANNELS = {
    "phone": "By phone",
    "email": "By e-mail",
    "meeting": "In a meeting",
    "message": "By a message",
    "other": "In another way",
}
_OUTCOMES = {"won": "Won", "lost": "Lost"}
_STARS = ("Not worth a call", "Poor", "Fair", "Good", "Just what we look for")


@dataclass(frozen=True, slots=True)
class Question:
    """A page's heading, its button, the fields between them, and a word below."""

    title: str
    button: str
    fields: Callable[[Agreement], str]
    hint: str = ""


def _nothing(_: Agreement) -> str:
    return ""


def _how(_: Agreement) -> str:
    return choices("channel", "How did you reach out?", _CHANNELS) + text("note", "Note (optional)", NOTE_LIMIT)


def _why(agreement: Agreement) -> str:
    reasons = {name: reason.label for name, reason in agreement.return_reasons.items()}
    parks = any(reason.then is Destination.PARK for reason in agreement.return_reasons.values())
    when = date("review_on", "If only the time is wrong: when will it be right? (optional)") if parks else ""
    return choices("reason", "Why do you return it?", reasons) + when + text("note", "Note (optional)", NOTE_LIMIT)


def _how_it_ends(_: Agreement) -> str:
    return (
        choices("outcome", "How did it end?", _OUTCOMES)
        + line("amount", "For how much? (optional, such as 48000)", AMOUNT_LIMIT)
        + text("reason", "Why? (optional)", REASON_LIMIT)
    )


def _how_good(_: Agreement) -> str:
    """Five stars first: they are nearest to the thumb that comes from the mail."""
    stars = {str(n): f"{'★' * n}{'☆' * (MAX_STARS - n)} {_STARS[n - 1]}" for n in range(MAX_STARS, 0, -1)}
    return choices("stars", "What is the lead worth?", stars) + text("note", "Why? (optional)", NOTE_LIMIT)


QUESTIONS = {
    Action.ACCEPT: Question(
        "Accept this lead?",
        "Accept this lead",
        _nothing,
        "The mail with this link says who it is and how to reach them.",
    ),
    Action.RETURN: Question("Return this lead?", "Return this lead", _why),
    Action.CONTACT: Question("Log that you reached out", "Log it", _how),
    Action.CLOSE: Question("Close this lead?", "Close this lead", _how_it_ends),
    Action.RATE: Question("Rate this lead", "Rate this lead", _how_good),
}
