"""Writes the pages on which marketing reviews a lead from a mail: the checklist, the verdicts, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from baton.domain.basics.moments import local_date_text
from baton.domain.basics.points import points_text
from baton.domain.leads.duty import Duty
from baton.domain.leads.lead import Lead
from baton.domain.review.checklist import AnsweredQuestion, answered_checklist
from baton.domain.review.parking_day import bad_timing_until
from baton.domain.scoring.standing import Standing
from baton.outreach.pages.form_fields import Choice, DayField, Entered, Field, Part, TextArea, form
from baton.outreach.pages.link_refusals import Refusal, StatusAndPage
from baton.outreach.pages.page_frame import definition_list
from baton.outreach.pages.team_link_pages import over_page, team_page, who
from baton.outreach.text.times_and_names import due_time, local, short_time, zone_of
from baton.outreach.text.untrusted_text import one_line

VERDICTS = {
    "good_fit": "Sales gets it",
    "bad_timing": "Not now: look at it again later",
    "bad_fit": "We cannot help them",
    "not_ready": "Nurture it further",
}
_ENDED = {
    "good_fit": "Sales has it",
    "bad_timing": "Parked",
    "bad_fit": "Kept as no fit",
    "not_ready": "Nurtured further",
    "handed_over": "Sales has it already",
    "merged": "Reviewed with another lead",
}
ANSWER = "answer."
TOO_LATE = 409
_ANSWERS = {"yes": "Yes", "no": "No", "unknown": "Not known"}
_NEEDS_A_YES = "A good fit needs a yes here; answer it so, or choose another verdict."
_REASON_LIMIT = 500


def review_page(lead: Lead, duty_id: str, standing: Standing, now: datetime, entered: Entered | None = None) -> str:
    """Returns the page of a duty's link: the form with the checklist and the verdicts, or how the duty ended."""
    duty = lead.duty
    if duty is None or duty.duty_id != duty_id:
        return over_page("There is a newer review", "Use the newest mail about this lead.")
    if not duty.is_open:
        return verdict_page(lead, standing)
    asked = answered_checklist(standing)
    fields: list[Field] = [*map(_question, asked), *_verdict(standing, now)]
    about = definition_list({**who(lead), **_why(lead, duty, standing, now)})
    entered = entered or Entered()
    known = entered if entered.typed else entered._replace(typed=_known(lead, asked, standing, now))
    return team_page("Review this lead", about, form(fields, "Give this verdict", known), _claim_form(duty, now))


def verdict_page(lead: Lead, standing: Standing) -> str:
    """Returns the page of a duty that is over: its verdict, by whom, and what became of the lead."""
    duty = lead.duty
    verdict = duty.verdict if duty and duty.verdict else "over"
    by = f" {duty.by} gave this verdict." if duty and duty.by and "@" in duty.by else ""
    return over_page(_ENDED.get(verdict, "This is done"), f"{_what_follows(lead, verdict, standing)}{by}".strip())


def refused_review_page(
    refusal: Refusal, typed: Mapping[str, str], lead: Lead, duty_id: str, standing: Standing, now: datetime
) -> StatusAndPage:
    """Returns the form with what was typed and what is wrong beside its field, or how the duty ended (409)."""
    if lead.duty is None or lead.duty.duty_id != duty_id or not lead.duty.is_open:
        return 409, review_page(lead, duty_id, standing, now)
    faults = {name.replace("answers.", ANSWER): fault for name, fault in refusal.faults}
    lacking = _lacking(typed, standing) if refusal.status == TOO_LATE else {}
    entered = Entered(typed, faults | lacking, "" if lacking else refusal.notice)
    return refusal.status, review_page(lead, duty_id, standing, now, entered)


def _lacking(typed: Mapping[str, str], standing: Standing) -> dict[str, str]:
    """Returns the questions, by their fields, that lack the yes that a good fit needs; none with another verdict."""
    if typed.get("verdict") != "good_fit":
        return {}
    needed = (_field(each) for each in answered_checklist(standing) if each.needed)
    return {name: _NEEDS_A_YES for name in needed if typed.get(name) != "yes"}


def _question(asked: AnsweredQuestion) -> Choice:
    """Returns the choice of an answer; what is known already can be denied, but not be unknown."""
    known = f" Known: {one_line(asked.because, 200)}." if asked.because else ""
    optional = "" if asked.needed else " (optional)"
    labels = {name: label for name, label in _ANSWERS.items() if name != "unknown" or asked.answer is None}
    return Choice(_field(asked), f"{one_line(asked.question, 300)}{optional}{known}", labels)


def _verdict(standing: Standing, now: datetime) -> list[Field]:
    zone = standing.card.agreement.time_zone
    today = local(now, None if zone == "UTC" else zone)
    return [
        Choice("verdict", "What becomes of this lead?", VERDICTS, opening=("bad_timing",)),
        Part([DayField("review_on", "When is it looked at again?", f"{today:%Y-%m-%d}")]),
        TextArea("reason", "Why? (needed if we cannot help them)", _REASON_LIMIT),
    ]


def _known(lead: Lead, asked: tuple[AnsweredQuestion, ...], standing: Standing, now: datetime) -> dict[str, str]:
    """Returns with what the form begins: the answers that are known, and the date until which such leads are parked."""
    until = bad_timing_until(lead, standing.card.agreement, now)
    return {"review_on": until.isoformat(), **{_field(each): "yes" if each.answer else "unknown" for each in asked}}


def _why(lead: Lead, duty: Duty, standing: Standing, now: datetime) -> dict[str, str]:
    agreement = standing.card.agreement
    zone = zone_of(agreement.calendars.get(agreement.marketing.calendar or ""))
    reason = agreement.return_reasons.get(duty.reason or "")
    by = lead.handoff.ended_by if lead.handoff and lead.handoff.handoff_id == duty.handoff_id else None
    back = f"{reason.label if reason else duty.reason}, says {by or 'sales'}"
    why = one_line(back if duty.kind == "return" else duty.why, 300)
    return {
        "Why": f"{why[:1].upper()}{why[1:]}",
        "Score": f"{points_text(standing.total)} of {standing.card.top}",
        "Review by": due_time(duty.clock, now, zone),
        **(
            {"On it": f"{claim.by}, until {short_time(claim.until, now, zone)}"}
            if (claim := duty.claim_at(now))
            else {}
        ),
    }


def _claim_form(duty: Duty, now: datetime) -> str:
    """Returns the button with which its reader says that they are on it, or take it over from who is."""
    claim = duty.claim_at(now)
    value, label = ("take_over", "I am on it instead") if claim else ("begin", "I am on it, and answer later")
    return f'<form method="post"><button class="next" name="claim" value="{value}">{label}</button></form>'


def _what_follows(lead: Lead, verdict: str, standing: Standing) -> str:
    match verdict:
        case "good_fit" if lead.handoff and lead.handoff.is_open:
            return f"{lead.handoff.owner or 'Whoever in sales can take it first'} has it next."
        case "bad_timing" if lead.review_on:
            until = local_date_text(lead.review_on, standing.card.agreement.time_zone)
            return f"It is back in the review on {until}, and earlier if it asks for a person."
        case "bad_fit":
            return "It stays on the list of leads that we cannot help."
        case "not_ready":
            return "It stays in nurturing until it is ready."
        case _:
            return "Nothing more is expected of you."


def _field(asked: AnsweredQuestion) -> str:
    return f"{ANSWER}{asked.id}"
