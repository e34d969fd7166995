"""Every night: how many leads were where when the day was over? Days that were missed are closed as well."""

from typing import Any

from baton.aws.reports.daily_balances import DailyBalances
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store

books = DailyBalances(ReportQueries(Store.from_environment()))


def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Close whatever days are over, and say how many these were; run again, nothing changes."""
    return {"closed": books.close(utc_now())}
