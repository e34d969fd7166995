"""Replays stored leads one by one under today's agreement and under a draft."""

from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended
from baton.aws.trials.kinds_then import KindsThen
from baton.aws.trials.leads_in_period import LeadHistories
from baton.aws.trials.listed_then import ListedThen
from baton.domain.follow_up.forgotten import why_forgotten
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import fold
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.lead_commands import Command, LeadCommands
from baton.domain.trial.stored_commands import became_of, commands_of_history, under
from baton.domain.trial.trial_rows import TrialRow, Tried, left_out, try_lead

SPAM = "taken for spam"
FAULTY = "could not be replayed; the log names them"


@dataclass(frozen=True, slots=True)
class TriedLeads:
    """Replays leads by what the table knew of them up to a moment."""

    store: Store
    tried: Tried
    histories: LeadHistories
    listed: ListedThen
    kinds: KindsThen

    @classmethod
    def under(cls, store: Store, today: AgreementInForce, draft: AgreementInForce, as_of: datetime) -> "TriedLeads":
        """Compares the draft with today's agreement, by what was known before `as_of`; nothing is drawn by lot."""
        listed = ListedThen(store)
        tried = Tried(card_of(today), card_of(draft), as_of, listed.at)
        return cls(store, tried, LeadHistories(store, as_of), listed, KindsThen(store))

    def row(self, lead_id: str) -> TrialRow | None:
        """Returns the row of a lead; None if it has been erased. A fault of this lead alone is logged and counted.

        Raises:
            Contended: the table was too busy at every attempt.
        """
        try:
            return self._row(lead_id)
        except Exception as fault:
            if is_busy(fault) or isinstance(fault, Contended):
                raise
            log.error("a lead cannot be replayed", lead_id=lead_id, kind=type(fault).__name__)
            return left_out(lead_id, FAULTY)

    def _row(self, lead_id: str) -> TrialRow | None:
        history, others = self.histories.of(lead_id)
        lead = fold(history)
        if lead is None:
            return None
        if lead.status is Status.SPAM:
            return left_out(lead_id, SPAM)
        forgotten = why_forgotten(lead, self.tried.until, self._line_timer) is not None
        stored = self._with_looks(commands_of_history(lead_id, history, others), lead)
        became = became_of(history, forgotten=forgotten)
        return try_lead(self.tried, became, lambda card: under(stored, self.kinds.at, card.kinds))

    def _with_looks(self, commands: LeadCommands, lead: Lead) -> LeadCommands:
        """Returns the commands with a look at each moment at which the lead's company became a target account."""
        begin = commands.commands[0].at
        looks = [Command(at, milliseconds(at), ()) for at in self.listed.came(lead) if begin < at < self.tried.until]
        if not looks:
            return commands
        return commands._replace(commands=sorted([*commands.commands, *looks], key=lambda each: each.moment))

    def _line_timer(self, team: str) -> datetime | None:
        return self.store.roster(team).log.due_at


def card_of(agreed: AgreementInForce) -> Scorecard:
    """Returns the scorecard by which a trial replays an agreement: without its lot, which depends on who has time."""
    return Scorecard(agreed.model_copy(update={"agreement": agreed.agreement.without_lot()}))
