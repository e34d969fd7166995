"""To whom the weekly mail goes, and which department has had it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from baton.agreement.terms.agreement import Agreement
from baton.aws.table.keys import item_key, report_keys
from baton.aws.table.store import Store
from baton.domain.reports.rows.span import Span, last_full_days
from baton.domain.teams.reps import Subscription
from baton.domain.teams.roster import manager_addresses

Department = Literal["marketing", "sales"]
DEPARTMENTS: tuple[Department, ...] = ("marketing", "sales")
REMEMBERED = timedelta(days=90)
_REACHED = frozenset({Subscription.CONFIRMED, Subscription.UNPROTECTED})


def days_meant(event: Mapping[str, Any], now: datetime) -> Span:
    """The days about which a schedule's event wants a mail: those before its own time; before now, if it says none."""
    return last_full_days(datetime.fromisoformat(event["time"]) if "time" in event else now)


@dataclass(frozen=True, slots=True)
class ReportMails:
    """The mails about one period."""

    store: Store
    span: Span

    def unsent(self) -> list[Department]:
        """The departments that have not had the mail yet."""
        wanted = [self._key(each) for each in DEPARTMENTS]
        answer: Any = self.store.dynamodb.batch_get_item(
            RequestItems={self.store.table: {"Keys": wanted, "ConsistentRead": True}}
        )
        if answer["UnprocessedKeys"]:
            raise RuntimeError("the table is busy; the schedule tries again")
        found = {item["sk"]["S"] for item in answer["Responses"][self.store.table]}
        return [each for each in DEPARTMENTS if self._key(each)["sk"]["S"] not in found]

    def recipients(self, department: Department, agreement: Agreement) -> Sequence[str]:
        """Everybody in marketing whom mail reaches; in sales, the managers of its teams."""
        marketing = agreement.marketing.team
        if department == "marketing":
            return sorted(rep.email for rep in self.store.roster(marketing) if rep.subscription in _REACHED)
        teams = [team for team in agreement.teams if team != marketing]
        return sorted({email for team in teams for email in manager_addresses(self.store.roster(team))})

    def mark_sent(self, department: Department, now: datetime) -> None:
        """Remember that a department has had it."""
        item = self._key(department) | {"expires_at": {"N": str(int((now + REMEMBERED).timestamp()))}}
        self.store.dynamodb.put_item(TableName=self.store.table, Item=item)

    def _key(self, department: Department) -> item_key.Key:
        return report_keys.report_mail(self.span.start.date(), self.span.end.date(), department)
