"""Writes a report as one flat table in CSV (RFC 4180) that is safe to open in a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime

from baton.domain.basics.moments import iso
from baton.domain.reports.rows.report_groups import Figures, Report
from baton.domain.reports.rows.span import local, midnight
from baton.outreach.csv.csv_cells import csv_row


def report_csv(report: Report) -> str:
    """Returns a header, and a row for each row of each group; nested figures have columns such as `stayed_n`.

    A report with parts, or with the period before, has these in further rows, and the shares of both in rows whose
    `period` is `compared`; `period`, `from` and `to` tell them apart. A date there is the beginning of a day in the
    report's time zone.
    """
    others = [*(("before", each) for each in (report.before,) if each), *(("part", each) for each in report.parts)]
    told = [
        (_period(which, each) if others else (), group.name, line.name, dict(_flat(line.figures)))
        for which, each in (("whole", report), *others)
        for group in each.groups
        for line in group.lines
    ]
    told += [
        (_period("compared", report), each["group"], each["name"], dict(_flat({each["figure"]: _numbers(each)})))
        for each in report.compared
    ]
    columns = _columns([figures for *_, figures in told])
    rows = [(*period, group, name, *map(figures.get, columns)) for period, group, name, figures in told]
    first = ("period", "from", "to") if others else ()
    return "".join(csv_row(row) for row in ((*first, "group", "name", *columns), *rows))


def _numbers(compared: Figures) -> Figures:
    return {name: value for name, value in compared.items() if name not in ("group", "name", "figure")}


def _period(which: str, report: Report) -> tuple[str, ...]:
    span = report.span
    return which, *(_bound(at, span.time_zone) for at in (span.start, span.end))


def _bound(at: datetime, time_zone: str) -> str:
    """Returns a date if a day of the time zone begins then, or else the moment, as a report is asked for."""
    return f"{local(at, time_zone):%Y-%m-%d}" if midnight(at, time_zone) == at else iso(at)


def filename(report: Report) -> str:
    """Returns the file's name: `baton-sla-2026-11-16-to-2026-11-23.csv`, and what else there is to say of it."""
    anew = "-by-current-calendar" if report.basis.get("calendar") == "current" else ""
    anew += "-filtered" if "filter" in report.basis else ""
    anew += "-in-parts" if report.parts else ""
    anew += "-compared" if report.before else ""
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
