"""The report of a trial in about twenty lines that read aloud."""

from collections.abc import Iterator, Mapping, Sequence

from baton.domain.statistics.won_shares import Counted, Interval
from baton.domain.trial.figures.handover_load import Load
from baton.domain.trial.figures.monthly_shares import Drift
from baton.domain.trial.figures.order_figures import Order, OrderOfAll, Step
from baton.domain.trial.figures.rule_figures import RuleFigures
from baton.domain.trial.figures.trial_figures import Cell, TrialFigures

_NAMES = {
    "both": "both agreements",
    "only_draft": "only the draft (newly handed over)",
    "only_today": "only today's (no longer)",
    "neither": "neither",
}
_AGREEMENTS = {"today": "today", "draft": "under the draft"}
_RULES_SHOWN, _STEPS_SHOWN, _SURE = 3, 3, 0.05


def trial_lines(figures: TrialFigures) -> list[str]:
    """Returns the lines of the report, each a sentence or two."""
    return [*_of_leads(figures), *map(_of_cell, figures.cells), *_of_change(figures), *_of_the_rest(figures)]


def _of_leads(figures: TrialFigures) -> Iterator[str]:
    balance, versions = figures.balance, figures.versions
    yield f"Trial of {versions.get('draft', 'the draft')} against {versions.get('today', 'today')}."
    if not balance.leads:
        yield "No lead of the history could be tried."
        return
    forgotten = ", not known how many forgotten" if balance.forgotten is None else f", {balance.forgotten:,} forgotten"
    by_hand = f", {balance.by_hand:,} handed over by hand" if balance.by_hand else ""
    yield (
        f"{balance.leads:,} {_leads(balance.leads)} from {balance.first_day} to {balance.last_day}: "
        f"{balance.with_outcome:,} with an outcome, {balance.open:,} open, "
        f"{balance.unknown:,} of whom nobody says what became of them, "
        f"{balance.neither:,} handed over by neither agreement{forgotten}{by_hand}."
    )


def _of_cell(cell: Cell) -> str:
    returned = sum(cell.returned.values())
    reasons = ", ".join(f"{reason} {leads:,}" for reason, leads in cell.returned.items())
    parts = [
        f"won {cell.won:,}",
        f"lost {cell.lost:,}",
        f"returned {returned:,} ({reasons})" if reasons else "returned 0",
        f"open {cell.open:,}",
        f"unknown {cell.unknown:,}",
    ]
    return f"Handed over by {_NAMES[cell.name]}: {cell.leads:,}: {', '.join(parts)}; {_won(cell.counted, cell.within)}."


def _of_change(figures: TrialFigures) -> Iterator[str]:
    if not figures.balance.leads:
        return
    found, shift = figures.difference, figures.shift
    if found.difference is None or found.within is None:
        yield "Newly handed over against no longer: one of both has no outcome that counts, so nothing can be compared."
    else:
        within = f"{_signed(found.within[0])} to {_signed(found.within[1])}"
        unsure = found.within[0] <= 0 <= found.within[1]
        said = "that may be chance" if unsure else "chance alone seldom makes so much"
        yield (
            f"Newly handed over against no longer: {_signed(found.difference)} points of a hundred in the share won "
            f"({within}); {said}."
        )
    if shift.leads:
        yield (
            f"Of {shift.leads:,} {_leads(shift.leads)} of both, the draft has {shift.earlier:,} earlier, "
            f"{shift.same:,} at the same time, {shift.later:,} later; by {_hours(shift.median)} in the middle "
            f"(half of them between "
            f"{_hours(shift.quarter)} and {_hours(shift.three_quarters)})."
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
            f"{_percent(figures.order.heaped)} of them reach the full score or more, {_percent(figures.order.at_zero)} "
            "have 0 or less: within the limits these cannot be told apart."
        )
    if figures.drift:
        yield _of_drift(figures.drift)
    yield from _left_out(figures.left_out)
    named = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    yield f"Seed {figures.seed}; {named}."


