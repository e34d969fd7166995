"""Speed to lead: how long each step took from offer to first contact: routed, notified, accepted, contacted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.domain.reports.business_lengths import BusinessSeconds, no_business_time
from baton.domain.reports.rows.report_groups import FigureRow, Figures, Group
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.spread import Spread, share

STEPS = ("routed", "notified", "accepted", "contacted")
SPEED_TO_LEAD = "speed_to_lead"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
BANDS = {
    "0-5m": 5 * _MINUTE,
    "5m-30m": 30 * _MINUTE,
    "30m-1h": _HOUR,
    "1h-4h": 4 * _HOUR,
    "4h-1d": _DAY,
    "1d-3d": 3 * _DAY,
    "3d-": float("inf"),
}
"""The bands of the time until the first contact, and how many seconds each has at most."""


class StepDuration(NamedTuple):
    """A step, how many seconds it took, and how many of them were business time; None where no calendar is agreed."""

    step: str
    seconds: float
    business_seconds: float | None = None


def milestones(row: HandoffRow) -> dict[str, datetime]:
    """Returns when the lead was first routed, notified, accepted and contacted; contact accepts it too."""
    contacted = [stint.contacted_at for stint in row.stints if stint.contacted_at]
    first = {
        "routed": [stint.since for stint in row.stints if stint.owner],
        "notified": [stint.notified_at for stint in row.stints if stint.notified_at],
        "accepted": [stint.accepted_at for stint in row.stints if stint.accepted_at] + contacted,
        "contacted": contacted,
    }
    return {name: min(moments) for name, moments in first.items() if moments}


def step_durations(row: HandoffRow, business: BusinessSeconds = no_business_time) -> Iterator[StepDuration]:
    """Yields the length of each step that is complete, in plain and in business time.

    A step begins when the one before it ended; it takes 0 seconds if it ended earlier, as a mail may be recorded as
    sent after the rep has acted.
    """
    reached, since = milestones(row), row.offered_at
    for name in STEPS:
        if name in reached:
            yield StepDuration(name, max(0.0, (reached[name] - since).total_seconds()), business(since, reached[name]))
            since = max(since, reached[name])
    if "contacted" in reached:
        contacted = reached["contacted"]
        plain = (contacted - row.offered_at).total_seconds()
        yield StepDuration(SPEED_TO_LEAD, plain, business(row.offered_at, contacted))


def duration_figures(taken: Iterable[StepDuration]) -> Figures:
    """Returns the spread of each step, and of the time from offer to first contact."""
    lengths: dict[str, list[StepDuration]] = {name: [] for name in (*STEPS, SPEED_TO_LEAD)}
    for each in taken:
        lengths[each.step].append(each)
    return {
        name: spread_figures([each.seconds for each in its], [each.business_seconds for each in its])
        for name, its in lengths.items()
    }


def spread_figures(seconds: Sequence[float], business: Sequence[float | None]) -> Figures:
    """Returns the spread of lengths, with that in business time beside it where calendars are agreed."""
    counted = [each for each in business if each is not None]
    beside = {"business": Spread.of(counted).figures()} if counted else {}
    return {**Spread.of(seconds).figures(), **beside}


def speed_bands(taken: Iterable[StepDuration]) -> Group:
    """Returns how many leads were contacted how soon after the offer, as a distribution.

    A band has its upper end, but not its lower one. `share` is that of all leads contacted (`of`), `within` that of
    this band and those before it (`so_far`); `business` has the number by business time, where calendars are agreed.
    """
    whole = [each for each in taken if each.step == SPEED_TO_LEAD]
    plain = Counter(_band(each.seconds) for each in whole)
    business = Counter(_band(each.business_seconds) for each in whole if each.business_seconds is not None)
    lines, so_far = list[FigureRow](), 0
    for name in BANDS:
        so_far += plain[name]
        figures: Figures = {"n": plain[name], "share": share(plain[name], len(whole))}
        figures |= {"so_far": so_far, "of": len(whole), "within": share(so_far, len(whole))}
        lines.append(FigureRow(name, figures | ({"business": {"n": business[name]}} if business else {})))
    return Group("speed", tuple(lines))


def _band(seconds: float) -> str:
    return next(name for name, most in BANDS.items() if seconds <= most)
