"""Writes the mail to a manager about a lead that is late or has no owner, and to operations if no manager gets mail."""

from datetime import datetime

from baton.domain.events.handoff_events import HandoffEscalated
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.terms.kept_terms import DeadlineAction
from baton.outreach.mails import mail_sections, score_sections
from baton.outreach.mails.handoff_mails import MailContent, waits_for
from baton.outreach.text.times_and_names import clock_line, moment, trigger_heading, zone_of
from baton.outreach.text.untrusted_text import cut_at_word, defanged_line, in_ascii, subject


def escalation(
    lead: Lead, handoff: Handoff, event: HandoffEscalated, clock: Clock, link: str, now: datetime
) -> MailContent:
    """Returns the mail to a manager: what is late, who has it since when, and the manager's `link` to reassign it."""
    zone = zone_of(handoff.terms.calendar)
    text = mail_sections.join_sections(
        [f"{trigger_heading(handoff)}: {defanged_line(event.why, 300)}.", *_held_by(handoff, clock, now, zone)],
        _skipped(handoff) if handoff.owner is None else [],
        mail_sections.contact_details(lead),
        ["REASSIGN this lead: take it yourself, or give it to somebody:", link],
        _next_deadline(handoff, event, clock, zone),
        score_sections.why_now(handoff, zone),
        mail_sections.request_message(lead, zone),
        mail_sections.footer(handoff),
    )
    if handoff.owner is None:
        return subject("Nobody has this lead: ", mail_sections.lead_in_subject(lead)), text
    return subject(
        "Escalation: ", mail_sections.lead_in_subject(lead), f" - {cut_at_word(in_ascii(event.why), 45)}"
    ), text


def managers_unreached(handoff: Handoff, team: str) -> MailContent:
    """Returns the mail to operations if no mail reaches a manager of the team, by its label; it names no person."""
    text = mail_sections.join_sections(
        [f"Handoff {handoff.handoff_id} was escalated, and no mail reaches a manager of team {defanged_line(team)}."],
        [
            "WHAT TO DO",
            "Put a manager on the roster, and have the address confirmed:",
            f'PUT /teams/{handoff.team}/reps/ADDRESS with {{"role": "manager"}}',
            "Who has this lead, and since when:",
            f"GET /leads/{handoff.lead_id}",
        ],
    )
    return subject("Baton: no manager of team ", team, " can be told of a lead"), text


def _held_by(handoff: Handoff, clock: Clock, now: datetime, zone: str | None) -> list[str]:
    if handoff.owner is None:
        return [f"It has been waiting since {moment(handoff.offered_at, zone)}."]
    return [f"{handoff.owner} has had it since {moment(handoff.assigned_at, zone)}.", clock_line(clock, now, zone)]


def _skipped(handoff: Handoff) -> list[str]:
    skipped = [f"- {skipped.rep} {defanged_line(skipped.why, 200)}" for skipped in handoff.routing.skipped[:20]]
    return ["WHO COULD NOT TAKE IT", *skipped] if skipped else []


def _next_deadline(handoff: Handoff, event: HandoffEscalated, clock: Clock, zone: str | None) -> list[str]:
    if event.again_at:
        return [f"Baton looks for somebody again at {moment(event.again_at, zone)}."]
    if handoff.is_waiting:
        return ["It waits in line: whoever can take it first gets it, those who came before it first."]
    to_come = [
        deadline.at for deadline in clock.deadlines if deadline.do is DeadlineAction.REASSIGN and not deadline.done
    ]
    if not to_come:
        return []
    return [f"Unless {waits_for(clock.stops_when).unless} by then, Baton passes it on at {moment(to_come[0], zone)}."]
