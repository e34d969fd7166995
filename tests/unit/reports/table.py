"""A table in memory with the writes of the store and the queries of reports, a few items a page."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from baton.aws.reports.report_queries import ReportQueries
from baton.aws.table.store import Store

A_PAGE = 7
Item = dict[str, Any]


class Refused(Exception):
    """The condition does not hold."""


@dataclass
class Table:
    """As much of DynamoDB as reports need."""

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    queries: int = 0
    exceptions: Any = field(default_factory=lambda: SimpleNamespace(ConditionalCheckFailedException=Refused))

    @property
    def store(self) -> Store:
        return Store(self, "table")  # type: ignore[arg-type]  # it asks no more of it

    @property
    def rows(self) -> ReportQueries:
        return ReportQueries(self.store)

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # as the SDK spells it
        for write in TransactItems:
            if "Put" in write:
                self._keep(write["Put"]["Item"])

    def put_item(self, *, Item: Item, ConditionExpression: str, **_: Any) -> None:
        assert ConditionExpression == "attribute_not_exists(pk)"
        if _key(Item) in self.items:
            raise Refused
        self._keep(Item)

    def query(self, *, KeyConditionExpression: str, ExpressionAttributeValues: Item, **how: Any) -> Item:
        self.queries += 1
        values = {name: value["S"] for name, value in ExpressionAttributeValues.items()}
        index = how.get("IndexName", "")
        found = sorted(self._matching(KeyConditionExpression, values), key=lambda item: item[f"{index}sk"]["S"])
        if not how.get("ScanIndexForward", True):
            found.reverse()
        after = how.get("ExclusiveStartKey")
        start = found.index(after) + 1 if after else 0
        end = start + min(A_PAGE, how.get("Limit", A_PAGE))
        return {"Items": found[start:end]} | ({"LastEvaluatedKey": found[end - 1]} if end < len(found) else {})

    def _matching(self, condition: str, values: dict[str, str]) -> list[Item]:
        match condition.split(" AND ", 1):
            case ["gsi2pk = :list", *further]:
                within = [item for item in self.items.values() if item.get("gsi2pk") == {"S": values[":list"]}]
                if not further:
                    return within
                assert further == ["gsi2sk BETWEEN :start AND :end"]
                return [item for item in within if values[":start"] <= item["gsi2sk"]["S"] <= values[":end"]]
            case ["pk = :balances", "sk <= :day"]:
                balances = [item for item in self.items.values() if item["pk"]["S"] == values[":balances"]]
                return [item for item in balances if item["sk"]["S"] <= values[":day"]]
        raise NotImplementedError(condition)

    def _keep(self, item: Item) -> None:
        self.items[_key(item)] = item


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]
