"""Looks through the leads that are owed something for those who were forgotten, a minute's worth at a time."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.record import record_only
from baton.aws.sweeps.open_obligations import Obligation, OpenObligations
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.follow_up.forgotten import why_forgotten
from baton.domain.follow_up.repair import repair
from baton.domain.follow_up.search_events import LeadsLookedThrough, Outcome, Place, RecordedOfSearch

logger = Logger()

BUDGET_SECONDS = 60.0
BY = "search"
"""Who set right what was forgotten, as the history keeps it."""


class LeadsNotSetRight(RuntimeError):
    """Some forgotten leads could not be set right; all others were, and doing it again changes nothing for them."""


@dataclass(frozen=True, slots=True)
class ForgottenLeadsSearch:
    """Sets right whatever it finds, as far as that needs no people."""

    store: Store
    agreements: Agreements
    _looks: dict[str, datetime | None] = field(default_factory=dict)

    def go_on(self, detail: dict[str, Any], now: datetime) -> RecordedOfSearch:
        """Look through leads until the time is up, and say what was found since the search began.

        `detail` is what the bus said of the search so far; without `next`, a search begins. The answer is for the bus;
        without `next`, that was all.

        Raises:
            LeadsNotSetRight: some could not be set right; come again with the same `detail`.
        """
        self._looks.clear()
        end, failed = time.monotonic() + BUDGET_SECONDS, list[Exception]()
        so_far = _so_far(detail, now)
        begin, so_far = so_far.next or Place(list=0, after=" "), so_far.model_copy(update={"next": None})
        team = self.agreements.in_force().agreement.marketing.team
        for owed in OpenObligations(self.store, team, now).after(begin):
            try:
                so_far = so_far.and_one(owed.lead_id, self._look(owed, now))
            except Exception as fault:  # whatever it is, the others are not to wait for it
                failed.append(fault)
            if time.monotonic() > end:
                so_far = so_far.model_copy(update={"next": owed.place})
                break
        if failed:
            raise LeadsNotSetRight(f"{len(failed)} leads could not be set right") from failed[0]
        return RecordedOfSearch(at=now, event=so_far)

    def _look(self, owed: Obligation, now: datetime) -> Outcome:
        why = why_forgotten(owed.lead, now, self._line_looks) if owed.lead else "nobody can read it"
        if why is None:
            return "well"
        outcome = self._set_right(owed.lead_id, now) if owed.lead else "forgotten"
        logger.warning("a lead was forgotten", lead_id=owed.lead_id, why=why, outcome=outcome)
        return outcome

    def _set_right(self, lead_id: str, now: datetime) -> Outcome:
        """Decided on the lead as it is now: the list may have been behind."""
        try:
            change = record_only(
                self.store,
                lead_id,
                lambda lead: repair(lead, self.agreements.in_force, self._line_looks, now),
                by=BY,
                now=now,
            )
        except NotFound:  # erased since
            return "well"
        if change.events:
            return "restarted" if change.events[0].event.type == "TimerSet" else "asked"
        return "forgotten" if change.after and why_forgotten(change.after, now, self._line_looks) else "well"

    def _line_looks(self, team: str) -> datetime | None:
        if team not in self._looks:
            self._looks[team] = self.store.told(team).due_at
        return self._looks[team]


def _so_far(detail: dict[str, Any], now: datetime) -> LeadsLookedThrough:
    if "next" not in detail:
        return LeadsLookedThrough(search=f"search-{now:%Y%m%dT%H%M%S}")
    known = {name: value for name, value in detail.items() if name in LeadsLookedThrough.model_fields}
    return LeadsLookedThrough.model_validate(known)
