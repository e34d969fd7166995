"""How well the draft's points order leads, and what each threshold would hand over."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.order_quality import Judged, auc, auc_interval, share_won_at_the_top
from baton.domain.statistics.won_shares import Counted, Interval, wilson
from baton.domain.trial.figures.trial_sums import OTHER, SHARES, TENTH, WON, TrialSums

TOPS = (0.05, 0.1, 0.2)
STEP = 5
_TENTHS_OF_A_POINT = 100 // TENTH
_FIRST_BAR, _LAST_BAR = -5, 20


class Step(NamedTuple):
    """What a threshold would hand over: leads, and how many of those that count were won; `missed` are the wins left.

    Leads that another trigger hands over are among them at every threshold. `a_day` is the leads on a working day;
    None without one. `missed_of_all` counts a missed win that a lot handed over for all leads like it: 20 at 5 %.
    """

    threshold: int
    leads: int
    counted: Counted
    within: Interval | None
    missed: int
    a_day: float | None = None
    missed_of_all: float | None = None


class Order(NamedTuple):
    """How well an order tells won leads from others: AUC, .5 being chance, and the share won at the top."""

    leads: Counted
    auc: float | None
    within: Interval | None
    won_at_the_top: Mapping[str, float | None]


class OrderOfAll(NamedTuple):
    """How well the order tells won leads from others, where each of the `drawn` leads stands for all leads like it.

    A lot handed them over, with a known probability; `share` is the share won of all. There is no interval.
    """

    drawn: int
    auc: float | None
    won_at_the_top: Mapping[str, float | None]
    share: float | None


class OrderFigures(NamedTuple):
    """The order by the sum of points before any limit: of all leads that count, and of those not chosen by the score.

    Those that today's score chose have an outcome because of it; the others can judge it more fairly. `heaped` is the
    share of leads whose sum is at or beyond the full score, and `at_zero` of those at or below 0: within the limits
    they cannot be told apart. `of_all` is None where no lot handed anybody over.
    """

    all: Order
    not_chosen: Order
    heaped: float | None
    at_zero: float | None
    of_all: OrderOfAll | None = None


class Bar(NamedTuple):
    """The leads that count whose highest sum, before any limit, is `least` or more and less than `below`.

    None: there is no such end.
    """

    least: int | None
    below: int | None
    counted: Counted


def ladder_of(sums: TrialSums, draft: Scorecard, days: int = 0) -> list[Step]:
    """Returns what each threshold of a step of five points would hand over in working days, and the draft's own."""
    wins = sum(leads for (_, _, counts), leads in sums.scores.items() if counts == WON)
    thresholds = sorted({*range(STEP, draft.top + 1, STEP), draft.rules["threshold"]})
    return [_step(sums, each, wins, days) for each in thresholds]


def _step(sums: TrialSums, threshold: int, wins: int, days: int) -> Step:
    leads = won = others = 0
    for (score, otherwise, counts), number in sums.scores.items():
        if otherwise or score >= threshold:
            leads += number
            won += number if counts == WON else 0
            others += number if counts == OTHER else 0
    counted, missed = Counted(won, won + others), wins - won
    stand_for = sum(
        number * (SHARES / share - 1)
        for (_, score, otherwise, counts, share), number in sums.drawn.items()
        if counts == WON and not otherwise and score < threshold
    )
    a_day = leads / days if days else None
    return Step(threshold, leads, counted, wilson(counted), missed, a_day, missed + stand_for if sums.drawn else None)


def order_of_sums(sums: TrialSums, top: int) -> OrderFigures:
    """Returns how well the sums of points order the leads with an outcome that counts; `top` is the full score."""
    each = [(points, chosen, counts == WON, leads) for (points, chosen, counts), leads in sorted(sums.sums.items())]
    total, full = sum(sums.sums.values()), top * _TENTHS_OF_A_POINT
    return OrderFigures(
        _order((points, won, leads) for points, _, won, leads in each),
        _order((points, won, leads) for points, chosen, won, leads in each if not chosen),
        sum(leads for points, _, _, leads in each if points >= full) / total if total else None,
        sum(leads for points, _, _, leads in each if points <= 0) / total if total else None,
        _order_of_all(sums) if sums.drawn else None,
    )


def bars_of(sums: TrialSums, top: int) -> list[Bar]:
    """Returns how many leads that count have which highest sum, in bars of a tenth of the full score.

    The first and the last bar hold all beyond half the full score below zero, and from twice the full score on.
    """
    width = max(1, top // 10)
    won, of = Counter[int](), Counter[int]()
    for (points, _, counts), leads in sums.sums.items():
        place = min(max(points // (_TENTHS_OF_A_POINT * width), _FIRST_BAR), _LAST_BAR)
        of[place] += leads
        won[place] += leads if counts == WON else 0
    return [
        Bar(
            None if place == _FIRST_BAR else place * width,
            None if place == _LAST_BAR else (place + 1) * width,
            Counted(won[place], of[place]),
        )
        for place in (range(min(of), max(of) + 1) if of else ())
    ]


def _order_of_all(sums: TrialSums) -> OrderOfAll:
    leads = [Judged(points, counts == WON, leads) for (points, _, counts), leads in sums.sums.items()]
    leads += [
        Judged(points, counts == WON, drawn * (SHARES / share - 1))
        for (points, _, _, counts, share), drawn in sums.drawn.items()
    ]
    return OrderOfAll(sums.drawn.total(), auc(leads), _tops(leads), share_won_at_the_top(leads, 1))


def _order(each: Iterable[tuple[int, bool, int]]) -> Order:
    leads: Sequence[Judged] = [Judged(points / _TENTHS_OF_A_POINT, won) for points, won, n in each for _ in range(n)]
    counted = Counted(sum(lead.won for lead in leads), len(leads))
    return Order(counted, auc(leads), auc_interval(leads), _tops(leads))


def _tops(leads: Sequence[Judged]) -> dict[str, float | None]:
    return {f"{round(100 * top)} %": share_won_at_the_top(leads, top) for top in TOPS}
