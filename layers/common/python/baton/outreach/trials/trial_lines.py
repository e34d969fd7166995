"""The report of a trial in about twenty lines that read aloud."""

from collections.abc import Iterator, Mapping, Sequence

from baton.domain.trial.figures.handover_load import Load
from baton.domain.trial.figures.monthly_shares import Drift
from baton.domain.trial.figures.order_figures import Order, OrderOfAll, Step
from baton.domain.trial.figures.rule_figures import RuleFigures
from baton.domain.trial.figures.trial_figures import Cell, TrialFigures
from baton.outreach.text.untrusted_text import one_line
from baton.outreach.trials.trial_words import (
    CELLS,
    between,
    lead_word,
    percent,
    reasons_text,
    signed_hours,
    signed_points,
    won_text,
)

_AGREEMENTS = {"today": "today", "draft": "under the draft"}
_RULES_SHOWN, _STEPS_SHOWN, _SURE = 3, 3, 0.05


def trial_lines(figures: TrialFigures) -> list[str]:
    """Returns the lines of the report, each a sentence or two."""
    return [*_of_leads(figures), *map(_of_cell, figures.cells), *_of_change(figures), *_of_the_rest(figures)]


def title_of(figures: TrialFigures) -> str:
    """Returns what was tried: `Trial of draft.yaml against the agreement that ships`."""
    draft, today = (one_line(figures.versions.get(name, name)) for name in ("draft", "today"))
    return f"Trial of {draft} against {today}"


def _of_leads(figures: TrialFigures) -> Iterator[str]:
    balance = figures.balance
    yield f"{title_of(figures)}."
    if not balance.leads:
        yield "No lead of the history could be tried."
        return
    forgotten = ", not known how many forgotten" if balance.forgotten is None else f", {balance.forgotten:,} forgotten"
    by_hand = f", {balance.by_hand:,} handed over by hand" if balance.by_hand else ""
    yield (
        f"{balance.leads:,} {lead_word(balance.leads)} from {balance.first_day} to {balance.last_day}: "
        f"{balance.with_outcome:,} with an outcome, {balance.open:,} open, "
        f"{balance.unknown:,} of whom nobody says what became of them, "
        f"{balance.neither:,} handed over by neither agreement{forgotten}{by_hand}."
    )


def _of_cell(cell: Cell) -> str:
    returned = sum(cell.returned.values())
    reasons = reasons_text(cell.returned)
    parts = [
        f"won {cell.won:,}",
        f"lost {cell.lost:,}",
        f"returned {returned:,} ({reasons})" if reasons else "returned 0",
        f"open {cell.open:,}",
        f"unknown {cell.unknown:,}",
    ]
    return (
        f"Handed over by {CELLS[cell.name]}: {cell.leads:,}: {', '.join(parts)}; {won_text(cell.counted, cell.within)}."
    )


def _of_change(figures: TrialFigures) -> Iterator[str]:
    if not figures.balance.leads:
        return
    found, shift = figures.difference, figures.shift
    if found.difference is None or found.within is None:
        yield "Newly handed over against no longer: one of both has no outcome that counts, so nothing can be compared."
    else:
        within = f"{signed_points(found.within[0])} to {signed_points(found.within[1])}"
        unsure = found.within[0] <= 0 <= found.within[1]
        said = "that may be chance" if unsure else "chance alone seldom makes so much"
        yield (
            f"Newly handed over against no longer: {signed_points(found.difference)} points of a hundred in the "
            f"share won ({within}); {said}."
        )
    if shift.leads:
        yield (
            f"Of {shift.leads:,} {lead_word(shift.leads)} of both, the draft has {shift.earlier:,} earlier, "
            f"{shift.same:,} at the same time, {shift.later:,} later; by {signed_hours(shift.median)} in the middle "
            f"(half of them between "
            f"{signed_hours(shift.quarter)} and {signed_hours(shift.three_quarters)})."
        )


def _of_the_rest(figures: TrialFigures) -> Iterator[str]:
    if not figures.balance.leads:
        yield from _left_out(figures.left_out)
        return
    yield from map(_of_load, figures.load)
    yield from (_of_step(step) for step in _around(figures.ladder, figures.threshold))
    yield _of_rules(figures.rules)
    yield _of_order("All leads with an outcome", figures.order.all)
    yield _of_order("Those whom today's score did not choose", figures.order.not_chosen)
    if figures.order.of_all:
        yield _of_all(figures.order.of_all)
    if figures.order.heaped is not None:
        yield (
            f"{percent(figures.order.heaped)} of them reach the full score or more, {percent(figures.order.at_zero)} "
            "have 0 or less: within the limits these cannot be told apart."
        )
    if figures.drift:
        yield _of_drift(figures.drift)
    yield from _left_out(figures.left_out)
    named = ", ".join(f"{name} {one_line(version)}" for name, version in figures.versions.items())
    yield f"Seed {figures.seed}; {named}."


