"""Choosing rules and learning whole points from arrays: chance, months, rare conditions, rounding, intervals."""

import numpy as np
import pytest

from baton.learning.fitting.forward_choice import Gate, choose
from baton.learning.fitting.honest_estimates import estimates, halves, split_estimates
from baton.learning.fitting.log_odds_fit import Numbers, Outcomes, chances_of, errors, fit
from baton.learning.fitting.table_fit import Today, new_points, points_towards, quality
from baton.learning.fitting.whole_points import Aim, rounded

TRUE = np.array([1.5, -1.2, 0.9] + [0.0] * 17)


def _drawn(seed: int, leads: int = 1200, true: Numbers = TRUE, base: float = -1.0) -> tuple[Numbers, Outcomes]:
    draw = np.random.default_rng(seed)
    held = (draw.random((leads, len(true))) < 0.3).astype(float)
    won = (draw.random(leads) < chances_of(base + held @ true)).astype(float)
    return held, Outcomes(won, np.ones(leads))


def _gate(leads: int, months: int = 12, seed: int = 1) -> Gate:
    return Gate(np.arange(leads) * months // leads, seed)


def test_the_true_rules_are_chosen_and_nothing_else() -> None:
    held, outcomes = _drawn(1)
    assert sorted(choose(held, outcomes, _gate(1200))) == [0, 1, 2]


def test_chance_is_seldom_chosen() -> None:
    found = 0
    for seed in range(40):
        held, outcomes = _drawn(seed, 400, np.zeros(20))
        found += bool(choose(held, outcomes, _gate(400, seed=seed)))
    assert found <= 5, "one in twenty, and what chance makes of that"


def test_what_a_month_alone_explains_is_not_chosen() -> None:
    """A condition met only in the months of a fair, in which more leads are won, says nothing within a month."""
    draw = np.random.default_rng(4)
    months = np.arange(1500) * 10 // 1500
    fair = months >= 7
    held = np.column_stack([fair & (draw.random(1500) < 0.8), draw.random((1500, 5)) < 0.3]).astype(float)
    won = (draw.random(1500) < np.where(fair, 0.5, 0.2)).astype(float)
    assert choose(held, Outcomes(won, np.ones(1500)), Gate(months, 1)) == []


def test_the_same_seed_chooses_the_same() -> None:
    held, outcomes = _drawn(5)
    assert choose(held, outcomes, _gate(1200)) == choose(held, outcomes, _gate(1200))


def test_a_rare_condition_whose_leads_are_all_won_keeps_finite_log_odds() -> None:
    held = np.zeros((500, 1))
    held[:4] = 1
    won = np.zeros(500)
    won[:4] = 1
    found = fit(held, Outcomes(won, np.ones(500)))
    assert 1 < found.log_odds[0] < 6


def test_a_fit_is_where_no_step_gains_anything() -> None:
    held, outcomes = _drawn(6)
    found = fit(held[:, :3], outcomes)
    gradient = held[:, :3].T @ (outcomes.won - found.chances) - found.log_odds
    assert np.abs(gradient).max() < 1e-3


def test_a_weight_counts_as_so_many_leads() -> None:
    held, outcomes = _drawn(7, 300)
    weight = np.where(np.arange(300) % 3 == 0, 2.0, 1.0)
    doubled = np.repeat(np.arange(300), weight.astype(int))
    weighted = fit(held, outcomes._replace(weight=weight))
    assert weighted.log_odds == pytest.approx(fit(held[doubled], outcomes.part(doubled)).log_odds, abs=1e-5)


def test_equal_weights_say_nothing() -> None:
    outcomes = Outcomes(np.ones(9), np.full(9, 20.0))
    assert outcomes.effective().weight == pytest.approx(1)
    assert outcomes.tempered().weight == pytest.approx(1)


def test_effective_weights_add_up_to_the_leads_that_they_are_worth() -> None:
    """Four leads of weight 1 and one of weight 4 are worth (4 + 4)² / (4 + 16) = 3.2 leads."""
    outcomes = Outcomes(np.ones(5), np.array([1.0, 1.0, 1.0, 1.0, 4.0]))
    assert outcomes.effective().weight.sum() == pytest.approx(3.2)
    assert outcomes.effective().weight[4] / outcomes.effective().weight[0] == pytest.approx(4)
    assert outcomes.tempered().weight[4] / outcomes.tempered().weight[0] == pytest.approx(2)


def test_weighted_outcomes_are_less_sure_than_as_many_single_ones() -> None:
    held, outcomes = _drawn(8, 600)
    weighted = outcomes._replace(weight=np.where(np.arange(600) % 5 == 0, 20.0, 1.0))
    single = errors(held, outcomes, fit(held, outcomes))
    assert (errors(held, weighted, fit(held, weighted)) > single).all()


def test_points_are_whole_and_order_leads_as_well_as_log_odds_do() -> None:
    held, outcomes = _drawn(9)
    fitted = fit(held[:, :3], outcomes)
    found = rounded(fitted.log_odds, Aim(held[:, :3], outcomes, np.zeros(3)))
    assert (found.points == np.rint(found.points)).all()
    exact = quality(held[:, :3] @ fitted.log_odds, outcomes).auc or 0
    assert (quality(held[:, :3] @ found.points, outcomes).auc or 0) > exact - 0.003


def test_log_odds_of_nothing_get_no_points() -> None:
    held, outcomes = _drawn(10, 200)
    assert not rounded(np.zeros(20), Aim(held, outcomes, np.zeros(20))).points.any()


def test_new_points_have_the_sign_of_the_truth() -> None:
    held, outcomes = _drawn(11)
    assert (np.sign(new_points(held[:, :3], outcomes).points) == [1, -1, 1]).all()


def _today(points: list[float], leads: int, turns: bool = True) -> Today:
    return Today(np.array(points), np.zeros(leads), np.full(len(points), turns))


def test_few_leads_leave_points_near_todays_and_many_do_not() -> None:
    few_held, few = _drawn(12, 60)
    many_held, many = _drawn(12, 3000)
    today = [30.0, 30.0, 30.0]
    near = points_towards(few_held[:, :3], few, _today(today, 60)).points
    far = points_towards(many_held[:, :3], many, _today(today, 3000)).points
    assert np.ptp(near) < np.ptp(far)
    assert far[1] < 0 < far[0]


def test_a_rule_that_may_not_turn_loses_its_points_instead() -> None:
    held, outcomes = _drawn(13, 3000)
    today = Today(np.array([30.0, 30.0, 30.0]), np.zeros(3000), np.array([True, False, True]))
    points = points_towards(held[:, :3], outcomes, today).points
    assert points[1] == 0
    assert points[0] > 0


def test_points_of_other_rules_count_on_at_their_worth() -> None:
    held, outcomes = _drawn(14, 3000)
    fixed = 20 * held[:, 0]
    today = Today(np.array([5.0, 10.0]), fixed, np.array([True, True]))
    points = points_towards(held[:, 1:3], outcomes, today).points
    assert points[0] < 0 < points[1]
    assert (quality(held[:, 1:3] @ points + fixed, outcomes).auc or 0) > 0.7


def test_halves_share_no_lead_and_each_has_half_of_each_month() -> None:
    months = np.arange(1000) * 5 // 1000
    one, other = halves(months, 3)
    assert not set(one) & set(other)
    assert len(one) + len(other) == 1000
    assert all(abs(int((months[one] == month).sum()) - 100) <= 1 for month in range(5))


def test_intervals_hold_the_truth_for_rules_that_were_not_chosen_by_the_same_leads() -> None:
    covered = of = 0
    for seed in range(8):
        held, outcomes = _drawn(100 + seed, 1500)
        chosen = [0, 1, 2]
        for estimate, true in zip(split_estimates(held, outcomes, _gate(1500), chosen, 8), TRUE[:3], strict=True):
            if estimate is not None:
                of += 1
                covered += estimate.within[0] <= true <= estimate.within[1]
    assert of >= 20
    assert covered >= 0.85 * of


def test_a_rule_that_neither_half_chooses_has_no_interval() -> None:
    held, outcomes = _drawn(15)
    assert split_estimates(held, outcomes, _gate(1200), [19], 8) == [None]


def test_an_interval_is_around_its_log_odds() -> None:
    held, outcomes = _drawn(16)
    for each in estimates(held, outcomes):
        assert each.within[0] < each.log_odds < each.within[1]
