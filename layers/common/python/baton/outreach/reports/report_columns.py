"""The columns of the tables on a report's page: the heading of each, and a function that formats its figure."""

from baton.outreach.reports.format_figures import (
    amounts_text,
    both_times,
    chance_text,
    count_text,
    met_of_due,
    monthly_target,
    number_short,
    percent,
    points_more,
    points_short,
    share_of,
    times_text,
)
from baton.outreach.reports.report_tables import Columns

KEPT: Columns = {"in time": met_of_due, "running": lambda figures: count_text(figures["open"])}
ATTAINED: Columns = {**KEPT, "passed on": lambda figures: count_text(figures["passed_on"])}
BY_WAY: Columns = {
    "leads": lambda figures: count_text(figures["handoffs"]),
    **ATTAINED,
    "first contact: half": lambda figures: both_times(figures["speed_to_lead"], "median_seconds"),
    "nine in ten": lambda figures: both_times(figures["speed_to_lead"], "p90_seconds"),
}
SPREAD: Columns = {
    "leads": lambda figures: count_text(figures["n"]),
    "half within": lambda figures: both_times(figures, "median_seconds"),
    "nine in ten within": lambda figures: both_times(figures, "p90_seconds"),
}
OF_DUTIES: Columns = {
    "owed": lambda figures: count_text(figures["duties"]),
    **KEPT,
    "done: half within": lambda figures: both_times(figures["closed"], "median_seconds"),
    "nine in ten": lambda figures: both_times(figures["closed"], "p90_seconds"),
}
STILL_OWED: Columns = {
    "still owed": lambda figures: count_text(figures["owed"]),
    "overdue": lambda figures: count_text(figures["overdue"]),
}
OUTCOMES: Columns = {
    "leads": lambda figures: count_text(figures["offered"]),
    "accepted": lambda figures: percent(figures["acceptance"]),
    "returned": lambda figures: count_text(figures["returned"]),
    "won": lambda figures: count_text(figures["won"]),
    "lost": lambda figures: count_text(figures["lost"]),
    "win rate": lambda figures: percent(figures["win_rate"]),
    "stars": lambda figures: count_text(figures["mean_stars"]),
}
WORTH: Columns = {**OUTCOMES, "amount": lambda figures: amounts_text(figures["amounts"])}
OF_RULES: Columns = {
    "won with it": lambda figures: share_of(figures["counted"]),
    "won without it": lambda figures: share_of(figures["without"]),
    "so it is won": lambda figures: times_text(figures["lift"]),
    "can that be chance?": chance_text,
}
CHANGED: Columns = {
    "this period": lambda figures: share_of(figures["now"]),
    "the period before": lambda figures: share_of(figures["before"]),
    "difference": lambda figures: points_more(figures["difference"]),
    "can that be chance?": chance_text,
}
LOAD: Columns = {"leads": WORTH["leads"], "still open": lambda figures: count_text(figures["open"])}
BY_REP: Columns = {
    "leads": WORTH["leads"],
    "accepted": WORTH["accepted"],
    "passed on": ATTAINED["passed on"],
    **{name: WORTH[name] for name in ("returned", "won", "lost", "win rate", "amount")},
}
BALANCES: Columns = {
    "before": lambda figures: count_text(figures["opening"]),
    "came": lambda figures: count_text(figures["in"]),
    "went": lambda figures: count_text(figures["out"]),
    "after": lambda figures: count_text(figures["closing"]),
    "stayed: half": lambda figures: both_times(figures["stayed"], "median_seconds"),
    "nine in ten": lambda figures: both_times(figures["stayed"], "p90_seconds"),
}
IN_TIME: Columns = {
    "agreed": lambda figures: percent(figures["target"]),
    "reached": lambda figures: met_of_due({**figures, "share": figures["actual"]}),
    "difference": lambda figures: points_short(figures["difference"]),
}
PER_MONTH: Columns = {
    "agreed": monthly_target,
    "reached": lambda figures: f"{figures['actual']:,}",
    "difference": lambda figures: number_short(figures["difference"]),
}
BANDS: Columns = {
    "leads": lambda figures: count_text(figures["n"]),
    "share": lambda figures: percent(figures["share"]),
    "so far": lambda figures: percent(figures["within"]),
    "by time at work": lambda figures: count_text(figures.get("business", {}).get("n")),
}
REACHED: Columns = {
    "new": lambda figures: count_text(figures["new"]),
    "MQL": lambda figures: count_text(figures["to_mql"]),
    "SQL": lambda figures: count_text(figures["to_sql"]),
    "SQL accepted": lambda figures: count_text(figures["sql_accepted"]),
    "handed over": lambda figures: count_text(figures["to_with_sales"]),
    "won": lambda figures: count_text(figures["to_won"]),
    "amount": lambda figures: amounts_text(figures["amounts"]),
}
COUNT: Columns = {"leads": lambda figures: count_text(figures["n"])}
CONVERTED: Columns = {
    "leads": lambda figures: count_text(figures["leads"]),
    "of those there": lambda figures: percent(figures["share"]),
}
