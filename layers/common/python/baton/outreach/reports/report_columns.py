"""What the tables of a report's page say: the headings of their columns, and the figures below."""

from baton.outreach.reports.format_figures import kept, length, percent, some, whole
from baton.outreach.reports.report_tables import Columns

KEPT: Columns = {"in time": kept, "running": lambda figures: some(figures["open"])}
ATTAINED: Columns = {**KEPT, "passed on": lambda figures: some(figures["passed_on"])}
BY_WAY: Columns = {
    "leads": lambda figures: some(figures["handoffs"]),
    **ATTAINED,
    "first contact: half": lambda figures: length(figures["speed_to_lead"]["median_seconds"]),
    "nine in ten": lambda figures: length(figures["speed_to_lead"]["p90_seconds"]),
}
SPREAD: Columns = {
    "leads": lambda figures: some(figures["n"]),
    "half within": lambda figures: length(figures["median_seconds"]),
    "nine in ten within": lambda figures: length(figures["p90_seconds"]),
}
OF_DUTIES: Columns = {
    "owed": lambda figures: some(figures["duties"]),
    **KEPT,
    "done: half within": lambda figures: length(figures["closed"]["median_seconds"]),
    "nine in ten": lambda figures: length(figures["closed"]["p90_seconds"]),
}
OUTCOMES: Columns = {
    "leads": lambda figures: some(figures["offered"]),
    "accepted": lambda figures: percent(figures["acceptance"]),
    "returned": lambda figures: some(figures["returned"]),
    "won": lambda figures: some(figures["won"]),
    "lost": lambda figures: some(figures["lost"]),
    "win rate": lambda figures: percent(figures["win_rate"]),
    "stars": lambda figures: some(figures["mean_stars"]),
}
WORTH: Columns = {**OUTCOMES, "amount": lambda figures: whole(figures["amount"])}
BY_REP: Columns = {
    "leads": WORTH["leads"],
    "accepted": WORTH["accepted"],
    "passed on": ATTAINED["passed on"],
    **{name: WORTH[name] for name in ("returned", "won", "lost", "win rate", "amount")},
}
BALANCES: Columns = {
    "before": lambda figures: some(figures["opening"]),
    "came": lambda figures: some(figures["in"]),
    "went": lambda figures: some(figures["out"]),
    "after": lambda figures: some(figures["closing"]),
    "stayed: half": lambda figures: length(figures["stayed"]["median_seconds"]),
    "nine in ten": lambda figures: length(figures["stayed"]["p90_seconds"]),
}
COUNT: Columns = {"leads": lambda figures: some(figures["n"])}
CONVERTED: Columns = {
    "leads": lambda figures: some(figures["leads"]),
    "of those there": lambda figures: percent(figures["share"]),
}
