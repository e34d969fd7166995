"""The bars that proposals have to pass, each measured beside boosting and Odoo's frequencies in the same run."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from baton.agreement.reading.agreement_reader import read_agreement
from baton.learning.fitting.forward_choice import MOST_RULES, Gate, choose
from baton.learning.fitting.honest_estimates import split_estimates
from baton.learning.fitting.log_odds_fit import Numbers, Outcomes, chances_of, fit
from baton.learning.fitting.table_fit import Quality
from baton.learning.known_leads import card_in_points
from baton.learning.learned_leads import Maturity, Refused, learned_from, refuse_if_chosen_by_score, warnings_of
from baton.learning.proposal import propose
from baton.learning.proposed_table import Wishes
from baton.learning.study import sums_in_force
from bench.proposal import written_agreement
from bench.proposal.boosted_trees import boosted
from bench.proposal.data_sets import DataSet, Rows, bank, olist, x_education
from bench.proposal.odoo_frequencies import frequencies
from bench.proposal.tables import BEGUN, candidates, judged, known, learned
from bench.report import Section

SEEDS = (1, 2, 3)
WITHIN, OLIST_WITHIN = 0.015, 0.035
SHUFFLED, DRAWS, OF_A_HALF = 100, 50, 1_500
AUDIT, AUDITS, SCORES_TOP = 0.05, 10, 0.2


class Bar(NamedTuple):
    """A bar: what was measured, on what, the figures, and whether it is held."""

    what: str
    split: str
    figures: str
    held: bool


def measure(folder: Path) -> tuple[Section, bool]:
    """Returns the table of all bars on the data sets in a folder, and whether all are held."""
    found = list[Bar]()
    for bar in _bars(folder):
        print(
            f"{'held' if bar.held else 'MISSED':6} {bar.what}, {bar.split}: {bar.figures}", file=sys.stderr, flush=True
        )
        found.append(bar)
    rows = [(bar.what, bar.split, bar.figures, "held" if bar.held else "missed") for bar in found]
    notes = (
        "By time: the first 70 % of leads learn, the last 30 % judge. By seed: 70 % that were drawn.",
        "Boosting: scikit-learn's histogram trees, the better of two settings on the leads that judge. Odoo: naive "
        "Bayes by frequencies, the better of with and without numbers.",
    )
    header = ("bar", "split", "figures", "")
    return Section("Proposals of points", "proposal", header, rows, notes), all(bar.held for bar in found)


def _bars(folder: Path) -> Iterator[Bar]:
    for school in (x_education(folder, answers=False), x_education(folder, answers=True)):
        for seed in (None, *SEEDS):
            yield _near_boosting(school, seed)
    calls = bank(folder)
    for seed in SEEDS:
        yield _near_boosting(calls, seed)
    yield _drift(calls)
    yield _olist(olist(folder))
    yield _re_pointed(folder)
    yield _chance(x_education(folder, answers=False))
    yield _coverage()
    yield from _audit(folder)
    yield _size()


class _Contest(NamedTuple):
    ours: Quality
    boosting: Quality
    odoo: Quality
    rules: int

    def figures(self) -> str:
        said = (("AUC", [each.auc or 0 for each in self[:3]]), ("top 10 %", [each.tops[1] or 0 for each in self[:3]]))
        return (
            "; ".join(f"{name} {' / '.join(f'{x:.3f}' for x in found)}" for name, found in said)
            + f"; {self.rules} rules"
        )


def _contest(data: DataSet, seed: int | None) -> _Contest:
    learn, judge = data.split(seed)
    outcomes = Outcomes(data.won[learn], np.ones(len(learn)))
    chosen, sums = learned(candidates(data, learn), outcomes, learn, Gate(data.months[learn], seed or 1))
    trees = max((judged(scores, data, judge) for scores in boosted(data, learn, judge)), key=_auc)
    odoo = [judged(frequencies(data, learn, judge, numbers=numbers), data, judge) for numbers in (False, True)]
    return _Contest(judged(sums[judge], data, judge), trees, max(odoo, key=_auc), len(chosen))


def _auc(quality: Quality) -> float:
    return quality.auc or 0.0


def _near_boosting(data: DataSet, seed: int | None) -> Bar:
    found = _contest(data, seed)
    near = _auc(found.ours) >= max(_auc(found.boosting) - WITHIN, _auc(found.odoo))
    split = "by time" if seed is None else f"seed {seed}"
    what = f"{data.name}: AUC ≥ boosting − {WITHIN} and ≥ Odoo's"
    return Bar(what, split, f"{found.figures()} (ours / boosting / Odoo)", near and found.rules <= MOST_RULES)


def _olist(data: DataSet) -> Bar:
    found = _contest(data, None)
    ours, others = found.ours.tops[1] or 0, [each.tops[1] or 0 for each in (found.boosting, found.odoo)]
    held = ours >= max(others) and _auc(found.ours) >= _auc(found.boosting) - OLIST_WITHIN
    what = f"Olist: won in the top 10 % ≥ both, AUC ≥ boosting − {OLIST_WITHIN}"
    return Bar(what, "by time", f"{found.figures()} (ours / boosting / Odoo)", held)


def _drift(data: DataSet) -> Bar:
    leads = known(data, np.arange(len(data.facts)))
    maturity = Maturity(BEGUN)
    warned = [said for said in warnings_of(leads, learned_from(leads, maturity), maturity, 1) if "drift" in said]
    return Bar("bank: a drift warning", "by time", warned[0].partition(";")[0] if warned else "none", bool(warned))


def _re_pointed(folder: Path) -> Bar:
    agreement = written_agreement.document(written_agreement.hand_written_rules(folder))
    card = card_in_points(read_agreement(written_agreement.as_text(agreement)))
    leads = written_agreement.school_leads(folder, card)
    found = propose(leads, card, agreement, Wishes(10, resamples=0), Maturity(written_agreement.AS_OF))
    before, after = found.in_force, found.proposed
    figures = (
        f"AUC {_auc(before):.3f} to {_auc(after):.3f}, top 20 % {before.tops[2] or 0:.3f} to {after.tops[2] or 0:.3f}"
    )
    held = _auc(after) >= 0.79 and (after.tops[2] or 0) >= 0.78
    return Bar(
        "X Education: re-pointing a hand-written agreement, AUC ≥ .79 and top 20 % ≥ .78", "by time", figures, held
    )


def _chance(data: DataSet) -> Bar:
    rows = np.arange(0, len(data.facts))[:: len(data.facts) // 2_000][:2_000]
    found = candidates(data, rows).held[rows]
    proposed = 0
    for seed in range(SHUFFLED):
        mixed = np.random.default_rng(seed).permutation(data.won[rows])
        proposed += bool(choose(found, Outcomes(mixed, np.ones(len(rows))), Gate(data.months[rows], seed), 1))
    share = proposed / SHUFFLED
    return Bar("outcomes shuffled: something proposed in ≤ 8 %", f"{SHUFFLED} times", f"{share:.0%}", share <= 0.08)


def _coverage() -> Bar:
    """Chooses and estimates by halves; the truth is what the same rules get from 300,000 leads."""
    true = np.concatenate([[1.2, -1.0, 0.7, 0.5, 0.4, 0.35, 0.3], np.zeros(33)])
    many_held, many = _made_up(10_000, 300_000, true)
    covered = of = 0
    for draw in range(DRAWS):
        held, outcomes = _made_up(draw, 2 * OF_A_HALF, true)
        gate = Gate(np.arange(len(held)) * 12 // len(held), draw)
        chosen = choose(held, outcomes, gate, MOST_RULES)
        truth = fit(many_held[:, chosen], many).log_odds
        for estimate, at in zip(split_estimates(held, outcomes, gate, chosen, MOST_RULES), truth, strict=True):
            if estimate is not None:
                of += 1
                covered += estimate.within[0] <= at <= estimate.within[1]
    share = covered / of
    return Bar(
        "intervals hold the truth in ≥ 90 %", f"{DRAWS} draws of 2 × {OF_A_HALF}", f"{share:.1%} of {of}", share >= 0.9
    )


def _made_up(seed: int, leads: int, true: Numbers) -> tuple[Numbers, Outcomes]:
    draw = np.random.default_rng([seed, 9])
    shared = draw.random((leads, 1))
    held = ((draw.random((leads, len(true))) + 0.3 * shared) < 0.35).astype(float)
    return held, Outcomes((draw.random(leads) < chances_of(held @ true - 1)).astype(float), np.ones(leads))


def _audit(folder: Path) -> Iterator[Bar]:
    """Only the score's top 20 % has outcomes, and with an audit 5 % of the others."""
    data = x_education(folder, answers=False)
    agreement = written_agreement.document(written_agreement.hand_written_rules(folder))
    card = card_in_points(read_agreement(written_agreement.as_text(agreement)))
    leads = written_agreement.school_leads(folder, card)
    sums = sums_in_force(leads, card)
    learn, judge = data.split(None)
    best = sums >= np.quantile(sums[learn], 1 - SCORES_TOP)
    hidden = [lead if best[row] else lead._replace(won=None) for row, lead in enumerate(leads)]
    try:
        refuse_if_chosen_by_score([hidden[row] for row in learn], sums[learn])
        refused = False
    except Refused:
        refused = True
    yield Bar("X Education: learned from the score's top 20 % alone: refused", "by time", str(refused), refused)
    found = list[float]()
    for seed in range(AUDITS):
        drawn = np.random.default_rng(seed).random(len(leads)) < AUDIT
        rows: Rows = np.array([row for row in learn if best[row] or drawn[row]])
        weight = np.where(best[rows], 1.0, 1 / AUDIT)
        gate = Gate(data.months[rows], seed)
        _, scores = learned(candidates(data, rows), Outcomes(data.won[rows], weight).effective(), rows, gate)
        found.append(_auc(judged(scores[judge], data, judge)))
    figures = f"{np.mean(found):.3f} ({min(found):.3f} to {max(found):.3f})"
    yield Bar(
        "X Education: with a 5 % audit: AUC ≥ .80 on average",
        f"by time, {AUDITS} audits",
        figures,
        float(np.mean(found)) >= 0.8,
    )


def _size() -> Bar:
    answers = [_in_a_process() for _ in range(2)]
    (seconds, peak, table), (_, _, again) = answers
    figures = f"{seconds:.0f} s, {peak:.0f} MB, the same points twice: {table == again}"
    held = seconds < 60 and peak < 300 and table == again
    return Bar("30,000 leads × 50 conditions: < 60 s, < 300 MB, same seed, same points", "", figures, held)


def _in_a_process() -> tuple[float, float, str]:
    done = subprocess.run([sys.executable, "-m", "bench.proposal"], capture_output=True, text=True, check=True)
    seconds, peak, table = done.stdout.split(" ", 2)
    return float(seconds), float(peak), table
