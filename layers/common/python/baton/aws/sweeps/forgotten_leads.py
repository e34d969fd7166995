"""Searches the leads with open obligations for forgotten ones (a lost timer), for a minute at a time."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.record import record_only
from baton.aws.runtime import log
from baton.aws.sweeps.open_obligations import Obligation, OpenObligations
from baton.aws.table.keys.item_key import BEFORE_ALL
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.follow_up.forgotten import why_forgotten
from baton.domain.follow_up.repair import repair
from baton.domain.follow_up.search_events import LeadsLookedThrough, Outcome, Place, RecordedOfSearch

BUDGET_SECONDS = 60.0
BY = "search"
"""The author of repairs in the lead's history."""


class LeadsNotSetRight(RuntimeError):
    """Some forgotten leads could not be repaired. All others were, and a repeat changes nothing for them."""


@dataclass(frozen=True, slots=True)
class ForgottenLeadsSearch:
    """Repairs forgotten leads, as far as that needs no decision of staff."""

    store: Store
    agreements: Agreements
    _line_timers: dict[str, datetime | None] = field(default_factory=dict)

    def go_on(self, detail: dict[str, Any], now: datetime) -> RecordedOfSearch:
        """Checks leads for a minute, and returns an event with what the search has found so far.

        `detail` is that of the bus's event about the search so far; without `next`, a new search begins. A returned
        event without `next` is the last.

        Raises:
            LeadsNotSetRight: some could not be repaired; call again with the same `detail`.
        """
        self._line_timers.clear()
        end, failed = time.monotonic() + BUDGET_SECONDS, list[Exception]()
        so_far = _so_far(detail, now)
        begin, so_far = so_far.next or Place(list=0, after=BEFORE_ALL), so_far.model_copy(update={"next": None})
        team = self.agreements.in_force().agreement.marketing.team
        for obligation in OpenObligations(self.store, team, now).after(begin):
            try:
                so_far = so_far.with_lead(obligation.lead_id, self._check(obligation, now))
            except Exception as fault:  # no fault of one lead holds up the others
                failed.append(fault)
            if time.monotonic() > end:
                so_far = so_far.model_copy(update={"next": obligation.place})
                break
        if failed:
            raise LeadsNotSetRight(f"{len(failed)} leads could not be set right") from failed[0]
        return RecordedOfSearch(at=now, event=so_far)

    def _check(self, obligation: Obligation, now: datetime) -> Outcome:
        why = why_forgotten(obligation.lead, now, self._line_timer) if obligation.lead else "nobody can read it"
        if why is None:
            return "well"
        outcome = self._repair(obligation.lead_id, now) if obligation.lead else "forgotten"
        log.warning("a lead was forgotten", lead_id=obligation.lead_id, why=why, outcome=outcome)
        return outcome

    def _repair(self, lead_id: str, now: datetime) -> Outcome:
        """Decides on the lead as it is now, since the index may be behind."""
        try:
            change = record_only(
                self.store,
                lead_id,
                lambda lead: repair(lead, self.agreements.in_force, self._line_timer, now),
                by=BY,
                now=now,
            )
        except NotFound:  # erased since
            return "well"
        if change.events:
            return "restarted" if change.events[0].event.type == "TimerSet" else "asked"
        return "forgotten" if change.after and why_forgotten(change.after, now, self._line_timer) else "well"

    def _line_timer(self, team: str) -> datetime | None:
        if team not in self._line_timers:
            self._line_timers[team] = self.store.team_log(team).due_at
        return self._line_timers[team]


def _so_far(detail: dict[str, Any], now: datetime) -> LeadsLookedThrough:
    if "next" not in detail:
        return LeadsLookedThrough(search=f"search-{now:%Y%m%dT%H%M%S}")
    counts = {name: value for name, value in detail.items() if name in LeadsLookedThrough.model_fields}
    return LeadsLookedThrough.model_validate(counts)
