"""Daily balances: how many leads had each status and stage at the end of a day, so that reports need not count them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baton.aws.reports.report_queries import ClosedDay, ReportQueries
from baton.aws.table.keys import report_keys
from baton.domain.basics.moments import iso
from baton.domain.reports.lead_balance import NO_LEADS, Balance
from baton.domain.reports.rows.span import A_DAY, MAX_SPAN, Span, midnight

SETTLED = timedelta(hours=1)
"""After this time all writes from before midnight have ended, and index 2 shows them."""


@dataclass(frozen=True, slots=True)
class DailyBalances:
    """Stores a balance for each day, once; it never changes afterwards."""

    rows: ReportQueries

    def close(self, now: datetime) -> int:
        """Stores the balances of all days that are over, earliest first, and returns their number.

        Interrupted and run again, it continues with the next day.
        """
        last, closed = midnight(now - SETTLED), 0
        while (before := self._latest(last, now)) and before.at < last:
            day = Span(before.at, before.at + A_DAY)
            self._keep(before.at.date(), before.balance.after(self.rows.moves(day)), now)
            closed += 1
        return closed

    def _latest(self, last: datetime, now: datetime) -> ClosedDay | None:
        """Returns the latest balance, or an empty one of the day before the first lead; None without any lead."""
        return self.rows.closed(last) or self._beginning(now)

    def _beginning(self, now: datetime) -> ClosedDay | None:
        for month in Span(now - MAX_SPAN, now).months:
            if first := self.rows.first_move(month):
                return ClosedDay(NO_LEADS, midnight(first))
        return None

    def _keep(self, day: date, balance: Balance, now: datetime) -> None:
        store = self.rows.store
        item = report_keys.daily_balance(day) | {"body": {"S": balance.written()}, "closed_at": {"S": iso(now)}}
        with suppress(store.dynamodb.exceptions.ConditionalCheckFailedException):  # somebody else has closed it
            store.dynamodb.put_item(TableName=store.table, Item=item, ConditionExpression="attribute_not_exists(pk)")
