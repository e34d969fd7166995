"""Reports in answers of the API."""

from collections.abc import Mapping, Sequence

from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.reports.rows.report_groups import Report


def report_view(report: Report) -> View:
    """Shows a report: its period and the time zone of its days, the time it was built, and its groups of lines."""
    return {
        "report": report.name,
        "from": iso(report.span.start),
        "to": iso(report.span.end),
        "time_zone": report.span.time_zone,
        "as_of": iso(report.as_of),
        **report.basis,
        "groups": _groups(report),
        **({"before": _of_period(report.before), "compared": list(report.compared)} if report.before else {}),
        **({"series": [_of_period(part) for part in report.parts]} if report.parts else {}),
    }


def all_reports_view(reports: Sequence[Report], left_out: Mapping[str, str]) -> View:
    """Shows several reports, and why others are left out, by their names."""
    return {"reports": [report_view(each) for each in reports], **({"left_out": left_out} if left_out else {})}


def _of_period(report: Report) -> View:
    return {"from": iso(report.span.start), "to": iso(report.span.end), "groups": _groups(report)}


def _groups(report: Report) -> View:
    return {group.name: [{"name": line.name, **line.figures} for line in group.lines] for group in report.groups}
