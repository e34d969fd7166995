"""Writes the question of each one-click link's page, with its form; also again, with what was wrong in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.return_reasons import Destination
from baton.domain.handoffs.link_actions import AMOUNT_LIMIT, MAX_STARS, NOTE_LIMIT, REASON_LIMIT
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.outreach.links.handoff_links import Action, Link
from baton.outreach.pages.form_fields import (
    NOTHING,
    Choice,
    ChoiceList,
    DayField,
    Entered,
    Field,
    Part,
    TextArea,
    TextLine,
    TimeField,
    form,
)
from baton.outreach.pages.learned_questions import learned_questions
from baton.outreach.pages.link_pages import about_lead, deadlines, differing
from baton.outreach.pages.page_frame import definition_list, html_page, paragraph
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


Fields = Sequence[Field]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the page's heading, the button, the fields between them, and a hint below."""

    title: str
    button: str
    fields: Callable[[Agreement, Lead, Handoff, datetime], Fields]
    hint: str = ""


def question_page(link: Link, lead: Lead, agreement: Agreement, now: datetime, entered: Entered = NOTHING) -> str:
    """Returns the page with the question of a link, as a form that sends the answer to the same address.

    Call `finished_page` first: this page is for a link that can still do something. What was `entered` before stays.
    """
    question = QUESTIONS[link.action]
    due_by = deadlines(lead, now) if link.action in (Action.ACCEPT, Action.CONTACT) else {}
    about = definition_list({**about_lead(lead, now), **differing(link, lead), **due_by})
    hint = [paragraph(question.hint, "soft")] if question.hint else []
    fields = question.fields(agreement, lead, lead.handoff, now) if lead.handoff else ()
    return html_page(question.title, about, form(fields, question.button, entered), *hint)


def _no_fields(_agreement: Agreement, _lead: Lead, _handoff: Handoff, _now: datetime) -> Fields:
    return ()


def _contact_fields(_: Agreement, lead: Lead, handoff: Handoff, now: datetime) -> Fields:
    """Returns what came of a contact and when they speak next; who was reached has told something, too."""
    zone, agreed = handoff.time_zone, handoff.terms.agreed_times
    latest = local(now + timedelta(seconds=agreed.at_most_seconds), None if zone == "UTC" else zone)
    return (
        Choice("outcome", "What came of it?", _OUTCOMES_OF_CONTACTS, ["reached"]),
        ChoiceList("channel", "How did you reach out?", _CHANNELS),
        Part(learned_questions(lead)),
        TimeField("next_at", f"When do you speak next? (optional, {zone} time)", f"{latest:%Y-%m-%dT%H:%M}"),
        _OPTIONAL_NOTE,
    )


def _return_fields(agreement: Agreement, _lead: Lead, _handoff: Handoff, _now: datetime) -> Fields:
    """Returns the agreed reasons; the date is asked for only with one for which the lead is parked."""
    reasons = {
        name: f"{reason.label} (after {reason.attempts} attempts)" if (reason.attempts or 0) > 1 else reason.label
        for name, reason in agreement.return_reasons.items()
    }
    parking = [name for name, reason in agreement.return_reasons.items() if reason.then is Destination.PARK]
    when = [Part([DayField("review_on", "When will the time be right? (optional)")])] if parking else []
    return (Choice("reason", "Why do you return it?", reasons, parking), *when, _OPTIONAL_NOTE)


def _learned_fields(_agreement: Agreement, lead: Lead, _handoff: Handoff, _now: datetime) -> Fields:
    return learned_questions(lead)


def _close_fields(_agreement: Agreement, _lead: Lead, _handoff: Handoff, _now: datetime) -> Fields:
    """Returns the two ends; the amount is asked for only if it is won."""
    return (
        Choice("outcome", "How did it end?", _OUTCOMES, ["won"]),
        Part([TextLine("amount", "For how much? (optional, such as 48000)", AMOUNT_LIMIT)]),
        TextArea("reason", "Why? (optional)", REASON_LIMIT),
    )


def _rating_fields(_agreement: Agreement, _lead: Lead, _handoff: Handoff, _now: datetime) -> Fields:
    """Returns five stars first: they are nearest to the thumb that comes from the mail."""
    stars = {str(n): f"{'★' * n}{'☆' * (MAX_STARS - n)} {_STARS[n - 1]}" for n in range(MAX_STARS, 0, -1)}
    return (Choice("stars", "What is the lead worth?", stars), TextArea("note", "Why? (optional)", NOTE_LIMIT))


_OPTIONAL_NOTE = TextArea("note", "Note (optional)", NOTE_LIMIT)
QUESTIONS = {
    Action.ACCEPT: Question(
        "Accept this lead?",
        "Accept this lead",
        _no_fields,
        "The mail with this link says who it is and how to reach them.",
    ),
    Action.LEARN: Question("What did you learn?", "Save it", _learned_fields),
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
