"""The funnel report: leads in each status and stage, how many came and went, and how long they stayed."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from baton.domain.leads.duty import MERGED
from baton.domain.leads.stage_and_status import CLOSED, Stage, Status
from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets, per_month_group
from baton.domain.reports.lead_balance import Balance, Counts, in_order
from baton.domain.reports.rows.report_groups import FigureRow, Figures, Group, Report, field, grouped
from baton.domain.reports.rows.report_rows import Move
from baton.domain.reports.rows.span import Span
from baton.domain.reports.rows.spread import Spread, share

BY = ("source", "campaign", "channel")
Movement = tuple[str | None, str, float | None]
"""The former place, the new place, and the seconds spent in the former."""


def funnel_report(
    opening: Balance, moves: Sequence[Move], span: Span, now: datetime, targets: AgreedTargets = NO_TARGETS
) -> Report:
    """Returns the report; `moves` are those of the period, `opening` is the balance before them.

    A command makes one move, from the place before it to the place after it.
    """
    closing = opening.after(moves)
    statuses = [(move.before and move.before.status, move.after.status, move.stayed) for move in moves]
    before, after = _staged(opening), _staged(closing)
    stages = [(*_stages(move), move.stage_stayed) for move in moves if move.after.status != Status.SPAM]
    groups = (
        Group("total", (FigureRow("all", _reached(moves)),)),
        _places("status", Status, opening.status, closing.status, statuses),
        _places("stage", Stage, before, after, stages),
        _conversions(before, stages),
        grouped("kept_from_sales", moves, lambda move: [move.kept] if move.kept else [], _count),
        *(grouped(name, moves, field(name), _reached) for name in BY),
        per_month_group(targets, _reached(moves), span, now),
    )
    return Report("funnel", span, now, groups)


def _places(
    name: str, kind: type[Status] | type[Stage], opening: Counts, closing: Counts, steps: Sequence[Movement]
) -> Group:
    moved = [step for step in steps if step[0] != step[1]]
    named = in_order({*opening, *closing, *(to for _, to, _ in moved), *(was for was, _, _ in moved if was)}, kind)
    return Group(name, tuple(FigureRow(each, _place(each, opening, closing, moved)) for each in named))


def _place(name: str, opening: Counts, closing: Counts, moved: Sequence[Movement]) -> Figures:
    left = [(to, stayed) for was, to, stayed in moved if was == name]
    return {
        "opening": opening.get(name, 0),
        "in": sum(to == name for _, to, _ in moved),
        "out": len(left),
        "out_to": dict(sorted(Counter(to for to, _ in left).items())),
        "closing": closing.get(name, 0),
        "stayed": Spread.of(stayed for _, stayed in left if stayed is not None).figures(),
    }


def _conversions(opening: Counts, steps: Sequence[Movement]) -> Group:
    """Counts moves from stage to stage, and their share of all leads that were ever in the former stage.

    Erased and merged leads are left out.
    """
    order = in_order((), Stage)
    moved = Counter((was, to) for was, to, _ in steps if was in order and was != to and to in order)
    came = Counter(to for was, to, _ in steps if was != to)

    def figures(was: str, count: int) -> Figures:
        return {"leads": count, "share": share(count, opening.get(was, 0) + came[was])}

    ordered = sorted(moved.items(), key=lambda each: tuple(map(order.index, each[0])))
    return Group("conversion", tuple(FigureRow(f"{was} to {to}", figures(was, count)) for (was, to), count in ordered))


def _count(moves: Sequence[Move]) -> Figures:
    return {"n": len(moves)}


def _reached(moves: Sequence[Move]) -> Figures:
    """Counts the leads that became known, qualified, handed over, won or lost; a further address is no new lead."""

    def arrivals(place: Callable[[Move], tuple[str | None, str]], wanted: str) -> int:
        return sum(was not in (wanted, MERGED) and to == wanted for was, to in map(place, moves))

    stages = {f"to_{each}": arrivals(_stages, each) for each in (Stage.MQL, Stage.SQL)}
    statuses = {f"to_{each}": arrivals(_statuses, each) for each in (Status.WITH_SALES, *CLOSED)}
    unknown = (None, Status.SPAM)
    further_address = (None, MERGED)
    new = sum(
        was in unknown and to not in unknown and (was, to) != further_address for was, to in map(_statuses, moves)
    )
    return {"new": new, **stages, **statuses}


def _staged(balance: Balance) -> Counts:
    """Returns the number of leads in each stage, without spam, which has no stage in reports."""
    real = balance.stage.get(Stage.LEAD, 0) - balance.status.get(Status.SPAM, 0)
    return {**balance.stage, Stage.LEAD.value: real}


def _stages(move: Move) -> tuple[str | None, str]:
    before = move.before if move.before and move.before.status != Status.SPAM else None
    return before and before.stage, move.after.stage


def _statuses(move: Move) -> tuple[str | None, str]:
    return move.before and move.before.status, move.after.status
