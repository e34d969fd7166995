"""Speed to lead: how long each step took from offer to first contact: routed, notified, accepted, contacted."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.spread import Spread

STEPS = ("routed", "notified", "accepted", "contacted")
SPEED_TO_LEAD = "speed_to_lead"
StepDuration = tuple[str, float]
"""A step and how many seconds it took."""


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


def step_durations(row: HandoffRow) -> Iterator[StepDuration]:
    """Yields the seconds of each step that is complete.

    A step begins when the one before it ended; it takes 0 seconds if it ended earlier, as a mail may be recorded as
    sent after the rep has acted.
    """
    reached, since = milestones(row), row.offered_at
    for name in STEPS:
        if name in reached:
            yield name, max(0.0, (reached[name] - since).total_seconds())
            since = max(since, reached[name])
    if "contacted" in reached:
        yield SPEED_TO_LEAD, (reached["contacted"] - row.offered_at).total_seconds()


def duration_figures(taken: Iterable[StepDuration]) -> Figures:
    """Returns the spread of each step, and of the time from offer to first contact."""
    seconds: dict[str, list[float]] = {name: [] for name in (*STEPS, SPEED_TO_LEAD)}
    for name, length in taken:
        seconds[name].append(length)
    return {name: Spread.of(lengths).figures() for name, lengths in seconds.items()}
