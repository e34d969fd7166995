"""Writes the mails to marketing about its duties: to review a lead, or to answer why sales returned one."""

from collections.abc import Sequence
from datetime import datetime

from baton.domain.basics.points import points_text
from baton.domain.leads.duty import Duty
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import is_current
from baton.domain.review.checklist import AnsweredQuestion, answered_checklist
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing, standing_of
from baton.outreach.mails import mail_sections, score_sections
from baton.outreach.mails.handoff_mails import MailContent
from baton.outreach.text.times_and_names import clock_line, due_in_subject, moment, short_time, zone_of
from baton.outreach.text.untrusted_text import defang, defanged_line, one_line, quoted_lines, subject

_BEGUN = {
    "review": "This lead is new in marketing's review.",
    "return": "Sales gave this lead back, and marketing is to answer.",
}
_LATE = {
    "review": "Marketing has not reviewed this lead yet.",
    "return": "Marketing has not answered yet why sales gave this lead back.",
}


def begun(lead: Lead, duty: Duty, link: str, now: datetime, card: Scorecard | None = None) -> MailContent:
    """Returns the mail to one of marketing's team about a duty that has begun, with the content of the reminder."""
    zone = _zone(card)
    what = "New to review: " if duty.kind == "review" else "Back from sales: "
    text = mail_sections.join_sections(
        [_BEGUN[duty.kind], clock_line(duty.clock, now, zone), *_on_it(duty, now, zone)],
        *_about(lead, duty, link, now, card),
    )
    return subject(what, mail_sections.lead_in_subject(lead), due_in_subject(duty.clock, now, zone)), text


def reminder(lead: Lead, duty: Duty, link: str, now: datetime, card: Scorecard | None = None) -> MailContent:
    """Returns the mail to one of marketing's team: the lead, what is known, and the reader's `link` to review it."""
    zone = _zone(card)
    what = "To review: " if duty.kind == "review" else "To answer: "
    text = mail_sections.join_sections(
        [clock_line(duty.clock, now, zone), *_on_it(duty, now, zone)], *_about(lead, duty, link, now, card)
    )
    return subject(what, mail_sections.lead_in_subject(lead), due_in_subject(duty.clock, now, zone)), text


def escalation(lead: Lead, duty: Duty, link: str, now: datetime, card: Scorecard | None = None) -> MailContent:
    """Returns the mail to one of marketing's managers: what is late, and the content of the reminder."""
    not_yet = "not reviewed yet" if duty.kind == "review" else "no answer to sales yet"
    return subject("Escalation: ", mail_sections.lead_in_subject(lead), f" - {not_yet}"), mail_sections.join_sections(
        [_LATE[duty.kind], clock_line(duty.clock, now, _zone(card)), *_on_it(duty, now, _zone(card))],
        *_about(lead, duty, link, now, card),
    )


def team_unreached(lead: Lead, duty: Duty, *, late: bool) -> MailContent:
    """Returns the mail to operations if a duty waits, or is late, and no mail reaches the team; it names no person."""
    whom, role = ("a manager of", ' with {"role": "manager"}') if late else ("anybody in", "")
    text = mail_sections.join_sections(
        [f"Duty {duty.duty_id} is waiting, and no mail reaches {whom} team {duty.team}."],
        [
            "WHAT TO DO",
            "Put somebody on the roster, and have the address confirmed:",
            f"PUT /teams/{duty.team}/reps/ADDRESS{role}",
            "Which lead it is, and what is owed:",
            f"GET /leads/{lead.lead_id}",
        ],
    )
    return f"Baton: no mail reaches {whom} team {duty.team}", text


def _about(lead: Lead, duty: Duty, link: str, now: datetime, card: Scorecard | None) -> Sequence[Sequence[str]]:
    standing = _standing(lead, now, card)
    asked = answered_checklist(standing) if standing else ()
    return (
        mail_sections.contact_details(lead),
        _why(lead, duty, card),
        ["REVIEW this lead: to sales, later, no fit, or nurture it further:", link],
        mail_sections.said_otherwise_to_marketing(lead),
        _checklist(asked, card),
        _score(standing),
        score_sections.persona_and_bant(lead, card),
        score_sections.missing_facts(lead),
        mail_sections.earlier_activities(lead, _zone(card)),
        [f"Agreement version {duty.agreement_version}, duty {duty.duty_id}"],
    )


def _on_it(duty: Duty, now: datetime, zone: str | None) -> list[str]:
    claim = duty.claim_at(now)
    return [f"{claim.by} is on it since {short_time(claim.at, now, zone)}."] if claim else []


def _why(lead: Lead, duty: Duty, card: Scorecard | None) -> list[str]:
    handoff, since = lead.handoff, moment(duty.opened_at, _zone(card))
    if duty.kind == "review" or handoff is None or handoff.handoff_id != duty.handoff_id:
        return ["WHY IT IS TO BE REVIEWED", f"{defanged_line(duty.why, 300).capitalize()}, since {since}."]
    agreed = card.agreement.return_reasons.get(duty.reason or "") if card else None
    reason = f"{agreed.label} ({duty.reason})" if agreed else duty.reason or ""
    by = f"Returned by {handoff.ended_by or 'sales'} on {since}:"
    return ["WHY SALES GAVE IT BACK", by, defanged_line(reason, 300), *quoted_lines(handoff.return_note or "")]


def _standing(lead: Lead, now: datetime, card: Scorecard | None) -> Standing | None:
    """Returns the lead's scores; None if they were counted under another version of the agreement."""
    if card is None or not is_current(lead.tally, card.version):
        return None
    return standing_of(lead, card, now, is_target=lead.account is not None)


def _checklist(asked: Sequence[AnsweredQuestion], card: Scorecard | None) -> list[str]:
    """Returns the agreed questions with their answers; without scores it returns the questions alone."""
    lines = [_question(each.question, each.needed, _answered(each)) for each in asked]
    if not asked and card:
        lines = [_question(each["question"], each["needed"], "") for each, _ in card.checklist]
    return ["CHECKLIST (a good fit needs a yes to all but the optional)", *lines] if lines else []


def _question(question: str, needed: bool, answer: str) -> str:
    optional = "" if needed else " (optional)"
    return defang(f"- {one_line(question, 300)}{optional} {answer}".rstrip())


def _answered(each: AnsweredQuestion) -> str:
    because = one_line(each.because or "", 200)
    if each.answer is None:
        return f"Not answered yet ({because})" if because else "Not answered yet"
    answer = "Yes" if each.answer else "No"
    return f"{answer} ({because})" if because else answer


def _score(standing: Standing | None) -> list[str]:
    if standing is None:
        return []
    return [f"SCORE: {points_text(standing.total)} of {standing.card.top} (sales gets it from {standing.threshold})"]


def _zone(card: Scorecard | None) -> str | None:
    agreement = card.agreement if card else None
    return zone_of(agreement.calendars.get(agreement.marketing.calendar or "")) if agreement else None
