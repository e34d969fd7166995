"""A report as one flat table in CSV (RFC 4180), safe to open in a spreadsheet."""

import re
from collections.abc import Iterator

from baton.domain.reports.report import Figures, Report

MEDIA_TYPE = "text/csv; charset=utf-8"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_FORMULA_IN_THE_NEXT_CELL = re.compile(r'([;\t\r\n]["\s]*)(?=[=+\-@＝＋－＠])')
"""Where a comma is no separator (Excel in German), a cell ends at a semicolon, whatever quotes are around it."""
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]')


def report_csv(report: Report) -> str:
    """A header, and a line for each line of each group; figures within figures have columns such as `stayed_n`."""
    lines = [(group.name, line.name, dict(_flat(line.figures))) for group in report.groups for line in group.lines]
    columns = _columns([figures for _, _, figures in lines])
    rows = [(group, name, *(figures.get(column) for column in columns)) for group, name, figures in lines]
    return "".join(_line(row) for row in (("group", "name", *columns), *rows))


def filename(report: Report) -> str:
    """What the file is called: `baton-sla-2026-11-16-to-2026-11-23.csv`; and by which calendar, if not as agreed."""
    anew = "-by-current-calendar" if report.basis.get("calendar") == "current" else ""
    return f"baton-{report.name}-{report.span.start:%Y-%m-%d}-to-{report.span.end:%Y-%m-%d}{anew}.csv"


def _flat(figures: Figures, before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}_")
        else:
            yield f"{before}{name}", value


def _columns(figures: list[dict[str, object]]) -> list[str]:
    """All columns in the order in which they are met, those of one kind of figures together."""
    return list(dict.fromkeys(column for each in figures for column in each))


def _line(cells: tuple[object, ...]) -> str:
    return ",".join(map(cell, cells)) + "\r\n"


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula, whoever named it: a text that might be one, in this
    cell or in one that it goes on in, is led by an apostrophe, as spreadsheets mark what is text.
    """
    text = _FORMULA_IN_THE_NEXT_CELL.sub(r"\1'", "" if value is None else str(value))
    if text.startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(text) else text
