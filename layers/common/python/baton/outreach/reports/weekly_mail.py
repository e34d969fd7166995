"""The weekly mail to both departments: what was handed over, who kept what was agreed, what came back, what waits."""

from collections.abc import Sequence

from baton.domain.reports.rows.report_groups import Report
from baton.outreach.mails.mail_sections import letter
from baton.outreach.reports.format_figures import days, kept, leads
from baton.outreach.reports.report_summary import in_short
from baton.outreach.text.times_and_names import day, spoken
from baton.outreach.text.untrusted_text import harmless

MAX_LINES = 8


def weekly_letter(reports: Sequence[Report], url: str) -> tuple[str, str]:
    """Subject and text; `url` opens the page with everything. Both departments get the same."""
    by_name = {report.name: report for report in reports}
    sla, handoffs = by_name["sla"], by_name["handoffs"]
    span, total = sla.span, handoffs.line("total", "all")
    text = letter(
        [f"Marketing and sales, {days(span)}."],
        [f"{what}: {said}" for what, said in in_short(by_name).items()],
        _listed("IN TIME, CLOCK BY CLOCK", _kept(sla, "clock", "sales"), _kept(sla, "duty", "marketing")),
        _listed("WHAT SALES GAVE BACK, AND WHY", [f"{spoken(why)}: {n}" for why, n in total["returned_for"].items()]),
        _listed("WHERE IT CAME FROM", _sources(handoffs)),
        ["EVERYTHING, on a page that prints well:", url],
        ["Whoever has this link can open the page, for 60 days. It shows", "counts and people in staff, and no leads."],
    )
    return f"Marketing and sales from {day(span.start)}: {leads(total['offered'])} handed over", text


def _listed(heading: str, *lists: Sequence[str]) -> list[str]:
    lines = [f"- {line}" for each in lists for line in _cut(each)]
    return [heading, *lines] if lines else []


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MAX_LINES
    return [*lines[:MAX_LINES], *([f"and {more} more"] if more > 0 else [])]


def _kept(report: Report, group: str, whose: str) -> list[str]:
    return [f"{whose}, {spoken(line.name)}: {kept(line.figures)}" for line in report.group(group).lines]


def _sources(report: Report) -> list[str]:
    lines = report.group("source").lines
    return [f"{harmless(line.name)}: {leads(line.figures['offered'])}, {line.figures['won']} won" for line in lines]
