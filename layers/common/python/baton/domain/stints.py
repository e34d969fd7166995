"""Who held a lead when: the stints of its handoff, from the first owner to the last."""

from collections.abc import Iterable
from typing import Any

from baton.domain.clock import Clock
from baton.domain.handoff import Run, Stint
from baton.domain.model import Instant

Stints = tuple[Stint, ...]
Counts = dict[str, tuple[int, int]]

MOST = 60
"""So many owners a handoff remembers: the first, and the last; the history has them all."""
MOST_RUNS = 12
"""So many clocks that are over an owner's time lists; those before are counted."""


def begun(stints: Stints, owner: str | None, at: Instant, returned_for: str | None = None) -> Stints:
    """Somebody has the lead from now on, or nobody; whoever had it has it no longer, and may have given it back."""
    before = _last(stints, until=at, returned_for=returned_for)
    kept = before if len(before) < MOST else (before[0], *before[2:])
    return (*kept, Stint(owner=owner, since=at))


def noted(stints: Stints, **when: Instant) -> Stints:
    """Whoever has the lead did something for the first time."""
    if not stints:
        return stints
    return _last(stints, **{name: at for name, at in when.items() if getattr(stints[-1], name) is None})


def ran(stints: Stints, clocks: Iterable[Clock]) -> Stints:
    """These clocks are over for whoever has the lead."""
    if not stints:
        return stints
    runs = (*stints[-1].runs, *map(run_of, clocks))
    return _last(stints, runs=runs[-MOST_RUNS:], more=_counted(stints[-1].more, runs[:-MOST_RUNS]))


def _counted(more: Counts, runs: Iterable[Run]) -> Counts:
    """The counts with these clocks, which were all stopped: a clock runs out of the list only after many others."""
    counts = dict(more)
    for run in runs:
        kept, late = counts.get(run.clock, (0, 0))
        in_time = run.stopped_at is not None and run.stopped_at <= run.due_at
        counts[run.clock] = (kept + 1, late) if in_time else (kept, late + 1)
    return counts


def run_of(clock: Clock) -> Run:
    """A clock as it ran."""
    return Run(
        clock=clock.name,
        started_at=clock.started_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        within=clock.within,
    )


def _last(stints: Stints, **changes: Any) -> Stints:
    return (*stints[:-1], stints[-1].model_copy(update=changes)) if stints else ()
