"""Counts how much terms of the agreement are in use that a draft removes: leads of a team, of a form, of a reason."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from baton.agreement.terms.agreement import Agreement
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.table.store import Store
from baton.domain.reports.outcomes import return_reasons
from baton.domain.reports.rows.report_rows import HandoffRow, Move
from baton.domain.reports.rows.span import Span
from baton.domain.signing.differences import Difference

LOOKED_BACK = timedelta(days=30)
SECONDS = 5.0
"""How long at most the rows of either kind are read: a draft is answered within the gateway's time."""

Row = TypeVar("Row")


@dataclass
class TermsInUse:
    """Reads who uses terms; each kind of row is read once, when the first term needs it.

    Every function reads only what its draft removes, so that most drafts cost nothing.
    """

    store: Store
    now: datetime
    _cut: bool = False

    def of(self, difference: Difference) -> str | None:
        """Returns in words how many leads a removed term touches: `31 leads in the last 30 days`; None if unknown."""
        section, *name = difference.path
        count = self._counts.get(section)
        return count(name[0]) if count and difference.gone and len(name) == 1 else None

    def of_kind(self, kind: str, in_force: Agreement | None) -> str | None:
        """Returns in words how many leads had points for a kind of signals when they were handed over, of how many:
        `for which 37 of 52 leads had points when they were handed over in the last 30 days`; None if there were none.
        """
        earned = {each["id"] for each in (in_force.rules["engagement"] if in_force else ()) if _asks_for(each, kind)}
        with_points = sum(not earned.isdisjoint(row.rules) for row in self._handoffs) if earned else 0
        if not with_points:
            return None
        of = f"{with_points:,} of {'at least ' if self._cut else ''}{len(self._handoffs):,} leads"
        return f"for which {of} had points when they were handed over in the last {LOOKED_BACK.days} days"

    @property
    def _counts(self) -> dict[str, Callable[[str], str]]:
        """Returns for each section of the agreement how its terms are counted, by their names."""
        return {
            "teams": self._of_team,
            "forms": lambda form: self._rows("new leads", sum(move.form == form for move in self._moves)),
            "webhooks": lambda tool: self._rows("new leads", sum(move.source == tool for move in self._moves)),
            "return_reasons": lambda reason: self._rows("returns", return_reasons(self._handoffs).get(reason, 0)),
            "handoffs": lambda trigger: self._rows("handoffs", sum(row.trigger == trigger for row in self._handoffs)),
            "territories": lambda name: self._rows("handoffs", sum(row.territory == name for row in self._handoffs)),
        }

    def _of_team(self, team: str) -> str:
        roster = self.store.roster(team)
        held = sum(rep.open_handoffs for rep in roster.people)
        waiting = sum(pool.waiting for pool in roster.pools.values())
        return f"open leads with its people: {held:,}, in its line: {waiting:,}"

    def _rows(self, what: str, number: int) -> str:
        return f"{what} in the last {LOOKED_BACK.days} days: {'at least ' if self._cut else ''}{number:,}"

    @property
    def _span(self) -> Span:
        return Span(self.now - LOOKED_BACK, self.now + timedelta(seconds=1))

    @cached_property
    def _moves(self) -> list[Move]:
        return [move for move in self._some(ReportQueries(self.store).each_move(self._span)) if move.before is None]

    @cached_property
    def _handoffs(self) -> list[HandoffRow]:
        return list(self._some(ReportQueries(self.store).each_handoff(self._span)))

    def _some(self, rows: Iterable[Row]) -> Iterator[Row]:
        end = time.monotonic() + SECONDS
        for row in rows:
            yield row
            if time.monotonic() > end:
                self._cut = True
                return


def _asks_for(rule: Mapping[str, Any], kind: str) -> bool:
    """Tells whether an engagement rule gives points for signals of a kind that it names."""
    asked = rule["signal"].get("kind", {})
    return kind in asked.get("one_of", [asked.get("is")])
