"""Sums up the rows of a trial: counts alone, so that the sums of pages can be added in any order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any, Self

from baton.agreement.terms.agreement import Agreement
from baton.domain.statistics.rule_comparisons import counts_as_won
from baton.domain.trial.crossings import Crossing
from baton.domain.trial.figures.working_days import WorkingDays
from baton.domain.trial.trial_rows import Became, TrialRow

BOTH, ONLY_DRAFT, ONLY_TODAY, NEITHER = "both", "only_draft", "only_today", "neither"
CELLS = (BOTH, ONLY_DRAFT, ONLY_TODAY, NEITHER)
"""Who is handed over by both agreements, by the draft only, by today's only, by neither."""
WON, OTHER = "won", "other"
"""How an outcome counts for the rules; one that counts as nothing is neither."""
TODAY, DRAFT = "today", "draft"
MINUTE, HUNDREDTHS, TENTH = 60_000, 100, 10
HOUR, TWO_DAYS = 60, 2 * 24 * 60
SHARES = 10_000
"""Shares of lots are counted in ten-thousandths."""
_YEAR_AND_MONTH = len("2026-03")


@dataclass(frozen=True, slots=True)
class TrialSums:
    """The counts of a trial. Keys are tuples of names and whole numbers.

    Args:
        cells: leads by cell, state and reason of return.
        counted: leads with an outcome that counts, by cell and how it counts.
        worth: the amounts of won leads in hundredths, by cell.
        moved: leads of both, by how many minutes the draft is later (below zero: earlier), in full hours beyond
            two days.
        days: handovers by agreement, team and day.
        triggers: handovers by agreement and trigger.
        scores: leads by highest score in points, whether another trigger hands them over, and how they count.
        sums: leads that count by highest sum in tenths, whether today's score chose them, and how they count.
        rules: leads that count by rule and how they count.
        got: leads by rule.
        known: leads by the day on which they became known.
        months: leads that count by the month in which they became known, and how they count.
        drawn: those of `sums` that a lot handed over: by highest sum in tenths, highest score in points, whether
            another trigger hands them over, how they count, and the share of the lot in ten-thousandths.
        notes: leads of which something else is said: with an outcome, handed over by hand, forgotten.
        left_out: leads and lines by the reason.
    """

    cells: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    worth: Counter[str] = field(default_factory=Counter)
    moved: Counter[int] = field(default_factory=Counter)
    days: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    triggers: Counter[tuple[str, str]] = field(default_factory=Counter)
    scores: Counter[tuple[int, bool, str | None]] = field(default_factory=Counter)
    sums: Counter[tuple[int, bool, str]] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    got: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    months: Counter[tuple[str, str]] = field(default_factory=Counter)
    drawn: Counter[tuple[int, int, bool, str, int]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Self) -> "TrialSums":
        """Returns the sums of both; the order does not matter."""
        return TrialSums(*(_added(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)))

    def as_data(self) -> dict[str, list[list[Any]]]:
        """Returns the sums as plain data, in an order that depends on them alone."""
        return {each.name: _listed(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Iterable[Any]]) -> Self:
        """Reads sums that `as_data` wrote; counts that were not kept yet are empty."""
        return cls(**{name: Counter({_key(key): count for key, count in data[name]}) for name in data})


class Summing:
    """Sums up rows under the draft's terms: which returns count against its rules, and when its teams work."""

    def __init__(self, draft: Agreement, today: Agreement) -> None:
        self.lost = draft.counted_as_lost
        self.agreements = {TODAY: today, DRAFT: draft}
        self._days: dict[tuple[str, str], WorkingDays] = {}

    def of(self, rows: Iterable[TrialRow]) -> TrialSums:
        """Returns the sums of rows."""
        sums = TrialSums()
        for row in rows:
            self._add(sums, row)
        return sums

    def counts_as(self, became: Became) -> str | None:
        """Returns how an outcome counts: a win, or another one; None if it says nothing of the rules."""
        won = counts_as_won(became.state, became.reason, self.lost)
        return None if won is None else WON if won else OTHER

    def _add(self, sums: TrialSums, row: TrialRow) -> None:
        if row.left_out:
            sums.left_out[row.left_out] += 1
            return
        became, counts = row.became, self.counts_as(row.became)
        cell, known = _cell(row), datetime.fromtimestamp(row.known_at / 1000, tz=UTC).date().isoformat()
        sums.cells[cell, became.state, became.reason if became.state == "returned" else None] += 1
        sums.known[known] += 1
        for note, holds in (("by_hand", row.by_hand), ("forgotten", became.forgotten)):
            if holds is not None:
                sums.notes[note] += holds
        for name, crossing in ((TODAY, row.current), (DRAFT, row.draft)):
            if crossing:
                sums.triggers[name, crossing.trigger] += 1
                sums.days[name, crossing.team, self._day(name, crossing).isoformat()] += 1
        if row.current and row.draft:
            sums.moved[_shift((row.draft.at - row.current.at) // MINUTE)] += 1
        elsewise = row.draft is not None and row.draft.trigger != "score"
        score, highest = row.score // HUNDREDTHS, row.highest // TENTH
        sums.scores[score, elsewise, counts] += 1
        sums.got.update(row.rules)
        if counts is None:
            return
        sums.counted[cell, counts] += 1
        sums.rules.update((rule, counts) for rule in row.rules)
        sums.months[known[:_YEAR_AND_MONTH], counts] += 1
        sums.sums[highest, row.current is not None and row.current.trigger == "score", counts] += 1
        if became.share < 1:
            sums.drawn[highest, score, elsewise, counts, round(became.share * SHARES)] += 1
        if counts == WON and became.amount is not None:
            sums.worth[cell] += round(became.amount * HUNDREDTHS)

    def _day(self, name: str, crossing: Crossing) -> date:
        days = self._days.get((name, crossing.team))
        if days is None:
            days = self._days[name, crossing.team] = WorkingDays(self.agreements[name], crossing.team)
        return days.day_of(crossing.at)


def _shift(minutes: int) -> int:
    """Returns by how much a lead is later: a year of minutes would be more than an item of the table takes."""
    return minutes if abs(minutes) <= TWO_DAYS else round(minutes / HOUR) * HOUR


def _cell(row: TrialRow) -> str:
    if row.current and row.draft:
        return BOTH
    return ONLY_DRAFT if row.draft else ONLY_TODAY if row.current else NEITHER


def _added(one: Counter[Any], other: Counter[Any]) -> Counter[Any]:
    both = Counter(one)
    both.update(other)
    return both


def _listed(counter: Counter[Any]) -> list[list[Any]]:
    keys = sorted(counter, key=lambda key: str(key) if not isinstance(key, int) else f"{key:020d}")
    return [[list(key) if isinstance(key, tuple) else key, counter[key]] for key in keys]


def _key(key: Any) -> Any:
    return tuple(key) if isinstance(key, list) else key
