"""Writes a report as one flat table in CSV (RFC 4180) that is safe to open in a spreadsheet."""

from collections.abc import Iterator

from baton.domain.reports.rows.report_groups import Figures, Report
from baton.outreach.csv.csv_cells import csv_row


def report_csv(report: Report) -> str:
    """Returns a header, and a row for each row of each group; nested figures have columns such as `stayed_n`."""
    lines = [(group.name, line.name, dict(_flat(line.figures))) for group in report.groups for line in group.lines]
    columns = _columns([figures for _, _, figures in lines])
    rows = [(group, name, *(figures.get(column) for column in columns)) for group, name, figures in lines]
    return "".join(csv_row(row) for row in (("group", "name", *columns), *rows))


def filename(report: Report) -> str:
    """Returns the file's name: `baton-sla-2026-11-16-to-2026-11-23.csv`, with the calendar if it is today's."""
    anew = "-by-current-calendar" if report.basis.get("calendar") == "current" else ""
    anew += "-filtered" if "filter" in report.basis else ""
    first, end = report.span.dates
    return f"baton-{report.name}-{first}-to-{end}{anew}.csv"


def _flat(figures: Figures, before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}_")
        else:
            yield f"{before}{name}", value


def _columns(figures: list[dict[str, object]]) -> list[str]:
    """Returns all columns in the order in which they first occur."""
    return list(dict.fromkeys(column for each in figures for column in each))
