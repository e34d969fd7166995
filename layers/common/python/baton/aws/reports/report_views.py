"""Reports in answers of the API."""

from collections.abc import Mapping, Sequence

from baton.agreement.terms.agreement import Agreement
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.reports.rows.report_groups import Report
from baton.domain.terms.agreed_labels import in_plain_words, return_reason_label


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


def all_reports_view(reports: Sequence[Report], left_out: Mapping[str, str], agreement: Agreement) -> View:
    """Shows several reports, why others are left out, by their names, and the agreement's words for codes in them."""
    shown: View = {"reports": [report_view(each) for each in reports], "labels": _labels(agreement)}
    return shown | ({"left_out": left_out} if left_out else {})


def _labels(agreement: Agreement) -> View:
    from baton.domain.conditions.condition_wording import words_by_rule  # one report has no words  # noqa: PLC0415

    clocks = {name for terms in agreement.handoffs.values() for name in terms.clocks}
    return {
        "clocks": {name: in_plain_words(name) for name in sorted(clocks)},
        "return_reasons": {name: return_reason_label(name, agreement) for name in agreement.return_reasons},
        "rules": words_by_rule(agreement.rules),
    }


def _of_period(report: Report) -> View:
    return {"from": iso(report.span.start), "to": iso(report.span.end), "groups": _groups(report)}


def _groups(report: Report) -> View:
    return {group.name: [{"name": line.name, **line.figures} for line in group.lines] for group in report.groups}
