"""Replays the leads of a trial in steps of some seconds; the table keeps the progress, and the sums so far.

A step is saved as a whole, under the condition that nobody else saved it. So a step that was cut off, or that ran
twice, is counted once, and the report of a trial is the same however often it was interrupted. A lead is counted where
it became known, in a place that never changes, whatever happens to it meanwhile.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from baton.aws.table.keys.item_key import rank_of
from baton.aws.table.store import Store
from baton.aws.trials.leads_in_period import LeadsInPeriod, became_known, lists_of
from baton.aws.trials.trial_items import FINISHED, Trial, TrialItems
from baton.aws.trials.tried_leads import TriedLeads
from baton.domain.basics.moments import iso
from baton.domain.trial.figures.trial_sums import Summing

PAGE = 100
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class TrialJob:
    """Goes on with trials."""

    store: Store
    seconds: float = 20.0

    def go_on(self, draft_id: str, trial_id: str, now: datetime) -> Trial | None:
        """Continues a trial until its seconds are over, but for at least one page, and returns its progress.

        None if another trial of the draft took its place. A trial that has ended does not change.
        """
        started = time.monotonic()
        items = TrialItems(self.store)
        read = items.read(draft_id)
        if read is None or read.trial_id != trial_id:
            return None
        compared = None if read.done else items.compared(read)
        if compared is None:
            return read if read.done else None
        leads = TriedLeads.under(self.store, *compared, datetime.fromisoformat(read.as_of))
        trial = read
        while not trial.done:
            trial = self._page(trial, leads, now)
            if time.monotonic() - started > self.seconds:
                break
        return items.save(read, replace(trial, saved_at=iso(now)))

    def _page(self, trial: Trial, leads: TriedLeads, now: datetime) -> Trial:
        period, lists = LeadsInPeriod(self.store, trial.span), lists_of(trial.span)
        while not (found := period.moves(lists[trial.lists_done], trial.after, PAGE)):
            trial = replace(trial, lists_done=trial.lists_done + 1, after="")
            if trial.lists_done == len(lists):
                return replace(trial, state=FINISHED, finished_at=iso(now), reps=self._capacities(leads))
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            tried = list(at_once.map(leads.row, became_known(found)))
        rows = [row for row in tried if row is not None]
        sums = Summing(leads.tried.draft.agreement, leads.tried.current.agreement).of(rows)
        return replace(trial, after=rank_of(found[-1], "gsi2"), leads=trial.leads + len(rows), sums=trial.sums + sums)

    def _capacities(self, leads: TriedLeads) -> dict[str, list[int]]:
        """Returns the capacity of each rep of today's roster by team."""
        teams: Any = leads.tried.draft.agreement.teams
        return {team: [rep.capacity for rep in self.store.roster(team) if rep.is_here] for team in teams}
