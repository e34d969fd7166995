"""Writes the weekly mail to both departments: handovers, clocks kept, returns with their reasons, and sources."""

from collections.abc import Sequence

from baton.domain.reports.rows.report_groups import Report
from baton.outreach.mails.mail_sections import join_sections
from baton.outreach.reports.format_figures import (
    NOTHING,
    lead_count_text,
    met_of_due,
    monthly_target,
    number_short,
    percent,
    period_text,
    points_short,
)
from baton.outreach.reports.report_summary import summary_facts
from baton.outreach.text.times_and_names import day, in_words
from baton.outreach.text.untrusted_text import defanged_line

MAX_LINES = 8


def weekly_mail(reports: Sequence[Report], url: str, warnings: Sequence[str] = ()) -> tuple[str, str]:
    """Returns subject and text, the same for both departments; `url` opens the page with all reports.

    The `warnings` say whom Baton's mail does not reach.
    """
    by_name = {report.name: report for report in reports}
    sla, handoffs = by_name["sla"], by_name["handoffs"]
    span, total = sla.span, handoffs.line("total", "all")
    text = join_sections(
        [f"Marketing and sales, {period_text(span)}."],
        _listed("WHOM MAIL DOES NOT REACH", warnings),
        [f"{what}: {text_of}" for what, text_of in summary_facts(by_name).items()],
        _listed("TARGETS", _shares(sla), _numbers(by_name["funnel"])),
        _listed("IN TIME, CLOCK BY CLOCK", _kept(sla, "clock", "sales"), _kept(sla, "duty", "marketing")),
        _listed("WHAT SALES GAVE BACK, AND WHY", [f"{in_words(why)}: {n}" for why, n in total["returned_for"].items()]),
        _listed("WHERE IT CAME FROM", _sources(handoffs)),
        ["EVERYTHING, on a page that prints well:", url],
        ["Whoever has this link can open the page, for 60 days. It shows counts and people in staff, and no leads."],
    )
    return f"Marketing and sales from {day(span.dates[0])}: {lead_count_text(total['offered'])} handed over", text


def _listed(heading: str, *lists: Sequence[str]) -> list[str]:
    lines = [f"- {line}" for each in lists for line in _cut(each)]
    return [heading, *lines] if lines else []


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MAX_LINES
    return [*lines[:MAX_LINES], *([f"and {more} more"] if more > 0 else [])]


def _kept(report: Report, group: str, whose: str) -> list[str]:
    return [f"{whose}, {in_words(line.name)}: {met_of_due(line.figures)}" for line in report.group(group).lines]


def _shares(report: Report) -> list[str]:
    return [
        f"{in_words(line.name)} in time: {percent(line.figures['actual'])}, agreed {percent(line.figures['target'])}"
        f"{_apart(points_short(line.figures['difference']))}"
        for line in report.group("target").lines
    ]


def _numbers(report: Report) -> list[str]:
    return [
        f"{in_words(line.name)}: {line.figures['actual']:,}, agreed {monthly_target(line.figures)}"
        f"{_apart(number_short(line.figures['difference']))}"
        for line in report.group("target").lines
    ]


def _apart(difference: str) -> str:
    return "" if difference == NOTHING else f": {difference}"


def _sources(report: Report) -> list[str]:
    return [
        f"{defanged_line(each.name)}: {lead_count_text(each.figures['offered'])}, {each.figures['won']} won"
        for each in report.group("source").lines
    ]
