"""Replays stored leads one by one under today's agreement and under a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended
from baton.aws.trials.kinds_then import KindsThen
from baton.aws.trials.leads_in_period import LeadHistories
from baton.aws.trials.listed_then import ListedThen
from baton.domain.basics.moments import iso
from baton.domain.follow_up.forgotten import why_forgotten
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import fold
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.lead_commands import Command, LeadCommands
from baton.domain.trial.stored_commands import became_of, commands_of_history, under
from baton.domain.trial.trial_rows import Became, TrialRow, Tried, left_out, try_lead

SPAM = "taken for spam"
FAULTY = "could not be replayed; the log names them"
Found = TypeVar("Found")


def unless_faulty(lead_id: str, ask: Callable[[], Found]) -> Found | str:
    """Returns what is asked of a lead, or `FAULTY` after a fault of this lead alone, which is logged.

    Raises:
        Contended: the table was too busy at every attempt.
    """
    try:
        return ask()
    except Exception as fault:
        if is_busy(fault) or isinstance(fault, Contended):
            raise
        log.error("a lead cannot be replayed", lead_id=lead_id, kind=type(fault).__name__)
        return FAULTY


class StoredLead(NamedTuple):
    """A lead as a trial takes it from the table: as it stands, what was done, what became of it, with so many events.

    Nobody has said yet whether it was forgotten.
    """

    lead: Lead
    commands: LeadCommands
    became: Became
    events: int


@dataclass(frozen=True, slots=True)
class StoredLeads:
    """Reads leads by what the table knew of them up to a moment."""

    histories: LeadHistories
    listed: ListedThen

    def read(self, lead_id: str) -> StoredLead | str | None:
        """Returns a lead, or why trials leave it out; None if it has been erased."""
        history, others = self.histories.of(lead_id)
        lead = fold(history)
        if lead is None:
            return None
        if lead.status is Status.SPAM:
            return SPAM
        commands = self._with_looks(commands_of_history(lead_id, history, others), lead)
        return StoredLead(lead, commands, became_of(history), len(history))

    def _with_looks(self, commands: LeadCommands, lead: Lead) -> LeadCommands:
        """Returns the commands with a look at each moment at which the lead's company became a target account."""
        begin, until = commands.commands[0].at, self.histories.until
        looks = [Command(at, milliseconds(at), ()) for at in self.listed.came(lead) if begin < at < until]
        if not looks:
            return commands
        return commands._replace(commands=sorted([*commands.commands, *looks], key=lambda each: each.moment))


@dataclass(frozen=True, slots=True)
class TriedLeads:
    """Replays leads by what the table knew of them up to a moment."""

    store: Store
    tried: Tried
    leads: StoredLeads
    kinds: KindsThen

    @classmethod
    def under(cls, store: Store, today: AgreementInForce, draft: AgreementInForce, as_of: datetime) -> "TriedLeads":
        """Compares the draft with today's agreement, by what was known before `as_of`; nothing is drawn by lot."""
        listed = ListedThen(store)
        tried = Tried(card_of(today), card_of(draft), as_of, listed.at)
        return cls(store, tried, StoredLeads(LeadHistories(store, as_of), listed), KindsThen(store))

    def row(self, lead_id: str) -> TrialRow | None:
        """Returns the row of a lead; None if it has been erased. A fault of this lead alone is logged and counted.

        Raises:
            Contended: the table was too busy at every attempt.
        """
        found = unless_faulty(lead_id, lambda: self._row(lead_id))
        return left_out(lead_id, found) if isinstance(found, str) else found

    def _row(self, lead_id: str) -> TrialRow | None:
        stored = self.leads.read(lead_id)
        if not isinstance(stored, StoredLead):
            return left_out(lead_id, stored) if stored else None
        forgotten = why_forgotten(stored.lead, self.tried.until, self._line_timer) is not None
        became = stored.became._replace(forgotten=forgotten)
        return try_lead(self.tried, became, lambda card: under(stored.commands, self.kinds.at, card.kinds))

    def _line_timer(self, team: str) -> datetime | None:
        return self.store.roster(team).log.due_at


def card_of(agreed: AgreementInForce) -> Scorecard:
    """Returns the scorecard by which a trial replays an agreement: without its lot, which depends on who has time."""
    return Scorecard(agreed.model_copy(update={"agreement": agreed.agreement.without_lot()}))


def draft_card(draft: Agreement, today: AgreementInForce, now: datetime) -> Scorecard:
    """Returns the scorecard of a text that is no draft yet, as if it were in force from now on."""
    return card_of(AgreementInForce(version=today.version + 1, in_force_since=iso(now), agreement=draft))
