"""Writes the question of each one-click link's page, with its form; also again, with what was wrong in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.return_reasons import Destination
from baton.domain.basics.days import DayOrMoment
from baton.domain.fields.answer_limits import AMOUNT_LIMIT, MAX_STARS, NOTE_LIMIT, REASON_LIMIT
from baton.domain.leads.handoff import Handoff, HandoffState
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
    press_form,
)
from baton.outreach.pages.learned_questions import learned_questions
from baton.outreach.pages.link_pages import about_lead, deadlines, differing, not_done_page
from baton.outreach.pages.page_frame import definition_list, html_page, paragraph
from baton.outreach.text.times_and_names import local, moment

if TYPE_CHECKING:
    from baton.domain.teams.absences import AbsencePeriod
    from baton.domain.teams.roster import ReadRoster, Roster

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
    """A question: the page's heading, the button, the fields between them, a hint below, and what stands above.

    If it cannot be asked, because it has no fields although it needs some, the page says what there is `without`.
    Forms of one button each stand `besides` it, at the end.
    """

    title: str
    button: str
    fields: Callable[["Asked"], Fields]
    hint: str = ""
    about: Callable[["Asked"], dict[str, str]] | None = None
    without: str = ""
    besides: Callable[["Asked"], Sequence[str]] | None = None


class Asked(NamedTuple):
    """What a question is asked about; `roster` reads that of a team, for the few questions that are about people."""

    link: Link
    lead: Lead
    handoff: Handoff
    agreement: Agreement
    now: datetime
    roster: "ReadRoster"


def question_page(
    link: Link,
    lead: Lead,
    agreement: Agreement,
    now: datetime,
    entered: Entered = NOTHING,
    roster: "ReadRoster | None" = None,
) -> str:
    """Returns the page with the question of a link, as a form that sends the answer to the same address.

    Call `finished_page` first: this page is for a link that can still do something. What was `entered` before stays.
    """
    question = QUESTIONS[link.action]
    if lead.handoff is None:
        return not_done_page("This handoff is over", "The lead has moved on since this mail was sent.")
    asked = Asked(link, lead, lead.handoff, agreement, now, roster or _nobody)
    hint = [paragraph(question.hint, "soft")] if question.hint else []
    besides = question.besides(asked) if question.besides else ()
    about, fields = definition_list((question.about or _about)(asked)), question.fields(asked)
    if question.without and not fields:
        return html_page(question.title, about, paragraph(question.without))
    return html_page(question.title, about, form(fields, question.button, entered), *hint, *besides)


def _nobody(_team: str | None) -> "Roster":
    from baton.domain.teams.roster import Roster  # few questions need it  # noqa: PLC0415

    return Roster()


def _about(asked: Asked) -> dict[str, str]:
    link, lead, now = asked.link, asked.lead, asked.now
    due_by = deadlines(lead, now) if link.action in (Action.ACCEPT, Action.CONTACT) else {}
    return {**about_lead(lead, now), **differing(link, lead), **due_by}


def _no_fields(_: Asked) -> Fields:
    return ()


def _contact_fields(asked: Asked) -> Fields:
    """Returns what came of a contact and when they speak next; who was reached has told something, too."""
    zone, agreed = asked.handoff.time_zone, asked.handoff.terms.agreed_times
    latest = local(asked.now + timedelta(seconds=agreed.at_most_seconds), None if zone == "UTC" else zone)
    only_next = (
        {"only_next": "Nothing yet: I only say when we speak next"}
        if asked.handoff.state is HandoffState.CONTACTED
        else {}
    )
    return (
        Choice("outcome", "What came of it?", {**_OUTCOMES_OF_CONTACTS, **only_next}, ["reached"]),
        ChoiceList("channel", "How did you reach out?", _CHANNELS),
        Part(learned_questions(asked.lead)),
        TimeField("next_at", f"When do you speak next? (optional, {zone} time)", f"{latest:%Y-%m-%dT%H:%M}"),
        _OPTIONAL_NOTE,
    )


def _return_fields(asked: Asked) -> Fields:
    """Returns the agreed reasons; the date is asked for only with one for which the lead is parked."""
    reasons = {
        name: f"{reason.label} (after {reason.attempts} attempts)" if (reason.attempts or 0) > 1 else reason.label
        for name, reason in asked.agreement.return_reasons.items()
    }
    parking = [name for name, reason in asked.agreement.return_reasons.items() if reason.then is Destination.PARK]
    when = [Part([DayField("review_on", "When will the time be right? (optional)")])] if parking else []
    return (Choice("reason", "Why do you return it?", reasons, parking), *when, _OPTIONAL_NOTE)


def _learned_fields(asked: Asked) -> Fields:
    return learned_questions(asked.lead)


def _close_fields(_: Asked) -> Fields:
    """Returns the two ends; the amount is asked for only if it is won."""
    return (
        Choice("outcome", "How did it end?", _OUTCOMES, ["won"]),
        Part([TextLine("amount", "For how much? (optional, such as 48,000 EUR)", AMOUNT_LIMIT)]),
        TextArea("reason", "Why? (optional)", REASON_LIMIT),
    )


def _rating_fields(_: Asked) -> Fields:
    """Returns five stars first: they are nearest to the thumb that comes from the mail."""
    stars = {str(n): f"{'★' * n}{'☆' * (MAX_STARS - n)} {_STARS[n - 1]}" for n in range(MAX_STARS, 0, -1)}
    return (Choice("stars", "What is the lead worth?", stars), TextArea("note", "Why? (optional)", NOTE_LIMIT))


_OPTIONAL_NOTE = TextArea("note", "Note (optional)", NOTE_LIMIT)


def _colleague_fields(asked: Asked) -> Fields:
    """Returns the colleagues on the lead's team to whom it may be given; who is free stands first."""
    from baton.domain.handoffs.next_owners import next_owners  # few questions need it  # noqa: PLC0415

    found = next_owners(asked.handoff, asked.roster(asked.handoff.team), asked.now)
    labels = {each.email: f"{each.email} {each.why_not or 'is free'}" for each in found if each.can_be_named}
    reason = TextArea("reason", "Why? (optional; they read it)", REASON_LIMIT)
    return (Choice("owner", "Who is to have it?", labels), reason) if labels else ()


