"""Writes the summary of a period, which the report page and the weekly mail share."""

from baton.domain.reports.rows.report_groups import Figures, Report
from baton.outreach.reports.format_figures import amounts_text, both_times, lead_count_text, percent
from baton.outreach.text.times_and_names import in_words

Reports = dict[str, Report]
"""Reports on one period, by name."""


def summary_facts(reports: Reports) -> dict[str, str]:
    """Returns the summary by heading: leads handed over, clocks kept, time to first contact, and leads that wait."""
    total = reports["handoffs"].line("total", "all")
    sales, marketing = (reports["sla"].line("department", name) for name in ("sales", "marketing"))
    waiting = waiting_counts(reports["funnel"])
    return {
        "Handed over": f"{lead_count_text(total['offered'])}: {outcome_counts(total)}",
        "SQLs": sql_text(reports["funnel"].line("total", "all")),
        "Sales in time": _in_time(sales),
        "Marketing in time": _in_time(marketing),
        "Still owed by marketing": owed_text(reports["sla"]),
        "First contact": _speed(sales["speed_to_lead"], sales["handoffs"]),
        **({"Waiting at the end": waiting} if waiting else {}),
    }


def outcome_counts(figures: Figures) -> str:
    """Returns how the handoffs stand: `9 accepted, 2 returned, 1 won, worth 48,000 EUR`."""
    counts = {name: figures[name] for name in ("accepted", "returned", "won", "lost", "open")}
    counted = [f"{count:,} {name}" for name, count in counts.items() if count]
    if any(figures["amounts"].values()):
        counted.append(f"worth {amounts_text(figures['amounts'])}")
    return ", ".join(counted) or "nothing yet"


def owed_text(sla: Report) -> str:
    """Returns what marketing has not done yet of the period's duties: `3 of this period, 2 review, 1 return`."""
    undone = {line.name: line.figures["owed"] for line in sla.group("duty").lines if line.figures["owed"]}
    if not undone:
        return "nothing of this period"
    kinds = ", ".join(f"{count:,} {in_words(name)}" for name, count in undone.items())
    overdue = sla.line("department", "marketing")["overdue"]
    return f"{sum(undone.values()):,} of this period, {kinds}" + (f"; {overdue:,} overdue" if overdue else "")


def sql_text(reached: Figures) -> str:
    """Returns how many SQLs sales accepted, and those apart: `9 accepted by sales; 12 new, 1 given back unaccepted`."""
    if not (reached["to_sql"] or reached["sql_accepted"] or reached["sql_declined"]):
        return "none"
    declined = f", {reached['sql_declined']:,} given back unaccepted" if reached["sql_declined"] else ""
    return f"{reached['sql_accepted']:,} accepted by sales; {reached['to_sql']:,} new{declined}"


def waiting_counts(funnel: Report) -> str:
    """Returns how many leads wait at the period's end: `3 in review, 1 parked, 7 with sales`; empty if nobody knows."""
    now = {line.name: line.figures["closing"] for line in funnel.group("status").lines}
    if now["with_sales"] is None:
        return ""
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
