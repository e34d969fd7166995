"""The kinds of notifications: each says to whom it goes, and what it is about."""

from typing import NamedTuple

from baton.domain.events.handoff_events import HandoffEscalated, HandoffReassigned, RequestsTold
from baton.domain.events.lead_events import LeftLeadsTold, TargetAccountEngaged
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.clock import Clock
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff

Addresses = tuple[str, ...]


class Alert(NamedTuple):
    """The owner has a new lead; `passed_on` is set if another rep had it before."""

    to: Addresses
    handoff: Handoff
    passed_on: HandoffReassigned | None = None


class NoLongerYours(NamedTuple):
    """The former owner does not have the lead any more."""

    to: Addresses
    passed_on: HandoffReassigned


class Reminder(NamedTuple):
    """A clock of the owner's handoff is running out."""

    to: Addresses
    handoff: Handoff
    clock: Clock


class Escalation(NamedTuple):
    """A mail to the managers of a team about a late lead, or about one without an owner."""

    to: Addresses
    handoff: Handoff
    escalated: HandoffEscalated
    clock: Clock


class News(NamedTuple):
    """A mail to the owner: the lead has done something new."""

    to: Addresses
    handoff: Handoff
    signal: SignalRecorded


class MoreRequests(NamedTuple):
    """A mail to the owner: the lead asked for a person more often than the owner gets mails at once."""

    to: Addresses
    handoff: Handoff
    told: RequestsTold


class AccountEngaged(NamedTuple):
    """A mail to a target account's owner: a person of the account did something."""

    to: Addresses
    engaged: TargetAccountEngaged


class LeadsLeft(NamedTuple):
    """A mail to a target account's owner: so many leads by forms were left to marketing's review."""

    to: Addresses
    told: LeftLeadsTold


class DutyBegun(NamedTuple):
    """A mail to marketing's team: a review or an answer to sales has begun."""

    to: Addresses
    duty: Duty


class DutyReminder(NamedTuple):
    """A mail to marketing's team: a review or an answer is due soon."""

    to: Addresses
    duty: Duty


class DutyEscalation(NamedTuple):
    """A mail to the managers of marketing's team about a late review or answer."""

    to: Addresses
    duty: Duty


Notification = (
    Alert
    | NoLongerYours
    | Reminder
    | Escalation
    | News
    | MoreRequests
    | AccountEngaged
    | LeadsLeft
    | DutyBegun
    | DutyReminder
    | DutyEscalation
)
FallsBackToOperations = Escalation | AccountEngaged | LeadsLeft | DutyReminder | DutyEscalation
"""The notifications that go to operations if mail reaches none of their recipients."""
