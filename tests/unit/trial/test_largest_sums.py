"""The sums of the largest trial that can be thought of fit into one item of the table."""

import json
from datetime import date, timedelta
from random import Random

from baton.aws.table.packing.packed_text import packed
from baton.domain.trial.figures.trial_sums import CELLS, DRAFT, OTHER, TODAY, WON, TrialSums, _shift

ITEM, DAYS, MINUTES_OF_A_DAY = 400 * 1024, 400, 24 * 60
ROOM_FOR_THE_REST = 10_000


def largest() -> TrialSums:
    chance, sums = Random(1), TrialSums()
    days = [(date(2026, 1, 1) + timedelta(days=number)).isoformat() for number in range(DAYS)]
    for minutes in range(-DAYS * MINUTES_OF_A_DAY, DAYS * MINUTES_OF_A_DAY):
        sums.moved[_shift(minutes)] += chance.randint(0, 9)
    for day in days:
        sums.known[day] = chance.randint(1, 999)
        sums.days.update(
            {(which, f"team-{n}", day): chance.randint(1, 999) for which in (TODAY, DRAFT) for n in range(4)}
        )
    for cell in CELLS:
        sums.cells.update(
            {(cell, state, None): chance.randint(1, 9999) for state in ("won", "lost", "open", "unknown")}
        )
        sums.cells.update({(cell, "returned", f"reason-{n}"): chance.randint(1, 9999) for n in range(50)})
    for chosen in (True, False):
        for points in range(-100, 401):
            sums.scores.update({(points, chosen, how): chance.randint(1, 999) for how in (WON, OTHER, None)})
        for tenths in range(-2000, 10_001):
            sums.sums.update({(tenths, chosen, how): chance.randint(1, 99) for how in (WON, OTHER)})
    for number in range(200):
        sums.got[f"rule-{number}"] = chance.randint(1, 9999)
        sums.rules.update({(f"rule-{number}", how): chance.randint(1, 999) for how in (WON, OTHER)})
    for _ in range(5000):
        sums.drawn[chance.randint(-2000, 10_000), chance.randint(0, 100), chance.random() < 0.5, WON, 500] += 1
    return sums


def test_the_sums_of_the_largest_trial_fit_into_an_item() -> None:
    text = json.dumps(largest().as_data(), separators=(",", ":"))
    assert len(packed(text)["B"]) < ITEM - ROOM_FOR_THE_REST


def test_a_handover_that_moves_by_more_than_two_days_is_counted_in_hours() -> None:
    assert [_shift(minutes) for minutes in (0, -1, 2880, -2880, 2881, -2940, 2939)] == [
        *(0, -1, 2880, -2880),
        *(2880, -2940, 2940),
    ]
