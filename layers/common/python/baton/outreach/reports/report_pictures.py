"""Draws what was kept in each part of a period: a column for each, a line at the agreed share, and a table behind."""

from collections.abc import Iterator

from baton.domain.reports.rows.report_groups import FigureRow, Figures, Report
from baton.outreach.pictures.marks import bar, line, picture, words
from baton.outreach.reports.format_figures import met_of_due, percent, period_text
from baton.outreach.reports.report_tables import Columns
from baton.outreach.text.times_and_names import day, in_words

_FLOOR, _HIGH, _GAP = 6.2, 6.0, 0.16
_MOST_WRITTEN = 14
"""Above more columns than these no share is written: there is no room for it on a phone."""


def kept_pictures(report: Report) -> list[str]:
    """Returns a picture of each clock with a target, or else of both departments; none if nothing was due."""
    targets = {row.name: row.figures["target"] for row in report.group("target").lines}
    if not (rows := rows_of_parts(report)):
        return []
    return [_picture(name, [row.figures[name] for row in rows], targets.get(name), report) for name in _names(report)]


def columns_of_parts(report: Report) -> Columns:
    """Returns the columns of the table behind the pictures: what was in time of each clock, or of each department."""
    return {in_words(name): lambda figures, name=name: met_of_due(figures[name]) for name in _names(report)}  # type: ignore[misc]


def rows_of_parts(report: Report) -> list[FigureRow]:
    """Returns a row for each part of the period, with the figures of each clock, or of each department.

    There are none if nothing was due in any of them.
    """
    if not _was_due(report):
        return []
    return [
        FigureRow(period_text(part.span), {name: _kept(part, name) for name in _names(report)}) for part in report.parts
    ]


def _was_due(report: Report) -> bool:
    return any(_kept(part, name)["share"] is not None for part in report.parts for name in _names(report))


def _names(report: Report) -> list[str]:
    group = report.group("target").lines or report.group("department").lines
    return [row.name for row in group]


def _kept(part: Report, name: str) -> Figures:
    target = part.line("target", name)
    return {**target, "share": target["actual"]} if target else part.line("department", name)


def _picture(name: str, kept: list[Figures], target: float | None, report: Report) -> str:
    told = [f"{period_text(part.span)}: {met_of_due(each)}" for part, each in zip(report.parts, kept, strict=True)]
    agreed = f"; the line is the agreed {percent(target)}" if target is not None else ""
    title = f"{in_words(name).capitalize()}, percent in time{agreed}"
    marks = [*_columns([each["share"] for each in kept], target), *_ends(report)]
    bare = len(kept) > _MOST_WRITTEN
    return picture(f"kept-{name}", title, f"{'; '.join(told)}.", _FLOOR + 3.2, marks, bare=bare)


def _columns(shares: list[float | None], target: float | None) -> Iterator[str]:
    width = 100 / len(shares)
    for place, share in enumerate(shares):
        if share is not None:
            yield bar(width * (place + _GAP / 2), _FLOOR - _HIGH * share, width * (1 - _GAP), _HIGH * share, "won")
        if len(shares) <= _MOST_WRITTEN:
            said = percent(share).removesuffix("%")
            yield words(width * (place + 0.5), _FLOOR + 1.3, said, "", "middle")
    yield line(0, _FLOOR, 100, _FLOOR, "axis")
    if target is not None:
        for look in ("beneath", "agreed"):
            yield line(0, _FLOOR - _HIGH * target, 100, _FLOOR - _HIGH * target, look)


def _ends(report: Report) -> Iterator[str]:
    first, last = report.parts[0].span.dates[0], report.parts[-1].span.dates[0]
    yield words(0, _FLOOR + 2.8, f"from {day(first)}", "soft")
    if last != first:
        yield words(100, _FLOOR + 2.8, f"from {day(last)}", "soft", "end")
