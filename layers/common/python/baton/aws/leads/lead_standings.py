"""Evaluates leads under the agreement in force, for functions that show leads and change nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.table.store import Store
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.scoring.standing import Standing


@dataclass(slots=True)
class LeadStandings:
    """Evaluates leads, with the table and the agreement in force."""

    store: Store
    agreements: Agreements
    _card: Scorecard | None = field(default=None, init=False)

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        store = Store.from_environment()
        return cls(store, Agreements.from_environment(store))

    @property
    def agreement(self) -> Agreement:
        """Returns the agreement in force."""
        return self.agreements.in_force().agreement

    @property
    def card(self) -> Scorecard:
        """Returns the scoring rules of the agreement in force, compiled once for each version."""
        in_force = self.agreements.in_force()
        if self._card is None or self._card.version != in_force.version:
            self._card = Scorecard(in_force)
        return self._card

    def standing(self, lead: Lead, now: datetime, *, is_target: bool | None = None) -> Standing:
        """Evaluates a lead under the agreement in force; its signals are recounted if another version counted them.

        `is_target` tells whether its account is listed as a target; if not given, it is as of the lead's last signal.
        """
        begun = Change.begin(lead, lead.lead_id)
        counts = counts_after(begun, self.card, lambda: self.store.history_of(lead, lead.version))
        if is_target is None:
            is_target = lead.account is not None
        return Standing(lead, self.card, counts or SignalCounts(self.card.version), milliseconds(now), is_target)
