"""Writes the mail to the owner of a target account when another rep's lead of that account does something."""

from datetime import datetime

from baton.domain.events.lead_events import LeftLeadsTold, TargetAccountEngaged
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.outreach.mails import mail_sections
from baton.outreach.mails.handoff_mails import MailContent
from baton.outreach.text.shown_addresses import shown_domain
from baton.outreach.text.times_and_names import in_words, moment
from baton.outreach.text.untrusted_text import cut_at_word, defang, defanged_line, in_ascii, subject

_HELD_BY_NOBODY_IN_SALES = {
    Status.WITH_SALES: "Nobody in sales could take it yet; the managers know.",
    Status.NURTURING: "Nobody in sales has it; marketing nurtures it.",
    Status.IN_REVIEW: "Nobody in sales has it; marketing is to review it.",
    Status.PARKED: "Nobody in sales has it; it is parked for now.",
    Status.DISQUALIFIED: "Nobody has it; it is on the list of leads that we cannot help.",
    Status.WON: "It was won.",
    Status.LOST: "It was lost.",
}


def account_engaged(lead: Lead, event: TargetAccountEngaged, at: datetime, zone: str | None = None) -> MailContent:
    """Returns the mail: what the lead did, whose lead it is, and until when the account sends no more alerts."""
    last = next((each for each in reversed(lead.recent) if each.kind == event.kind), None)
    weakly = ["The company is known by its name only: make sure that it is them."] if event.matched_by == "name" else []
    text = mail_sections.join_sections(
        [
            f"Your target account {_account(event)} came to us:",
            mail_sections.activity_in_words(event.kind, last.content if last else None),
            f"on {moment(at, zone)}",
        ],
        weakly,
        [line for line in mail_sections.contact_details(lead) if not line.startswith("TARGET ACCOUNT")],
        ["WHOSE LEAD IT IS", _owner_text(lead, zone)],
        mail_sections.earlier_activities(lead, zone, last),
        [
            "This is an alert, because the account is yours; the lead was not handed to you. You hear nothing more "
            f"about this account until {moment(at + (at - event.quiet_since), zone)}, unless a lead becomes yours.",
        ],
        ["HOW IT STANDS", f"GET /leads/{lead.lead_id}"],
    )
    who = defang(in_ascii(event.name or "")) or defang(event.account)
    return subject("Target account ", who, f": {cut_at_word(in_ascii(in_words(event.kind)), 40)}"), text


def owner_unreached(lead: Lead, event: TargetAccountEngaged) -> MailContent:
    """Returns the mail to operations if no mail reaches the account's owner; it names no person."""
    text = mail_sections.join_sections(
        [
            f"Somebody of target account {shown_domain(event.account)} came to us, and no mail reaches the account's "
            "owner.",
        ],
        [
            "WHAT TO DO",
            "Put the owner on a team's roster, and have the address confirmed, or give the account to somebody who is "
            "on one. Who owns it:",
            f"GET /accounts/{event.account}",
            "Which lead it was:",
            f"GET /leads/{lead.lead_id}",
        ],
    )
    return subject("Baton: no mail reaches the owner of ", defang(event.account)), text


def leads_left(event: LeftLeadsTold, at: datetime, zone: str | None = None) -> MailContent:
    """Returns the mail: how many leads of the account came by forms and went to marketing, and how to get one."""
    people, are = ("1 more person", "is") if event.leads == 1 else (f"{event.leads} more people", "are")
    asking = f"{event.asking} of them asked for a person." if event.asking else "None of them asked for a person."
    text = mail_sections.join_sections(
        [
            f"{people} of your target account {_account(event)} came by forms, and {are} in marketing's review, as of "
            f"{moment(at, zone)}.",
            asking,
        ],
        [
            "Anybody can send a form in anybody's name. So only as many people of one account as is agreed are handed "
            f"over on one day while nothing but forms speak of them. That day it was {event.handed}. Nobody is lost.",
        ],
        [
            "WHAT YOU CAN DO",
            "Look through marketing's review. Whoever you know is handed over as soon as you or marketing say so, or "
            "a signed tool sees what they do.",
            "GET /leads?queue=in_review",
            "POST /leads/{lead_id}/handoffs",
        ],
    )
    who = defang(in_ascii(event.name or "")) or defang(event.account)
    return subject("Target account ", who, f": {people} by forms"), text


def owner_of_left_leads_unreached(event: LeftLeadsTold) -> MailContent:
    """Returns the mail to operations if no mail about leads left to marketing reaches the account's owner."""
    text = mail_sections.join_sections(
        [
            f"{event.leads} people of target account {shown_domain(event.account)} came by forms and are in "
            "marketing's review, and no mail reaches the account's owner.",
        ],
        [
            "WHAT TO DO",
            "Put the owner on a team's roster, and have the address confirmed, or give the account to somebody who is "
            "on one. Who owns it:",
            f"GET /accounts/{event.account}",
        ],
    )
    return subject("Baton: no mail reaches the owner of ", defang(event.account)), text


def _account(event: TargetAccountEngaged | LeftLeadsTold) -> str:
    domain = shown_domain(event.account)
    return f"{defanged_line(event.name)} ({domain})" if event.name else domain


def _owner_text(lead: Lead, zone: str | None) -> str:
    handoff = lead.handoff
    if handoff and handoff.is_open and handoff.owner:
        return f"{handoff.owner} has had it since {moment(handoff.assigned_at, zone)}."
    return _HELD_BY_NOBODY_IN_SALES.get(lead.status, "Nobody has it.")
