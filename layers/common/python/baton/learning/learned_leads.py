"""Sorts the leads that can be learned from: those with an outcome, old enough, and not chosen by the score alone.

Refuses where nothing honest can be said, and warns of what would mislead.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from baton.domain.statistics.order_quality import Judged, auc
from baton.domain.statistics.waiting_times import Waited, time_until
from baton.domain.statistics.won_shares import Counted, p_of_difference
from baton.learning.fitting.forward_choice import Months
from baton.learning.fitting.log_odds_fit import Numbers, Outcomes
from baton.learning.known_leads import KnownLead

FEWEST = 100
"""So many wins, and so many others, it takes to learn."""
_CHOSEN, _SHARE_WITHOUT = 0.9, 0.2
_DRIFT_P, _DRIFT = 0.01, 0.25
TOO_GOOD, _ALL_WON = 0.95, 10
LEARNED_FROM = 0.7
"""The first 70 % are learned from where the last 30 % judge."""


class Refused(Exception):
    """Nothing can be learned from this history; the text says why, and what would help."""


class Maturity(NamedTuple):
    """How long a lead may take: leads younger than this at the export are left out, older open ones are not won."""

    as_of: datetime
    within: timedelta | None = None


class LearnedFrom(NamedTuple):
    """The leads with an outcome, in the order of their capture, their outcomes, and the number of each one's month."""

    leads: tuple[KnownLead, ...]
    outcomes: Outcomes
    months: Months

    @property
    def split(self) -> int:
        """Returns how many are the first 70 %."""
        return int(len(self.leads) * LEARNED_FROM)


def learned_from(leads: Sequence[KnownLead], maturity: Maturity) -> LearnedFrom:
    """Returns the leads that can be learned from.

    Raises:
        Refused: there are under 100 wins or under 100 others.
    """
    found = list[tuple[KnownLead, bool]]()
    for lead in leads:
        if maturity.within is not None and lead.captured_at > maturity.as_of - maturity.within:
            continue
        won = lead.won if lead.won is not None or maturity.within is None else False
        if won is not None:
            found.append((lead, won))
    wins = sum(won for _, won in found)
    missing = [
        f"{FEWEST - count} more {what}"
        for count, what in ((wins, "leads that were won"), (len(found) - wins, "leads that were not won"))
        if count < FEWEST
    ]
    if missing:
        said = f"{wins} won and {len(found) - wins} others are too few to learn from; it takes {' and '.join(missing)}"
        raise Refused(said)
    found.sort(key=lambda each: (each[0].captured_at, each[0].lead_id))
    weight = np.array([lead.weight for lead, _ in found])
    months = [lead.captured_at.year * 12 + lead.captured_at.month for lead, _ in found]
    number = np.unique(months, return_inverse=True)[1].astype(np.intp)
    return LearnedFrom(
        tuple(lead for lead, _ in found),
        Outcomes(np.array([float(won) for _, won in found]), weight).effective(),
        number,
    )


def refuse_if_chosen_by_score(leads: Sequence[KnownLead], sums: Numbers) -> None:
    """Refuses if the score in force chose who has an outcome, and no audit gave others one.

    Who has an outcome then says what the score thought, and learning from it turns the points against themselves.

    Args:
        leads: all leads of the history.
        sums: the points of each under the table in force.

    Raises:
        Refused: the score chose, and nobody else had a chance.
    """
    has = [lead.won is not None for lead in leads]
    if any(lead.weight > 1 for lead in leads) or has.count(False) < _SHARE_WITHOUT * len(leads):
        return
    chosen = auc([Judged(score, with_outcome) for score, with_outcome in zip(sums.tolist(), has, strict=True)])
    if chosen is not None and chosen >= _CHOSEN:
        raise Refused(
            f"the score itself chose who got an outcome: {has.count(False)} of {len(has)} leads have none, and nearly "
            "all of them have fewer points than the others; hand over a small share of leads below the threshold "
            "(`audit_share`), so that points can be learned from those, too"
        )


def warnings_of(leads: Sequence[KnownLead], found: LearnedFrom, maturity: Maturity, looks: int) -> list[str]:
    """Returns what misleads in this history, in sentences: drift, open outcomes, several looks."""
    won, split = found.outcomes.won, found.split
    early, late = (Counted(int(part.sum()), len(part)) for part in (won[:split], won[split:]))
    said = list[str]()
    p, first, last = p_of_difference(early, late), early.share or 0.0, late.share or 0.0
    if p is not None and p < _DRIFT_P and abs(last - first) > _DRIFT * max(first, 1e-9):
        said.append(
            f"drift: of the first 70 % of leads {first:.1%} were won, of the last 30 % {last:.1%}; points learned from "
            "the past may not hold"
        )
    waiting = [lead for lead in leads if lead.won is None]
    if waiting and maturity.within is None:
        said.append(f"open outcomes: {len(waiting)} leads have none yet and are left out; {_when_closed(leads)}")
    if looks > 1:
        said.append(
            f"several looks: this is look {looks} at the same history; each choice had to be {looks} times as unlikely "
            "by chance"
        )
    return said


def _when_closed(leads: Sequence[KnownLead]) -> str:
    waited = [Waited(lead.waited.days, lead.won is not None) for lead in leads if lead.waited is not None]
    days = time_until(waited, 0.9)
    if days is None:
        return "say after how long an open lead counts as lost"
    return (
        f"nine in ten close within {days:.0f} days: say that an open lead counts as lost after that long, and only "
        "younger ones are left out"
    )


def no_better(today: float | None, proposed: float | None) -> list[str]:
    """Returns a warning of points by which the later leads are ordered no better than by today's; both are AUCs."""
    if today is None or proposed is None or proposed > today:
        return []
    return [
        f"no better: on the last 30 % of leads today's points tell wins as well or better (AUC {today:.3f} against "
        f"{proposed:.3f}); keep today's"
    ]


def leakage(names: Sequence[str], held: Numbers, outcomes: Outcomes, judged: float | None) -> list[str]:
    """Returns warnings of rules that may know the outcome: all of their leads won, or an order too good to be true."""
    said = []
    if judged is not None and judged > TOO_GOOD:
        said.append(f"leakage: an AUC of {judged:.3f} is too good; some fact is probably filled in after the outcome")
    for place, name in enumerate(names):
        met = held[:, place] > 0
        if met.sum() >= _ALL_WON and outcomes.won[met].all():
            said.append(f"leakage: every lead with `{name}` was won; is it filled in only then?")
    return said
