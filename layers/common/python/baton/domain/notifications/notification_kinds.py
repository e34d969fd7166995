"""The kinds of notifications: each says to whom it goes, and what it is about."""

from typing import NamedTuple

from baton.domain.events.handoff_events import HandoffEscalated, HandoffReassigned
from baton.domain.events.lead_events import TargetAccountEngaged
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
    """The managers of a team hear of a late lead, or of one without an owner."""

    to: Addresses
    handoff: Handoff
    escalated: HandoffEscalated
    clock: Clock


class News(NamedTuple):
    """The lead has done something new; its owner hears of it."""

    to: Addresses
    handoff: Handoff
    signal: SignalRecorded


class AccountEngaged(NamedTuple):
    """A person of a target account came to us; the account's owner hears of it."""

    to: Addresses
    engaged: TargetAccountEngaged


class DutyReminder(NamedTuple):
    """Marketing's team owes a lead a review or an answer soon."""

    to: Addresses
    duty: Duty


class DutyEscalation(NamedTuple):
    """The managers of marketing's team hear of a review or an answer that is late."""

    to: Addresses
    duty: Duty


Notification = Alert | NoLongerYours | Reminder | Escalation | News | AccountEngaged | DutyReminder | DutyEscalation
FallsBackToOperations = Escalation | AccountEngaged | DutyReminder | DutyEscalation
"""Operations hear of these if mail reaches none of their recipients."""
