"""Writes the report page for the regular meeting of both departments, for screen, phone and A4 paper.

It shows counts and the addresses of staff. It shows nothing of a lead, and no names that strangers choose, such as
campaigns.
"""

from collections.abc import Sequence

from baton.agreement.terms.agreement import Agreement
from baton.domain.reports.rows.handoff_filter import OF_LEADS
from baton.domain.reports.rows.periods import MOST_PARTS
from baton.domain.reports.rows.report_groups import OTHERS, FigureRow, Group, Report
from baton.domain.reports.rows.span import Span
from baton.domain.terms.agreed_labels import team_label
from baton.outreach.pages.page_frame import definition_list, html_page, paragraph
from baton.outreach.reports import report_columns
from baton.outreach.reports.amount_pictures import (
    band_text,
    funnel_picture,
    funnel_steps,
    load_picture,
    returns_picture,
    speed_picture,
)
from baton.outreach.reports.format_figures import period_text, told_there
from baton.outreach.reports.report_pictures import columns_of_parts, kept_pictures, rows_of_parts
from baton.outreach.reports.report_style import HEADERS, MEETING_STYLE
from baton.outreach.reports.report_summary import summary_facts
from baton.outreach.reports.report_tables import MAX_ROWS, NAME_LIMIT, changed_shares, section, table, tables_of_parts
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import one_line

__all__ = ["HEADERS", "report_page", "with_team_labels"]

_HOW = (
    "A lead counts in the period in which it was handed over, whatever day it was accepted or won. In time is out of "
    "all clocks that were met or missed; a clock in business time was due {due}. Half and nine in ten are the median "
    "and the 90th percentile, of what has happened so far, in plain time, nights and weekends included; at work is the "
    "part in business time, by the calendars in force now."
)
_OF_RULES = (
    "With a rule are the handovers that cite it, without it all others of the period; both only if their outcome "
    "counts: won, lost, or given back for a reason that, as agreed, speaks against the rules. With as many leads again "
    "a share would be within its brackets 95 times of 100. Too few are under ten won or under ten others on either "
    "side. Hardly chance has a q of at most 0.05: of the rules named so, one in twenty is chance after all. Sales had "
    "all of these leads; of leads that it never got, nothing here tells."
)
_DUE = {"as_agreed": "by the calendar agreed then", "current": "by the calendars in force now"}
_WAY = ("routed", "notified", "accepted", "contacted", "speed_to_lead")
_CALLED = {"speed_to_lead": "from the offer to the first contact"}


def with_team_labels(reports: Sequence[Report], agreement: Agreement) -> list[Report]:
    """Returns reports in which teams have the labels by which people know them, in the place of their names."""
    return [_with_team_labels(report, agreement) for report in reports]


def _with_team_labels(report: Report, agreement: Agreement) -> Report:
    groups, only = list[Group](), report.basis.get("filter", {})
    for group in report.groups:
        lines = tuple(line._replace(name=team_label(line.name, agreement)) for line in group.lines)
        groups.append(group._replace(lines=lines) if group.name == "team" else group)
    told = {name: team_label(value, agreement) if name == "team" else value for name, value in only.items()}
    return report._replace(groups=tuple(groups), basis=report.basis | ({"filter": told} if told else {}))


def report_page(reports: Sequence[Report]) -> str:
    """Returns the page of some reports on one period; with all four of them it begins with a summary."""
    first, by_name = reports[0], {report.name: report for report in reports}
    summary = definition_list(summary_facts(by_name)) if by_name.keys() >= _SECTIONS.keys() else ""
    how = _HOW.format(due=_DUE[first.basis.get("calendar", "as_agreed")])
    basis = paragraph(
        f"As of {told_there(first.as_of, first.span)}; days begin and end at midnight {_place(first.span)}. {how}",
        "soft",
    )
    only = _only(first.basis.get("filter", {}))
    sections = [_SECTIONS[name](report) for name, report in by_name.items()]
    shown = [block for block in (only, summary, basis, *sections) if block]
    return html_page(f"Marketing and sales, {period_text(first.span)}", *shown, style=MEETING_STYLE)


def _place(span: Span) -> str:
    return "UTC" if span.time_zone == "UTC" else f"in the time zone {span.time_zone}"


def _only(said: dict[str, str]) -> str:
    named = ", ".join(f"{in_words(name)} {one_line(value, NAME_LIMIT)}" for name, value in said.items())
    if said.keys() <= {*OF_LEADS}:
        return paragraph(f"Only leads with {named}.") if said else ""
    return paragraph(f"Only leads handed over with {named}; duties of marketing and the funnel are left out.")


def _unchanged(name: str) -> str:
    return name


def _if_several(lines: Sequence[FigureRow]) -> Sequence[FigureRow]:
    """Returns no rows for a single one: it would say the same as the total."""
    return lines if len(lines) > 1 else ()