def _of_load(load: Load) -> str:
    said = (
        f"Team {load.team} gets {load.median:g} leads on a working day {_AGREEMENTS[load.agreement]}, and "
        f"{load.most:g} or fewer on 95 of 100 ({load.leads:,} in {load.days:,} working days)"
    )
    if load.reps is None:
        return f"{said}."
    full = f"; full after {load.full_after:g} working days if none is closed" if load.full_after else ""
    return f"{said}: {load.per_rep:g} for each of {load.reps} reps, who may have {load.capacity} open leads{full}."


def _around(ladder: Sequence[Step], threshold: int) -> Sequence[Step]:
    """Returns the draft's own threshold with the steps next to it."""
    places = [place for place, step in enumerate(ladder) if step.threshold == threshold]
    first = max(0, (places[0] if places else 0) - _STEPS_SHOWN // 2)
    return ladder[first : first + _STEPS_SHOWN]


def _of_step(step: Step) -> str:
    return (
        f"From {step.threshold} points: {step.leads:,} {_leads(step.leads)}, {_won(step.counted, step.within)}, "
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
        f"{rule.rule} is won {rule.comparison.lift:.1f} times as often ({_percent(having.share)} of {having.of:,} "
        f"against {_percent(lacking.share)} of {lacking.of:,})"
    )


def _of_order(whom: str, order: Order) -> str:
    if order.auc is None:
        return f"{whom}: {order.leads.of:,}, too few of either kind to judge the order by points."
    within = f" ({order.within[0]:.2f} to {order.within[1]:.2f})" if order.within else ""
    tops = ", ".join(f"{_percent(share)} in the top {top}" for top, share in order.won_at_the_top.items())
    return (
        f"{whom}: {order.leads.of:,}; a won one has more points than another in {_percent(order.auc)} of all "
        f"pairs{within}, 50 % being chance; won: {tops}, {_percent(order.leads.share)} of all."
    )


def _of_all(order: OrderOfAll) -> str:
    tops = ", ".join(f"{_percent(share)} in the top {top}" for top, share in order.won_at_the_top.items())
    return (
        f"{order.drawn:,} of all leads with an outcome {'was' if order.drawn == 1 else 'were'} drawn by lot. If each "
        f"stands for all leads like it, a won one has more points than another in {_percent(order.auc)} of all pairs; "
        f"won: {tops}, {_percent(order.share)} of all."
    )


def _of_drift(drift: Drift) -> str:
    if drift.difference is None or drift.within is None:
        return "Share won by month: too few months with an outcome to compare earlier ones with later ones."
    unsure = drift.within[0] <= 0 <= drift.within[1]
    said = "that may be chance" if unsure else "what became of earlier leads may not hold for the next ones"
    return (
        f"Share won by month: {_percent(drift.earlier.share)} of {drift.earlier.of:,} in the earlier months, "
        f"{_percent(drift.later.share)} of {drift.later.of:,} in the later ones, {_signed(drift.difference)} points of "
        f"a hundred ({_signed(drift.within[0])} to {_signed(drift.within[1])}); {said}."
    )


def _left_out(left_out: Mapping[str, int]) -> Iterator[str]:
    if left_out:
        yield "Left out: " + "; ".join(f"{count:,} × {why}" for why, count in left_out.items()) + "."


def _won(counted: Counted, within: Interval | None) -> str:
    if counted.share is None or within is None:
        return "no outcome counts"
    return f"{_percent(counted.share)} won of {counted.of:,} ({_percent(within[0])} to {_percent(within[1])})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _signed(difference: float) -> str:
    return f"{100 * difference:+.0f}".replace("-", "−")


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"{hours:+.1f} hours".replace("-", "−")


def _leads(number: int) -> str:
    return "lead" if number == 1 else "leads"
