"""The funnel report: leads in each status and stage, how many came and went, and how long they stayed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from baton.domain.leads.duty import MERGED
from baton.domain.leads.stage_and_status import CLOSED, Stage, Status
from baton.domain.reports import business_lengths
from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets, per_month_group
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.lead_balance import Balance, Counts, in_order
from baton.domain.reports.outcomes import sums_by_currency
from baton.domain.reports.rows.report_groups import FigureRow, Figures, Group, Report, field, grouped
from baton.domain.reports.rows.report_rows import Move
from baton.domain.reports.rows.span import Span
from baton.domain.reports.rows.spread import share
from baton.domain.reports.speed_to_lead import spread_figures

BY = ("source", "campaign", "channel")


Step = tuple[str | None, str, datetime, float | None]
"""The former place, the new place, the moment, and the seconds spent in the former."""


def funnel_report(
    opening: Balance | None,
    moves: Sequence[Move],
    span: Span,
    now: datetime,
    targets: AgreedTargets = NO_TARGETS,
    calendars: Calendars | None = None,
) -> Report:
    """Returns the report; `moves` are those of the period, `opening` is the balance before them.

    A command makes one move, from the place before it to the place after it. By the `calendars` in force, lengths are
    told in business time, too. Without an opening balance the moves are those of some leads: nothing is said of how
    many there were, nor compared with targets, which are for all.
    """
    closing = opening and opening.after(moves)
    statuses = [(*_statuses(move), move.at, move.stayed) for move in moves]
    before, after = opening and _staged(opening), closing and _staged(closing)
    stages = [(*_stages(move), move.at, move.stage_stayed) for move in moves if move.after.status != Status.SPAM]
    of_marketing, of_sales = business_lengths.of_duty(calendars), business_lengths.of_sales(calendars)
    at_work = {each.value: of_sales if each is Status.WITH_SALES else of_marketing for each in Status}
    reached = _reached(moves)
    groups = (
        Group("total", (FigureRow("all", reached),)),
        _places("status", Status, opening and opening.status, closing and closing.status, statuses, at_work),
        _places("stage", Stage, before, after, stages, dict.fromkeys(Stage, of_marketing)),
        _conversions(before, stages),
        grouped("kept_from_sales", moves, lambda move: [move.kept] if move.kept else [], _count),
        *(grouped(name, moves, field(name), _reached) for name in BY),
        per_month_group(targets if opening else NO_TARGETS, reached, span, now),
    )
    return Report("funnel", span, now, groups)


def _places(
    name: str,
    kind: type[Status] | type[Stage],
    opening: Counts | None,
    closing: Counts | None,
    steps: Sequence[Step],
    business: Mapping[str, business_lengths.BusinessSeconds],
) -> Group:
    moved = [step for step in steps if step[0] != step[1]]
    there = {*(opening or {}), *(closing or {}), *(was for was, *_ in moved if was)}
    named = in_order({*there, *(to for _, to, *_ in moved)}, kind)
    return Group(name, tuple(FigureRow(each, _place(each, opening, closing, moved, business)) for each in named))


def _place(
    name: str,
    opening: Counts | None,
    closing: Counts | None,
    moved: Sequence[Step],
    business: Mapping[str, business_lengths.BusinessSeconds],
) -> Figures:
    left, at_work = [step for step in moved if step[0] == name], business.get(name, business_lengths.no_business_time)
    stays = [(at, stayed) for *_, at, stayed in left if stayed is not None]
    return {
        "opening": None if opening is None else opening.get(name, 0),
        "in": sum(to == name for _, to, *_ in moved),
        "out": len(left),
        "out_to": dict(sorted(Counter(to for _, to, *_ in left).items())),
        "closing": None if closing is None else closing.get(name, 0),
        "stayed": spread_figures(
            [stayed for _, stayed in stays], [at_work(at - timedelta(seconds=stayed), at) for at, stayed in stays]
        ),
    }


def _conversions(opening: Counts | None, steps: Sequence[Step]) -> Group:
    """Counts moves from stage to stage, and their share of all leads that were ever in the former stage.

    Erased and merged leads are left out. Without the former balance there is no share.
    """
    order = in_order((), Stage)
    moved = Counter((was, to) for was, to, *_ in steps if was in order and was != to and to in order)
    came = Counter(to for was, to, *_ in steps if was != to)

    def figures(was: str, count: int) -> Figures:
        there = None if opening is None else opening.get(was, 0) + came[was]
        return {"leads": count, "of": there, "share": share(count, there or 0)}

    ordered = sorted(moved.items(), key=lambda each: tuple(map(order.index, each[0])))
    return Group("conversion", tuple(FigureRow(f"{was} to {to}", figures(was, count)) for (was, to), count in ordered))


def _count(moves: Sequence[Move]) -> Figures:
    return {"n": len(moves)}


def _reached(moves: Sequence[Move]) -> Figures:
    """Counts the leads that became known, qualified, handed over, won or lost; a further address is no new lead.

    `sql_accepted` are the SQLs that sales accepted in the period, `sql_declined` those that it gave back without having
    accepted them. `amounts` are what those won are worth, one for each currency.
    """
    by_status, by_stage = Counter(map(_statuses, moves)), Counter(map(_stages, moves))

    def arrivals(steps: Counter[tuple[str | None, str]], wanted: str) -> int:
        return sum(count for (was, to), count in steps.items() if was not in (wanted, MERGED) and to == wanted)

    stages = {f"to_{each}": arrivals(by_stage, each) for each in (Stage.MQL, Stage.SQL)}
    statuses = {f"to_{each}": arrivals(by_status, each) for each in (Status.WITH_SALES, *CLOSED)}
    unknown = (None, Status.SPAM)
    further_address = (None, MERGED)
    new = sum(
        count
        for (was, to), count in by_status.items()
        if was in unknown and to not in unknown and (was, to) != further_address
    )
    taken = Counter(move.sql for move in moves)
    accepted = {"sql_accepted": taken["accepted"], "sql_declined": taken["declined"]}
    return {"new": new, **stages, **accepted, **statuses, "amounts": sums_by_currency(moves)}


def _staged(balance: Balance) -> Counts:
    """Returns the number of leads in each stage, without spam, which has no stage in reports."""
    real = balance.stage.get(Stage.LEAD, 0) - balance.status.get(Status.SPAM, 0)
    return {**balance.stage, Stage.LEAD.value: real}


def _stages(move: Move) -> tuple[str | None, str]:
    before = move.before if move.before and move.before.status != Status.SPAM else None
    return before and before.stage, move.after.stage


def _statuses(move: Move) -> tuple[str | None, str]:
    return move.before and move.before.status, move.after.status
