"""Remembers in the table what operations were told of each kind of failure, and what they were not told yet."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws.table.keys import report_keys
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.failures.failure_news import Known, News

NEVER = ""


def known_from(item: Mapping[str, Any]) -> Known:
    """Reads what is known of a kind from its item."""
    return Known(
        int(item.get("lying", {"N": "0"})["N"]),
        int(item.get("untold", {"N": "0"})["N"]),
        _moment(item, "told_at"),
        _moment(item, "since"),
        item["redriven"]["S"] if "redriven" in item else None,
        _moment(item, "read_until"),
    )


def _moment(item: Mapping[str, Any], name: str) -> datetime | None:
    text = item.get(name, {"S": NEVER})["S"]
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class FailureLog:
    """One small item for each kind of failure that ever came; no personal data."""

    store: Store

    def known(self) -> dict[str, Known]:
        """Reads what is known of all kinds, by their names."""
        items = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression="pk = :failures",
            ExpressionAttributeValues={":failures": {"S": report_keys.FAILURES}},
            ConsistentRead=True,
        )
        return {report_keys.kind_of_failure(item): known_from(item) for item in items}

    def note_depth(self, name: str, depth: int, before: Known, now: datetime) -> None:
        """Notes how many messages lie in a queue; what is more than before came since, and is to be told."""
        if depth == before.depth:
            return
        since = (before.since or now) if depth else None
        self._change(
            name,
            "SET lying = :lying, since = :since ADD untold :new",
            "lying = :before" if before.depth else "attribute_not_exists(lying) OR lying = :before",
            {
                ":lying": {"N": str(depth)},
                ":since": {"S": iso(since) if since else NEVER},
                ":new": {"N": str(max(0, depth - before.depth))},
                ":before": {"N": str(before.depth)},
            },
        )

    def note_counted(self, name: str, new: int, before: Known, until: datetime) -> None:
        """Notes how many failures a metric counts up to a moment, each once: they are to be told."""
        read = before.read_until
        self._change(
            name,
            "SET read_until = :until ADD untold :new",
            "read_until = :read" if read else "attribute_not_exists(read_until)",
            {
                ":until": {"S": iso(until)},
                ":new": {"N": str(new)},
                **({":read": {"S": iso(read)}} if read else {}),
            },
        )

    def note_redriven(self, name: str, done: Mapping[str, Any], now: datetime) -> None:
        """Notes what the last redrive of a queue did."""
        told = json.dumps({"at": iso(now), **done})
        self._change(name, "SET redriven = :told", None, {":told": {"S": told}})

    def note_event(self, name: str, event_id: str) -> None:
        """Notes one failure that the account's bus told of; the same event again changes nothing."""
        self._change(
            name,
            "SET last_event = :event ADD untold :one",
            "attribute_not_exists(last_event) OR last_event <> :event",
            {":event": {"S": event_id}, ":one": {"N": "1"}},
        )

    def claim(self, told: Iterable[News], known: Mapping[str, Known], now: datetime) -> list[News]:
        """Returns those of which nobody else is telling operations just now; marks that they are told."""
        return [each for each in told if self._tell(each.kind.name, known, now)]

    def _tell(self, name: str, known: Mapping[str, Known], now: datetime) -> bool:
        before = known.get(name, Known()).told_at
        return self._change(
            name,
            "SET told_at = :now",
            "told_at = :before" if before else "attribute_not_exists(told_at) OR told_at = :before",
            {":now": {"S": iso(now)}, ":before": {"S": iso(before) if before else NEVER}},
        )

    def let_go(self, told: Iterable[News], known: Mapping[str, Known], now: datetime) -> None:
        """Takes the marks back: the mail did not go out."""
        for each in told:
            before = known.get(each.kind.name, Known()).told_at
            self._change(
                each.kind.name,
                "SET told_at = :before",
                "told_at = :now",
                {":now": {"S": iso(now)}, ":before": {"S": iso(before) if before else NEVER}},
            )

    def settle(self, told: Iterable[News], known: Mapping[str, Known]) -> None:
        """Takes what the mail told off what is to be told; failures that came meanwhile stay."""
        for each in told:
            if untold := known.get(each.kind.name, Known()).untold:
                values = {":told": {"N": str(-untold)}, ":untold": {"N": str(untold)}}
                self._change(each.kind.name, "ADD untold :told", "untold >= :untold", values)

    def _change(self, name: str, expression: str, condition: str | None, values: dict[str, Any]) -> bool:
        """Changes a kind's item, unless another run changed it first; returns whether it was changed."""
        key: Any = report_keys.failure(name)
        conditions: Any = {"ConditionExpression": condition} if condition else {}
        try:
            self.store.dynamodb.update_item(
                TableName=self.store.table,
                Key=key,
                UpdateExpression=expression,
                ExpressionAttributeValues=values,
                **conditions,
            )
        except self.store.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True
