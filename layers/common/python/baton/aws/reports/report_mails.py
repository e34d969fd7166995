"""The weekly report mail: its recipients, and the mark that a department has got it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.table.keys import report_keys
from baton.aws.table.keys.item_key import Key, sort_key_of
from baton.aws.table.store import Store
from baton.domain.notifications.departments import DepartmentName, department_addresses
from baton.domain.reports.rows.span import Span, last_full_days

DEPARTMENTS: tuple[DepartmentName, ...] = ("marketing", "sales")
REMEMBERED = timedelta(days=90)


def period_of(event: Mapping[str, Any], now: datetime, time_zone: str) -> Span:
    """Returns the period of a schedule's event: the full days before its time, or before now if it has no time."""
    return last_full_days(datetime.fromisoformat(event["time"]) if "time" in event else now, time_zone)


@dataclass(frozen=True, slots=True)
class ReportMails:
    """The mails about one period, one for each department."""

    store: Store
    span: Span

    def unsent(self) -> list[DepartmentName]:
        """Returns the departments that have not got the mail yet."""
        keys = [self._key(each) for each in DEPARTMENTS]
        answer: Any = self.store.dynamodb.batch_get_item(
            RequestItems={self.store.table: {"Keys": keys, "ConsistentRead": True}}
        )
        if answer["UnprocessedKeys"]:
            raise RuntimeError("the table is busy; the schedule tries again")
        found = {sort_key_of(item) for item in answer["Responses"][self.store.table]}
        return [each for each in DEPARTMENTS if sort_key_of(self._key(each)) not in found]

    def recipients(self, department: DepartmentName, agreement: Agreement) -> Sequence[str]:
        """Returns the addresses in marketing with a mail subscription; in sales, those of the teams' managers."""
        return department_addresses(department, agreement, self.store.roster)

    def mark_sent(self, department: DepartmentName, now: datetime) -> None:
        """Marks that a department has got the mail."""
        item = self._key(department) | {"expires_at": {"N": str(int((now + REMEMBERED).timestamp()))}}
        self.store.dynamodb.put_item(TableName=self.store.table, Item=item)

    def _key(self, department: DepartmentName) -> Key:
        return report_keys.report_mail(*self.span.dates, department)
