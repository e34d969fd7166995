"""Leads in the state in which mails and pages show them, and a pattern of what a mail client makes clickable."""

import re
from datetime import datetime

from baton.domain.events.recorded import Event
from baton.domain.handoffs.offering import offer
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.signals.signal_recording import Signal, record_signal
from baton.domain.teams.reps import Rep
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails.mails_by_event import Mail, compose
from tests.unit.given import LEAD_ID, NOW, SAM, consultation, due_for, rep, team

LINKS = Links("https://api.example.com/prod", ["an older key", "the newest key"])
MANAGERS = ("mo@sales.example.com",)
ANNA = Profile(first_name="Anna", last_name="Schmidt", title="Head of IT", phone="+49 30 1234567", country="DE")
EXAMPLE = Company(name="Example GmbH", domain="example.com")
TO_SAM = (rep(SAM),)

Told = tuple[list[Mail], Lead]

# What mail clients turn into something to click, written independently of the code that prevents it.
CLICKABLE = re.compile(
    r"https?://|ftp://|www\.\w|(?:mailto|tel|sms|javascript):\S"  # a scheme, or what stands for one
    r"|[^\s@]@[^\s@]"  # an address
    r"|[^\s.][.。．][^\W\d_]{2}"  # a name in a domain
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}",
    re.IGNORECASE,
)


_OURS = re.compile(
    r"(?<=\()(?:example|acme)\.com(?=\))|(?<=^Company: )example\.com$|(?<=^Your target account )acme\.com(?= came)"
)


def clickable_lines(text: str) -> list[str]:
    """The lines of a mail with something to click, beside the company's domain that Baton derived or staff listed."""
    return [line for line in text.split("\n") if CLICKABLE.search(_OURS.sub("", line))]


def sent(**known: object) -> Signal:
    """A request for a consultation by Anna Schmidt of Example GmbH, unless said otherwise."""
    return consultation(**{"profile": ANNA, "company": EXAMPLE, "message": "Please call me.", **known})


def happens(lead: Lead | None, happened: list[Event], now: datetime = NOW, by: str = "test") -> Change:
    return Change.begin(lead, LEAD_ID).then(happened, now, by)


def after(lead: Lead | None, happened: list[Event], now: datetime = NOW, by: str = "test") -> Lead:
    changed = happens(lead, happened, now, by).after
    assert changed is not None
    return changed


def mails_of(change: Change, now: datetime = NOW, lead: Lead | None = None) -> list[Mail]:
    """The mails that the events of a change cause, for the lead as it is after it, or as it is by now."""
    found = lead or change.after
    assert found is not None
    return [mail for event in change.events for mail in compose(event, found, MANAGERS, LINKS, now)]


def offering(*roster: Rep, **known: object) -> Change:
    """The change by which a lead's request is handed over to whoever on the roster is next."""
    lead = after(None, record_signal(None, sent(**known), agreement_version=1, now=NOW))
    handover = due_for(lead)
    assert handover is not None
    return happens(lead, offer(lead, handover, 1, team(*roster), NOW))


def offered_to(*roster: Rep, **known: object) -> Lead:
    lead = offering(*roster, **known).after
    assert lead is not None
    return lead


def the_alert(**known: object) -> Mail:
    """The one mail that the owner gets when the lead is offered."""
    (mail,) = mails_of(offering(*TO_SAM, **known))
    return mail
