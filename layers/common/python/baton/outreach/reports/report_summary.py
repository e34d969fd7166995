"""Writes the summary of a period, which the report page and the weekly mail share."""

from baton.domain.reports.rows.report_groups import Figures, Report
from baton.outreach.reports.format_figures import amounts_text, both_times, lead_count_text, percent

Reports = dict[str, Report]
"""Reports on one period, by name."""


def summary_facts(reports: Reports) -> dict[str, str]:
    """Returns the summary by heading: leads handed over, clocks kept, time to first contact, and leads that wait."""
    total = reports["handoffs"].line("total", "all")
    sales, marketing = (reports["sla"].line("department", name) for name in ("sales", "marketing"))
    return {
        "Handed over": f"{lead_count_text(total['offered'])}: {outcome_counts(total)}",
        "Sales in time": _in_time(sales),
        "Marketing in time": _in_time(marketing),
        "First contact": _speed(sales["speed_to_lead"], sales["handoffs"]),
        "Waiting at the end": waiting_counts(reports["funnel"]),
    }


def outcome_counts(figures: Figures) -> str:
    """Returns how the handoffs stand: `9 accepted, 2 returned, 1 won, worth 48,000 EUR`."""
    counts = {name: figures[name] for name in ("accepted", "returned", "won", "lost", "open")}
    counted = [f"{count:,} {name}" for name, count in counts.items() if count]
    if any(figures["amounts"].values()):
        counted.append(f"worth {amounts_text(figures['amounts'])}")
    return ", ".join(counted) or "nothing yet"


def waiting_counts(funnel: Report) -> str:
    """Returns how many leads wait at the period's end: `3 in review, 1 parked, 7 with sales`."""
    now = {line.name: line.figures["closing"] for line in funnel.group("status").lines}
    return f"{now['in_review']:,} in review, {now['parked']:,} parked, {now['with_sales']:,} with sales"


def _in_time(figures: Figures) -> str:
    due, still = figures["met"] + figures["missed"], f"; {figures['open']:,} still running" if figures["open"] else ""
    if not due:
        return f"nothing was due{still}"
    clocks = "clock" if due == 1 else "clocks"
    return f"{figures['met']:,} of {due:,} {clocks}, {percent(figures['share'])}{still}"


def _speed(spread: Figures, handoffs: int) -> str:
    if not spread["n"]:
        return "none yet"
    half, most = both_times(spread, "median_seconds"), both_times(spread, "p90_seconds")
    return f"{spread['n']:,} of {lead_count_text(handoffs)}: half within {half}, nine in ten within {most}"
