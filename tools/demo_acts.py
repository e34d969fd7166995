"""Plays the demo's acts about a consultation request: sales answers it, or nobody does."""

import json
import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from tools import demo_return_act, terminal_text
from tools.agreement import agreement_for_now, in_a_hurry
from tools.baton import SAMPLE, Baton, TookTooLong, checked
from tools.http_retries import HANGS_AFTER_SECONDS, RetryingTransport
from tools.mailbox import Mail, Mailbox
from tools.staff import token_for
from tools.workspace import Say

if TYPE_CHECKING:
    import boto3

LADDER = ("HandoffReminded", "HandoffEscalated", "HandoffReassigned")
"""The steps that follow if nobody answers; a look that comes late does only the strongest of several."""
Headers = dict[str, str]
LINK = re.compile(r"https?://\S+/links/\S+")


def a_visitor_asks(baton: Baton, mailbox: Mailbox, say: Say) -> None:
    """Plays a visitor who asks for a person: sales gets the lead, running clocks and a mail."""
    visitor = json.loads(SAMPLE.read_text())
    say(terminal_text.heading("A visitor asks for a consultation"))
    reference = baton.ask_for_a_person({})
    say(f"POST /forms/consultation for {visitor['email']}: 202, reference {reference}")
    lead = baton.lead_with_sales(visitor["email"])
    mail = mailbox.wait_for(lead["handoff"]["handoff_id"])
    _print_lead(baton, lead["lead_id"], say)
    say(terminal_text.heading("The mail, as it came"))
    say(terminal_text.mail(mail))


def nobody_answers(baton: Baton, mailbox: Mailbox, session: "boto3.Session", say: Say) -> None:
    """Plays a lead that nobody answers: Baton reminds, escalates and reassigns; the new owner accepts, then returns it.

    On the agreed date marketing reviews the lead, and it is handed over once more, and won.
    """
    outputs = baton.stack.outputs
    with agreement_for_now(session, outputs["TableName"], in_a_hurry()) as version:
        say(terminal_text.heading("Nobody answers"))
        say(f"For this part, version {version} of the agreement has clocks of seconds.")
        visitor = f"kim.{int(time.time())}@northwind.example"
        baton.ask_for_a_person({"email": visitor, "first_name": "Kim", "last_name": "Okafor"})
        lead = baton.lead_with_sales(visitor)
        say(f"{visitor} asked for a consultation; {lead['handoff']['owner']} has the lead and does nothing.")
        owner = _print_ladder(baton, mailbox, lead["lead_id"], say)
        alert = mailbox.wait_for("/links/", lead["handoff"]["handoff_id"], to=owner)
        say(terminal_text.heading(f"{owner} accepts, with one click in the mail"))
        _accept(alert, say)
        baton.wait_until(lead["lead_id"], "HandoffAccepted")
        say(terminal_text.heading(f"{owner} calls the lead"))
        rep = rep_of(baton, session, owner)
        _contact(baton, lead["lead_id"], rep, say)
        say(terminal_text.heading("The time is wrong, so the lead is parked, and comes back by itself"))
        demo_return_act.in_review_again(baton, lead["lead_id"], rep, say)
        say(terminal_text.heading("Marketing reviews it, and it is handed over again"))
        owner = demo_return_act.handed_over_again(baton, lead["lead_id"], say)
        demo_return_act.won(baton, lead["lead_id"], rep_of(baton, session, owner), say)
        _print_lead(baton, lead["lead_id"], say)
        say(terminal_text.heading("What the weekly meeting sees of it"))
        demo_return_act.print_reports(baton, say)


def _print_lead(baton: Baton, lead_id: str, say: Say) -> None:
    lead = baton.lead(lead_id)
    say(terminal_text.heading(f"What happened to lead {lead_id}"))
    for line in terminal_text.events(baton.timeline(lead_id)):
        say(line)
    say(terminal_text.heading(f"The clocks of {lead['handoff']['owner']}"))
    for line in terminal_text.clocks(lead["handoff"], datetime.now(UTC)):
        say(line)


def _print_ladder(baton: Baton, mailbox: Mailbox, lead_id: str, say: Say) -> str:
    """Waits for each step that Baton takes by itself, prints it with its mails, and returns the last owner."""
    timeline: list[dict[str, Any]] = []
    for number, happened in enumerate(LADDER):
        timeline = baton.wait_until(lead_id, *LADDER[number:])
        if happened not in {event["type"] for event in timeline}:
            continue
        say(next(terminal_text.events(event for event in timeline if event["type"] == happened)))
        for mail in mailbox.read(wait_seconds=1):
            say(f"{'':16}mail to {', '.join(mail.to)}: {mail.subject}")
    owner: str = next(event["owner"] for event in reversed(timeline) if event.get("owner"))
    return owner


def _accept(mail: Mail, say: Say) -> None:
    link = LINK.search(mail.text)
    if link is None:
        raise TookTooLong(f"the mail {mail.subject!r} has no link")
    with httpx.Client(follow_redirects=True, timeout=HANGS_AFTER_SECONDS, transport=RetryingTransport()) as reader:
        say(f"  GET only shows:\n{terminal_text.page(checked(reader.get(link[0])).text)}")
        say(f"  POST does it:\n{terminal_text.page(checked(reader.post(link[0])).text)}")


def rep_of(baton: Baton, session: "boto3.Session", email: str) -> Headers:
    """Returns the headers with which this rep is signed in."""
    outputs = baton.stack.outputs
    token = token_for(session, outputs["UserPoolId"], outputs["UserPoolClientId"], "sales", email)
    return {"Authorization": f"Bearer {token}"}


def _contact(baton: Baton, lead_id: str, rep: Headers, say: Say) -> None:
    path = f"/handoffs/{baton.lead(lead_id)['handoff']['handoff_id']}/contact"
    call = {"channel": "phone", "note": "Wants a demonstration on Thursday."}
    answer = checked(baton.staff.post(path, json=call, headers=rep))
    say(f"  POST {path}: {answer.status_code}, the handoff is {answer.json()['state']}")
