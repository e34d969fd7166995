"""The row of one lead in a trial: what became of it under today's agreement and under the draft, and in reality.

A row holds numbers and names alone, so that pages of rows can be kept, and summed up in any order.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, NamedTuple

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.crossings import Crossing, Listed, nothing_listed
from baton.domain.trial.lead_commands import LeadCommands
from baton.domain.trial.replay import replay

State = Literal["won", "lost", "returned", "open", "unknown"]
"""What became of a lead in reality; `unknown` if nobody said, as of leads that sales never had."""


class Became(NamedTuple):
    """What became of a lead in reality, when that was, and what it is worth.

    `forgotten` is None where nobody can tell. `share` is the probability with which a lot handed the lead over, such as
    .05, and 1 without a lot: the outcome of who was drawn stands for 1/share leads.
    """

    state: State = "unknown"
    reason: str | None = None
    closed_at: datetime | None = None
    amount: float | None = None
    forgotten: bool | None = None
    share: float = 1.0


class TrialRow(NamedTuple):
    """One lead: moments in milliseconds since 1970, points in hundredths.

    `current` is its first handover under today's agreement, `draft` that under the draft.

    `highest` is the highest sum of points under the draft before any limit, `score` the highest within the limits, and
    `rules` are those of the draft that gave points, all of them as of what was known before the outcome.
    """

    lead_id: str
    known_at: int
    became: Became
    current: Crossing | None
    draft: Crossing | None
    highest: int
    score: int
    rules: tuple[str, ...]
    by_hand: bool = False
    left_out: str | None = None


ABSORBED = "merged into another lead, which stands for it"
NOTHING_KNOWN = "nothing was known of them before what became of them"


def left_out(lead_id: str, why: str) -> TrialRow:
    """Returns the row of a lead that is not tried."""
    return TrialRow(lead_id, 0, Became(), None, None, 0, 0, (), left_out=why)


class Tried(NamedTuple):
    """Today's agreement and the draft, compiled, and the moment up to which the history goes."""

    current: Scorecard
    draft: Scorecard
    until: datetime
    listed: Listed = nothing_listed


def known_until(until: datetime, became: Became) -> datetime:
    """Returns up to when a replay knows a lead's history: nothing that came after the lead was closed."""
    return min(until, became.closed_at or until)


def try_lead(tried: Tried, became: Became, commands: Callable[[Scorecard], LeadCommands]) -> TrialRow:
    """Replays one lead under both agreements, up to what became of it.

    A replay knows nothing that came after the lead was closed: it says nothing about when to hand it over.

    Args:
        tried: the agreements.
        became: what became of the lead in reality.
        commands: gives the lead's commands as an agreement records them.
    """
    until = known_until(tried.until, became)
    of_today, of_draft = commands(tried.current), commands(tried.draft)
    lead_id, known_at = of_draft.lead_id, of_draft.commands[0].moment
    if of_draft.commands[0].at >= until:
        return TrialRow(lead_id, known_at, became, None, None, 0, 0, (), left_out=NOTHING_KNOWN)
    today = replay(of_today, tried.current, until, tried.listed, to_the_end=False)
    draft = replay(of_draft, tried.draft, until, tried.listed)
    return TrialRow(
        lead_id,
        known_at,
        became,
        today.crossing,
        draft.crossing,
        draft.highest,
        draft.score,
        draft.rules,
        by_hand=draft.by_hand,
        left_out=ABSORBED if draft.absorbed else None,
    )