def _sla(report: Report) -> str:
    way = report.line("department", "sales")
    stretches = [FigureRow(_CALLED.get(name, name), way[name]) for name in _WAY if way[name]["n"]]
    return section(
        "Who kept what was agreed",
        *kept_pictures(report),
        table(
            "In time, part by part",
            "days",
            columns_of_parts(report),
            rows_of_parts(report),
            _unchanged,
            MOST_PARTS,
            MAX_ROWS,
        ),
        changed_shares(report, report_columns.CHANGED),
        table("In time, against the target", "clock", report_columns.IN_TIME, report.group("target").lines),
        table("Sales, by clock", "clock", report_columns.ATTAINED, report.group("clock").lines),
        table("Sales, by reason of the handover", "reason", report_columns.BY_WAY, report.group("trigger").lines),
        table(
            "Sales, by person, from when they got the lead",
            "person",
            report_columns.BY_WAY,
            report.group("rep").lines,
            _unchanged,
        ),
        table("Sales, by team", "team", report_columns.BY_WAY, _if_several(report.group("team").lines), _unchanged),
        table("Marketing, by duty", "duty", report_columns.OF_DUTIES, report.group("duty").lines),
        table("What marketing still owes", "duty", report_columns.STILL_OWED, _still_owed(report)),
        table("Marketing, by person", "person", report_columns.OF_DUTIES, report.group("reviewer").lines, _unchanged),
        speed_picture(report),
        table("Leads by how soon sales made contact", "within", report_columns.BANDS, _contacted(report), band_text),
        table("The way of a lead, from one step to the next", "until", report_columns.SPREAD, stretches),
    )


def _still_owed(report: Report) -> list[FigureRow]:
    return [line for line in report.group("duty").lines if line.figures["owed"]]


def _contacted(report: Report) -> Sequence[FigureRow]:
    """Returns the bands of the speed to lead; none if nobody was contacted."""
    lines = report.group("speed").lines
    return lines if any(line.figures["n"] for line in lines) else ()


def _handoffs(report: Report) -> str:
    returned = report.line("total", "all")["returned_for"]
    reasons = [FigureRow(name, {"n": count}) for name, count in returned.items()]
    return section(
        "What became of the leads",
        *tables_of_parts(report, report_columns.WORTH),
        changed_shares(report, report_columns.CHANGED),
        table("By reason of the handover", "reason", report_columns.WORTH, report.group("trigger").lines),
        returns_picture(returned),
        table("Why sales gave leads back", "reason", report_columns.COUNT, reasons),
        table("By source", "source", report_columns.WORTH, report.group("source").lines, _unchanged),
        table("By persona", "persona", report_columns.WORTH, report.group("persona").lines),
        load_picture(report.group("rep").lines),
        table("Leads of each person in sales", "person", report_columns.LOAD, report.group("rep").lines, _unchanged),
        table(
            "By person in sales, with what they had",
            "person",
            report_columns.BY_REP,
            report.group("rep").lines,
            _unchanged,
        ),
    )


def _scoring(report: Report) -> str:
    rules = [line for line in report.group("rule").lines if line.name != OTHERS]
    return section(
        "What the score is worth",
        *tables_of_parts(report, report_columns.OUTCOMES),
        changed_shares(report, report_columns.CHANGED),
        table("Won with a rule and without it", "rule", report_columns.OF_RULES, rules),
        paragraph(_OF_RULES, "soft") if rules else "",
        table("By rule that the handover cites", "rule", report_columns.OUTCOMES, report.group("rule").lines),
        table("By score", "score", report_columns.OUTCOMES, report.group("band").lines, _unchanged),
    )


def _funnel(report: Report) -> str:
    moved = [line for line in report.group("status").lines if line.figures["opening"] or line.figures["in"]]
    return section(
        "Where leads are",
        *tables_of_parts(report, report_columns.REACHED),
        changed_shares(report, report_columns.CHANGED),
        funnel_picture(report),
        table("How far leads got", "as", report_columns.COUNT, funnel_steps(report), _unchanged),
        table("Leads, against the target", "leads", report_columns.PER_MONTH, report.group("target").lines),
        table("By who has them", "status", report_columns.BALANCES, moved),
        table("By how qualified they are", "stage", report_columns.BALANCES, report.group("stage").lines),
        table(
            "Whom the agreement kept from sales, and why",
            "rule",
            report_columns.COUNT,
            report.group("kept_from_sales").lines,
        ),
        table("From stage to stage", "from, to", report_columns.CONVERTED, report.group("conversion").lines),
    )


_SECTIONS = {"sla": _sla, "handoffs": _handoffs, "scoring": _scoring, "funnel": _funnel}
