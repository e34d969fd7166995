"""What both departments want to know first of a period, in the same words on the page and in the mail."""

from baton.domain.reports.rows.report_groups import Figures, Report
from baton.outreach.reports.format_figures import leads, length, percent, whole

Reports = dict[str, Report]
"""Reports on one period, by name."""


def in_short(reports: Reports) -> dict[str, str]:
    """What was handed over, who kept what was agreed, how fast leads were called, and what waits."""
    total = reports["handoffs"].line("total", "all")
    sales, marketing = (reports["sla"].line("department", name) for name in ("sales", "marketing"))
    return {
        "Handed over": f"{leads(total['offered'])}: {became(total)}",
        "Sales in time": _in_time(sales),
        "Marketing in time": _in_time(marketing),
        "First contact": _speed(sales["speed_to_lead"], sales["handoffs"]),
        "Waiting at the end": waiting(reports["funnel"]),
    }


def became(figures: Figures) -> str:
    """What became of the leads that were handed over, in a few words."""
    counts = {name: figures[name] for name in ("accepted", "returned", "won", "lost", "open")}
    said = [f"{count:,} {name}" for name, count in counts.items() if count]
    if figures["amount"]:
        said.append(f"worth {whole(figures['amount'])}")
    return ", ".join(said) or "nothing yet"


def waiting(funnel: Report) -> str:
    """Who waits for whom at the end of the period."""
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
    half, most = length(spread["median_seconds"]), length(spread["p90_seconds"])
    return f"{spread['n']:,} of {leads(handoffs)}: half within {half}, nine in ten within {most}"
