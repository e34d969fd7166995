"""Gives one verdict on many leads in review: each lead by itself, so that a fault of one does not stop the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_of
from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.table.retries import deadline
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.web.json_view import View
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.review.duty_review import review_owed
from baton.domain.review.verdict import ReviewSubmission

BUDGET_SECONDS = 5.0
"""So long somebody looks at a screen and waits; no lead is begun later, and the reviewer sends the rest again."""


class Result(StrEnum):
    """The result of a verdict on one lead."""

    REVIEWED = "reviewed"
    REPEATED = "repeated"
    REFUSED = "refused"
    NOT_DONE = "not_done"


class Reviewed(NamedTuple):
    """The result of one lead, its queue after it, and why it was refused or not done."""

    lead_id: str
    result: Result
    status: str | None = None
    detail: str | None = None

    def view(self) -> View:
        """Returns the result as JSON, without what is not known."""
        return {name: value for name, value in self._asdict().items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReviewBatch:
    """A reviewer's one verdict, and the moment in which it is given."""

    commands: Commands
    submission: ReviewSubmission
    by: Staff
    now: datetime

    def save(self, lead_ids: Sequence[str]) -> View:
        """Gives the verdict on leads in order, and returns the result of each, and the count of each result.

        Raises:
            WrongField: a part of the submission is wrong, whatever the lead; no lead was reviewed.
        """
        time_is_over = deadline(BUDGET_SECONDS)
        results = [self._late(each) if time_is_over() else self._reviewed(each) for each in lead_ids]
        counts = Counter(each.result for each in results)
        return {**{name: counts[name] for name in Result}, "results": [each.view() for each in results]}

    def _late(self, lead_id: str) -> Reviewed:
        return Reviewed(lead_id, Result.NOT_DONE, detail="there was no time left for it; send it again")

    def _reviewed(self, lead_id: str) -> Reviewed:
        try:
            return self._review(lead_id)
        except WrongField:
            raise
        except (Refused, NotFound) as fault:
            return Reviewed(lead_id, Result.REFUSED, detail=str(fault))
        except Exception as fault:  # no fault of one lead stops the others
            write = log.warning if isinstance(fault, Contended) or is_busy(fault) else log.error
            write("lead not reviewed", lead_id=lead_id, kind=type(fault).__name__)
            return Reviewed(lead_id, Result.NOT_DONE, detail="nothing of it was saved; send it again")

    def _review(self, lead_id: str) -> Reviewed:
        result = Result.REVIEWED

        def decide(lead: Lead) -> list[Event]:
            nonlocal result
            standing = standing_of(self.commands, lead, self.now)
            events = review_owed(lead, self.submission, self.by, standing, self.commands.roster, self.now)
            result = Result.REVIEWED if events else Result.REPEATED
            return events

        lead = self.commands.change(lead_id, decide, by=self.by.email, now=self.now)
        return Reviewed(lead_id, result, lead.status)