def _of_load(load: Load) -> str:
    said = (
        f"{one_line(load.label)} gets {load.median:g} leads on a working day {_AGREEMENTS[load.agreement]}, and "
        f"{load.most:g} or fewer on 95 of 100 ({load.leads:,} in {load.days:,} working days)"
    )
    if load.reps is None:
        return f"{said}."
    full = f" If none is closed, all reps are full after {_working_days(load.full_after)}." if load.full_after else ""
    return f"{said}: {load.per_rep:g} for each of {load.reps} reps, who may have {load.capacity} open leads.{full}"


def _working_days(days: float) -> str:
    return "1 working day" if round(days) == 1 else f"{days:.0f} working days"


def _around(ladder: Sequence[Step], threshold: int) -> Sequence[Step]:
    """Returns the draft's own threshold with the steps next to it."""
    places = [place for place, step in enumerate(ladder) if step.threshold == threshold]
    first = max(0, (places[0] if places else 0) - _STEPS_SHOWN // 2)
    return ladder[first : first + _STEPS_SHOWN]


def _of_step(step: Step) -> str:
    return (
        f"From {step.threshold} points: {step.leads:,} {lead_word(step.leads)}, {won_text(step.counted, step.within)}, "
        f"{step.missed:,} wins missed."
    )


def _of_rules(rules: Sequence[RuleFigures]) -> str:
    sure = [each for each in rules if each.q is not None and each.q <= _SURE and each.comparison.lift]
    few = sum(each.too_few for each in rules)
    best = sorted(sure, key=lambda each: abs(each.comparison.difference or 0), reverse=True)[:_RULES_SHOWN]
    told = "; ".join(_of_rule(each) for each in best) or "none tells wins from others surely enough"
    return f"Rules: {told}. Of {len(rules)} rules {few} have too few leads to be judged."


def _of_rule(rule: RuleFigures) -> str:
    having, lacking = rule.comparison.having, rule.comparison.lacking
    return (
        f"{one_line(rule.rule)} is won {rule.comparison.lift:.1f} times as often "
        f"({percent(having.share)} of {having.of:,} against {percent(lacking.share)} of {lacking.of:,})"
    )


def _of_order(whom: str, order: Order) -> str:
    if order.auc is None:
        return f"{whom}: {order.leads.of:,}, too few of either kind to judge the order by points."
    within = f" ({between(order.within)})" if order.within else ""
    tops = ", ".join(f"{percent(share)} in the top {top}" for top, share in order.won_at_the_top.items())
    return (
        f"{whom}: {order.leads.of:,}; a won one has more points than another in {percent(order.auc)} of all "
        f"pairs{within}, 50 % being chance; won: {tops}, {percent(order.leads.share)} of all."
    )


def _of_all(order: OrderOfAll) -> str:
    tops = ", ".join(f"{percent(share)} in the top {top}" for top, share in order.won_at_the_top.items())
    return (
        f"{order.drawn:,} of all leads with an outcome {'was' if order.drawn == 1 else 'were'} drawn by lot. If each "
        f"stands for all leads like it, a won one has more points than another in {percent(order.auc)} of all pairs; "
        f"won: {tops}, {percent(order.share)} of all."
    )


def _of_drift(drift: Drift) -> str:
    if drift.difference is None or drift.within is None:
        return "Share won by month: too few months with an outcome to compare earlier ones with later ones."
    unsure = drift.within[0] <= 0 <= drift.within[1]
    said = "that may be chance" if unsure else "what became of earlier leads may not hold for the next ones"
    return (
        f"Share won by month: {percent(drift.earlier.share)} of {drift.earlier.of:,} in the earlier months, "
        f"{percent(drift.later.share)} of {drift.later.of:,} in the later ones, {signed_points(drift.difference)} "
        f"points of a hundred ({signed_points(drift.within[0])} to {signed_points(drift.within[1])}); {said}."
    )


def _left_out(left_out: Mapping[str, int]) -> Iterator[str]:
    if left_out:
        yield "Left out: " + "; ".join(f"{count:,} × {one_line(why)}" for why, count in left_out.items()) + "."