def _leave_fields(asked: Asked) -> Fields:
    least = f"{local(asked.now, _zone_of_owner(asked)):%Y-%m-%d}"
    return (
        DayField("from", "First day", least),
        DayField("to", "Last day (empty: one day)", least),
    )


def _planned_leave(asked: Asked) -> dict[str, str]:
    planned, zone = _upcoming(asked), _zone_of_owner(asked)
    return {"Planned": "; ".join(_span(each, zone) for each in planned)} if planned else {}


def _to_take_back(asked: Asked) -> Sequence[str]:
    """Returns a button for each planned leave, which takes it back."""
    zone = _zone_of_owner(asked)
    return [
        press_form("taken_back", f"{each.since.isoformat()}/{each.until.isoformat()}", f"Take back {_span(each, zone)}")
        for each in _upcoming(asked)
    ]


def _upcoming(asked: Asked) -> "Sequence[AbsencePeriod]":
    """Returns the leaves of the owner that have not ended, as the roster has them."""
    from baton.domain.teams.availability import upcoming_absences  # few questions need it  # noqa: PLC0415

    rep, zone = asked.roster(asked.handoff.team).rep(asked.handoff.owner), _zone_of_owner(asked)
    return upcoming_absences(rep, zone or "UTC", asked.now) if rep and not rep.unread_terms else ()


def _zone_of_owner(asked: Asked) -> str | None:
    zone = asked.handoff.time_zone
    return None if zone == "UTC" else zone


def _span(away: "AbsencePeriod", zone: str | None) -> str:
    if away.is_open_ended:
        return f"from {_day(away.since, zone)} until further notice"
    return f"{_day(away.since, zone)} to {_day(away.until, zone)}"


def _day(at: DayOrMoment, zone: str | None) -> str:
    return moment(at, zone) if isinstance(at, datetime) else f"{at:%-d %B %Y}"


QUESTIONS = {
    Action.ACCEPT: Question(
        "Accept this lead?",
        "Accept this lead",
        _no_fields,
        "The mail with this link says who it is and how to reach them.",
    ),
    Action.LEARN: Question("What did you learn?", "Save it", _learned_fields),
    Action.RETURN: Question(
        "Return this lead?",
        "Return this lead",
        _return_fields,
        "Whoever has it next reads your note: marketing, or a colleague.",
    ),
    Action.CONTACT: Question("Log that you reached out", "Log it", _contact_fields),
    Action.CLOSE: Question("Close this lead?", "Close this lead", _close_fields),
    Action.RATE: Question("Rate this lead", "Rate this lead", _rating_fields),
    Action.HAND_ON: Question(
        "Pass this lead on",
        "Pass it on",
        _colleague_fields,
        "They get a mail with new deadlines, and the links of your mails stop working.",
        without="Nobody else on your team can get a lead now. Your manager can help.",
    ),
    Action.LEAVE: Question(
        "My leave",
        "Save my leave",
        _leave_fields,
        "Whole days where you work. New leads go to your colleagues meanwhile.",
        _planned_leave,
        besides=_to_take_back,
    ),
    Action.TAKE_OVER: Question(
        "Take this over?",
        "Take it over",
        _no_fields,
        "It is your word then, and replaces what was known. The mail with this link says what it is.",
    ),
}
