"""Attainment: which clocks were met, that is, stopped by the time they were due."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.report_rows import ClockRow
from baton.domain.reports.rows.spread import share

ClockResult = Literal["met", "missed", "open", "passed_on"]


def clock_result(run: ClockRow, due_at: datetime, until: datetime | None, now: datetime) -> ClockResult:
    """Returns the result of a clock.

    Args:
        run: the clock as it ran.
        due_at: when it was due.
        until: until when its owner had the lead; None if they still have it.
        now: the moment of the report.

    Returns:
        `met` or `missed`; `open` if it runs and is not due yet; `passed_on` if the lead was reassigned before it was
        due, which counts neither for nor against the owner.
    """
    if run.stopped_at:
        return "met" if run.stopped_at <= due_at else "missed"
    if until:
        return "missed" if until >= due_at else "passed_on"
    return "missed" if now > due_at else "open"


class Attainment(NamedTuple):
    """The number of clocks with each result."""

    met: int
    missed: int
    open: int
    passed_on: int

    @classmethod
    def of(cls, outcomes: Iterable[ClockResult]) -> "Attainment":
        """Counts these results."""
        counts = Counter(outcomes)
        return cls(counts["met"], counts["missed"], counts["open"], counts["passed_on"])

    def figures(self) -> Figures:
        """Returns the counts as reports show them; `share` is the part met of those met or missed."""
        return {**self._asdict(), "share": share(self.met, self.met + self.missed)}
