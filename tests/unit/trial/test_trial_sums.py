"""The sums of a trial do not depend on how its leads were divided, and its figures have the leads behind them."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.history.lead_facts import milliseconds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.won_shares import Counted
from baton.domain.trial.crossings import Crossing
from baton.domain.trial.figures.trial_figures import Asked, TrialFigures, trial_figures
from baton.domain.trial.figures.trial_sums import Summing, TrialSums
from baton.domain.trial.lead_commands import commands_of_messages
from baton.domain.trial.trial_rows import NOTHING_KNOWN, Became, TrialRow, Tried, try_lead
from baton.outreach.trials.trial_lines import trial_lines
from tests.unit.given import AGREEMENT
from tests.unit.trial.random_leads import BEGIN, arrivals_of

CARD = Scorecard(AgreementInForce(version=1, in_force_since="2026-01-01T00:00:00.000Z", agreement=AGREEMENT))
SUMMING = Summing(AGREEMENT, AGREEMENT)
HOUR = 3_600_000
AT = milliseconds(BEGIN)


def judged(*, won: bool, points: float) -> TrialRow:
    """A lead with an outcome that counts and these points at the most."""
    hundredths = round(points * 100)
    return row(0, became=Became("won" if won else "lost"), highest=hundredths, score=hundredths)


def row(number: int, **known: object) -> TrialRow:
    plain = TrialRow(f"lead{number}", AT + number * HOUR, Became(), None, None, 0, 0, ())
    return plain._replace(**known)


def crossing(hours: float = 0, trigger: str = "score", uncut: int = 10_000) -> Crossing:
    return Crossing(AT + round(hours * HOUR), trigger, "sales", uncut)


def random_row(number: int) -> TrialRow:
    chance = Random(number)
    return row(
        number,
        became=Became(
            chance.choice(["won", "lost", "returned", "open", "unknown"]),
            chance.choice(["bad_fit", "unreachable", "bad_timing", None]),
            amount=chance.choice([None, 0.1, 2500.55]),
            forgotten=chance.choice([None, True, False]),
            share=chance.choice([1, 1, 1, 0.05]),
        ),
        current=chance.choice([None, crossing(chance.uniform(0, 900), chance.choice(["score", "sql"]))]),
        draft=chance.choice([None, crossing(chance.uniform(0, 900))]),
        highest=chance.randint(-3000, 30_000),
        score=chance.randint(0, 10_000),
        rules=tuple(chance.sample(["vice-president", "visit", "webinar"], chance.randint(0, 3))),
        by_hand=chance.random() < 0.1,
        left_out=chance.choice([None, None, None, NOTHING_KNOWN]),
    )


def figures(rows: Sequence[TrialRow], reps: int = 0) -> TrialFigures:
    return of_sums(SUMMING.of(rows), reps)


def of_sums(sums: TrialSums, reps: int = 0) -> TrialFigures:
    return trial_figures(sums, Asked(CARD, {"sales": [25] * reps} if reps else {}, 7, {"draft": "d", "today": "t"}))


def test_sums_of_pages_in_any_order_give_the_same_figures_as_all_rows_at_once() -> None:
    rows = [random_row(number) for number in range(300)]
    whole = figures(rows, reps=3).as_data()
    for seed in range(5):
        chance, left, sums = Random(seed), rows.copy(), TrialSums()
        chance.shuffle(left)
        while left:
            size = chance.randint(1, 80)
            page, left = left[:size], left[size:]
            stored = TrialSums.from_data(SUMMING.of(page).as_data())
            sums = sums + stored if chance.random() < 0.5 else stored + sums
        assert of_sums(sums, reps=3).as_data() == whole


def test_an_interrupted_trial_goes_on_from_its_stored_sums_with_the_same_bytes() -> None:
    rows = [random_row(number) for number in range(60)]
    stored = SUMMING.of(rows[:25]).as_data()
    assert (TrialSums.from_data(stored) + SUMMING.of(rows[25:])).as_data() == SUMMING.of(rows).as_data()


@pytest.mark.parametrize(
    ("became", "counts"),
    [
        (Became("won"), "won"),
        (Became("lost"), "other"),
        (Became("returned", "bad_fit"), "other"),
        (Became("returned", "not_qualified"), "other"),
        (Became("returned", "bad_timing"), None),
        (Became("returned", "unreachable"), None),
        (Became("returned", "wrong_person"), None),
        (Became("returned", "a word of the CRM"), None),
        (Became("returned"), None),
        (Became("open"), None),
        (Became(), None),
    ],
)
def test_only_outcomes_that_say_something_of_the_rules_count(became: Became, counts: str | None) -> None:
    assert SUMMING.counts_as(became) == counts


def test_leads_are_told_apart_by_which_agreement_hands_them_over() -> None:
    rows = [
        row(1, current=crossing(), draft=crossing(), became=Became("won", amount=10.5)),
        row(2, draft=crossing(), became=Became("unknown")),
        row(3, draft=crossing(), became=Became("lost")),
        row(4, current=crossing(), became=Became("returned", "bad_fit")),
        row(5, became=Became("open")),
    ]
    found = figures(rows)
    both, only_draft, only_today, neither = found.cells
    assert (both.leads, both.won, both.worth) == (1, 1, 10.5)
    assert (only_draft.leads, only_draft.unknown, only_draft.counted) == (2, 1, Counted(0, 1))
    assert (only_today.leads, only_today.returned) == (1, {"bad_fit": 1})
    assert (neither.leads, neither.open) == (1, 1)
    assert found.difference.difference == 0
    assert found.difference.within is not None


def test_a_lead_that_nobody_tried_is_no_loss() -> None:
    found = figures([row(number, draft=crossing()) for number in range(30)])
    assert found.cells[1].unknown == 30
    assert found.cells[1].counted == Counted(0, 0)
    assert found.difference.difference is None


def test_leads_of_both_are_earlier_or_later_by_the_nearest_rank() -> None:
    hours = [-48, -2, 0, 1, 10]
    rows = [row(n, current=crossing(100), draft=crossing(100 + later)) for n, later in enumerate(hours)]
    shift = figures(rows).shift
    assert (shift.earlier, shift.same, shift.later) == (2, 1, 2)
    assert (shift.quarter, shift.median, shift.three_quarters) == (-2, 0, 1)


def test_the_load_counts_working_days_without_a_lead_and_moves_weekends_to_monday() -> None:
    monday_to_sunday = [row(n, draft=crossing(24 * n), known_at=AT) for n in (0, 0, 5, 6)]
    (load,) = figures([*monday_to_sunday, row(9, known_at=AT + 7 * 24 * HOUR)], reps=2).load
    assert (load.days, load.leads) == (6, 4)  # Monday has two, the weekend's two are on the next Monday
    assert (load.median, load.most) == (0, 2)
    assert (load.per_rep, load.most_per_rep, load.capacity, load.full_after) == (0, 1, 50, None)


def test_the_ladder_counts_leads_and_never_interpolates() -> None:
    rows = [row(n, score=n * 1000, became=Became("won" if n > 6 else "lost")) for n in range(11)]
    ladder = {step.threshold: step for step in figures(rows).ladder}
    assert ladder[70].leads == 4
    assert ladder[70].counted == Counted(4, 4)
    assert (ladder[100].leads, ladder[100].missed) == (1, 3)
    assert ladder[75].leads == 3


def test_a_rule_with_too_few_leads_is_not_judged_and_spoils_no_other() -> None:
    rows = [row(n, became=Became("won" if n % 3 else "lost"), rules=("visit",) if n < 60 else ()) for n in range(120)]
    rows += [row(200 + n, became=Became("won"), rules=("webinar",)) for n in range(9)]
    by_rule = {each.rule: each for each in figures(rows).rules}
    assert by_rule["webinar"].too_few
    assert by_rule["webinar"].q is None
    assert by_rule["webinar"].leads == 9
    assert by_rule["visit"].q is not None
    assert by_rule["visit"].comparison.having == Counted(40, 60)


def test_the_order_is_judged_by_the_sum_before_any_limit() -> None:
    rows = [
        row(n, highest=10_000 + 100 * n, score=10_000, became=Became("won" if n >= 20 else "lost")) for n in range(40)
    ]
    chosen = [each._replace(current=crossing()) for each in rows[:10]]
    order = figures([*chosen, *rows[10:]]).order
    assert order.all.auc == 1
    assert order.all.won_at_the_top["5 %"] == 1
    assert order.heaped == 1
    assert order.not_chosen.leads == Counted(20, 30)


def test_a_win_that_a_lot_handed_over_stands_for_all_leads_like_it() -> None:
    low = judged(won=True, points=10)
    drawn = [low._replace(became=low.became._replace(share=0.05)), judged(won=False, points=10)]
    found = figures([*[judged(won=True, points=90)] * 20, *[judged(won=False, points=50)] * 20, *drawn])
    assert found.order.all.leads == Counted(21, 42)
    assert found.order.of_all is not None
    assert found.order.of_all.drawn == 1
    assert found.order.of_all.share == pytest.approx(40 / 61)  # the drawn win counts for 20
    assert found.order.of_all.auc == pytest.approx((20 * 21 + 20 * 0.5) / (40 * 21))
    ladder = {step.threshold: step for step in found.ladder}
    assert (ladder[80].missed, ladder[80].missed_of_all) == (1, pytest.approx(20))
    assert (ladder[10].missed, ladder[10].missed_of_all) == (0, 0)
    assert found.cells[3].counted == Counted(21, 42), "leads are counted as they are"


def test_without_a_lot_nothing_is_said_of_all_leads() -> None:
    found = figures([judged(won=True, points=90), judged(won=False, points=50)])
    assert found.order.of_all is None
    assert {step.missed_of_all for step in found.ladder} == {None}


def test_the_bars_of_sums_hold_every_lead_that_counts_however_far_off_it_is() -> None:
    sums = [-9_000, -51, -50, -1, 0, 9.9, 10, 99, 100, 199, 200, 70_000]
    bars = figures([judged(won=points > 50, points=points) for points in sums]).bars
    assert (bars[0].least, bars[0].below, bars[0].counted) == (None, -40, Counted(0, 3))
    assert (bars[-1].least, bars[-1].below, bars[-1].counted) == (200, None, Counted(2, 2))
    assert sum(bar.counted.of for bar in bars) == len(sums)
    assert [bar.least for bar in bars[1:]] == [bar.below for bar in bars[:-1]]
    assert figures([row(1)]).bars == []


def test_the_share_won_by_month_is_of_when_leads_became_known_and_shows_a_drift() -> None:
    month = 31 * 24 * HOUR
    rows = [
        judged(won=n % 10 < share, points=50)._replace(known_at=AT + place * month)
        for place, share in enumerate([5, 5, 5, 1])
        for n in range(100)
    ]
    found = figures([*rows, row(1, known_at=AT + 3 * month)])
    assert [(each.month, each.leads, each.counted) for each in found.months] == [
        ("2026-03", 100, Counted(50, 100)),
        ("2026-04", 100, Counted(50, 100)),
        ("2026-05", 100, Counted(50, 100)),
        ("2026-06", 101, Counted(10, 100)),
    ]
    assert found.drift is not None
    assert (found.drift.earlier, found.drift.later) == (Counted(150, 300), Counted(10, 100))
    assert found.drift.difference == pytest.approx(-0.4)
    assert "what became of earlier leads may not hold" in "\n".join(trial_lines(found))
    alone = figures(rows[:100]).drift
    assert alone is not None
    assert alone.difference is None


def test_a_step_of_the_ladder_tells_the_leads_on_a_working_day() -> None:
    rows = [row(n, score=8000, known_at=AT + n * 24 * HOUR) for n in range(14)]  # two weeks, ten working days
    ladder = {step.threshold: step for step in figures(rows).ladder}
    assert (ladder[80].a_day, ladder[85].a_day) == (1.4, 0)
    assert {step.a_day for step in figures([]).ladder} == {None}


def test_figures_are_read_back_from_their_data() -> None:
    found = figures([random_row(number) for number in range(200)], reps=3)
    data = json.loads(json.dumps(found.as_data()))
    read = TrialFigures.from_data(data)
    assert read.as_data() == data
    assert trial_lines(read) == trial_lines(found)
    del data["months"], data["drift"], data["order"]["of_all"]
    assert TrialFigures.from_data(data).months == ()


def test_sums_of_before_a_count_was_kept_are_still_read() -> None:
    stored = SUMMING.of([random_row(number) for number in range(30)]).as_data()
    del stored["months"], stored["drawn"]
    assert TrialSums.from_data(stored).months == {}


def test_what_came_after_sales_got_the_lead_does_not_count() -> None:
    arrivals = arrivals_of(4)
    tried = Tried(CARD, CARD, arrivals[-1][0] + timedelta(days=60))

    def commands(card: Scorecard) -> object:
        return commands_of_messages(arrivals[0][1].lead_id, arrivals, card.kinds)

    for place, (at, _) in enumerate(arrivals):
        known = try_lead(tried, Became("won", closed_at=at), commands)
        again = try_lead(
            tried._replace(until=at),
            Became("won"),
            lambda card, place=place: commands_of_messages(arrivals[0][1].lead_id, arrivals[: place + 1], card.kinds),
        )
        assert known[3:] == again[3:]
    assert try_lead(tried, Became("won", closed_at=arrivals[0][0]), commands).left_out == NOTHING_KNOWN


def test_the_report_is_about_twenty_lines_that_read_aloud() -> None:
    lines = trial_lines(figures([random_row(number) for number in range(600)], reps=3))
    assert 14 <= len(lines) <= 24
    assert all(line.endswith(".") and "None" not in line for line in lines)
    nothing = trial_lines(figures([]))
    assert nothing[:2] == ["Trial of d against t.", "No lead of the history could be tried."]
