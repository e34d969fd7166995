"""Which clocks were met: stopped by the moment at which they were due."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.report_rows import ClockRow
from baton.domain.reports.rows.spread import share

ClockResult = Literal["met", "missed", "open", "passed_on"]


def clock_result(run: ClockRow, due_at: datetime, until: datetime | None, now: datetime) -> ClockResult:
    """What became of a clock.

    Args:
        run: the clock as it ran.
        due_at: when it was due.
        until: until when its owner had the lead; None if they have it still.
        now: as of when it is asked.

    Returns:
        `met` or `missed`; `open` if it runs and is not due yet; `passed_on` if the lead went to somebody else before
        it was due, which is to nobody's credit and nobody's blame.
    """
    if run.stopped_at:
        return "met" if run.stopped_at <= due_at else "missed"
    if until:
        return "missed" if until >= due_at else "passed_on"
    return "missed" if now > due_at else "open"


class Attainment(NamedTuple):
    """How many clocks became what."""

    met: int
    missed: int
    open: int
    passed_on: int

    @classmethod
    def of(cls, outcomes: Iterable[ClockResult]) -> "Attainment":
        """The attainment of these clocks."""
        counts = Counter(outcomes)
        return cls(counts["met"], counts["missed"], counts["open"], counts["passed_on"])

    def figures(self) -> Figures:
        """As reports show it; `share` is of those that were met or missed."""
        return {**self._asdict(), "share": share(self.met, self.met + self.missed)}
