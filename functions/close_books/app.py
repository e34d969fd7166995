"""Runs every night: stores how many leads had which status when the day ended, also for days that were missed."""

from typing import Any

from baton.aws.reports.daily_balances import DailyBalances
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store

balances = DailyBalances(ReportQueries(Store.from_environment()))


def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Stores the balance of each day that is over, and returns how many days these were. A repeat changes nothing."""
    return {"closed": balances.close(utc_now())}
