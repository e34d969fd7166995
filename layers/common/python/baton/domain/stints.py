"""Who held a lead when: the stints of its handoff, from the first owner to the last."""

from collections.abc import Iterable
from typing import Any

from baton.domain.clock import Clock
from baton.domain.handoff import Run, Stint
from baton.domain.model import Instant

Stints = tuple[Stint, ...]

MOST = 20
MOST_RUNS = 40
"""No lead is passed on, nor called, so often that more would tell anything; the history has them all."""


def begun(stints: Stints, owner: str | None, at: Instant) -> Stints:
    """Somebody has the lead from now on, or nobody; whoever had it before has it no longer."""
    before = _last(stints, until=at)
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
    return _last(stints, runs=(*stints[-1].runs, *map(run_of, clocks))[-MOST_RUNS:])


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
