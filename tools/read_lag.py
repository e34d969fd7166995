"""Has MiniStack read late what AWS reads eventually.

On AWS an index always follows its table later, and a read of the table that is not `ConsistentRead` may be old as well.
MiniStack answers both at once. Here an index is as it was BATON_INDEX_LAG_MS milliseconds ago, and such a read of the
table as it was BATON_TABLE_LAG_MS milliseconds ago.
"""

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

INDEX_LAG, TABLE_LAG = "BATON_INDEX_LAG_MS", "BATON_TABLE_LAG_MS"
LAGS = (INDEX_LAG, TABLE_LAG)
READS = ("_query", "_scan", "_get_item", "_batch_get_item")
DERIVED = ("items", "_index_members")

Table = dict[str, Any]
"""A table as MiniStack holds it: its definition, and its `items` by partition and sort key."""


def is_wanted() -> bool:
    """Tells whether the environment asks for a lag."""
    return any(milliseconds_of(name) for name in LAGS)


def milliseconds_of(name: str) -> int:
    """Returns the lag that the environment asks for under a name, in milliseconds."""
    return int(os.environ.get(name, "0"))


@dataclass
class Past:
    """A table as it was some time ago: a copy of its items that gets every write that much later."""

    table: Table
    seconds: float
    dynamodb: Any
    copy: Table = field(init=False)
    _due: deque[tuple[float, Any, Any, Any]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        items = defaultdict(dict, {key: dict(below) for key, below in self.table["items"].items()})
        self.copy = {"items": items}

    def note(self, now: float, partition: Any, sort: Any, item: Any) -> None:
        """Notes a write, or with None a deletion, that the copy is to get once its time has passed."""
        self._due.append((now + self.seconds, partition, sort, item))

    def at(self, now: float) -> Table:
        """Returns the copy with all writes whose time has passed."""
        self._take_definition()
        while self._due and self._due[0][0] <= now:
            _, partition, sort, item = self._due.popleft()
            if item is None:
                self.dynamodb._remove_item.now(self.copy, partition, sort)
            else:
                self.dynamodb._set_item.now(self.copy, partition, sort, item)
        return self.copy

    def _take_definition(self) -> None:
        indexes = self.table.get("GlobalSecondaryIndexes")
        if self.copy.get("GlobalSecondaryIndexes") != indexes:
            self.copy.pop("_index_members", None)
        self.copy.update({name: value for name, value in self.table.items() if name not in DERIVED})


@dataclass
class Lag:
    """What MiniStack's module of DynamoDB answers late, in seconds; `clock` returns seconds."""

    dynamodb: Any
    index: float
    table: float
    clock: Callable[[], float] = time.monotonic
    _pasts: dict[tuple[int, float], Past] = field(default_factory=dict)

    def install(self) -> None:
        """Puts the lag between MiniStack's DynamoDB and its callers."""
        for name, item_of in (("_set_item", lambda item: item), ("_remove_item", lambda: None)):
            setattr(self.dynamodb, name, self._noted(getattr(self.dynamodb, name), item_of))
        self.dynamodb._items_replaced = self._forgotten(self.dynamodb._items_replaced)
        for name in READS:
            setattr(self.dynamodb, name, self._late(getattr(self.dynamodb, name)))

    def _noted(self, write: Callable[..., Any], item_of: Callable[..., Any]) -> Callable[..., Any]:
        def noted(table: Table, partition: Any, sort: Any, *item: Any) -> Any:
            for seconds in {self.index, self.table} - {0}:
                self._past(table, seconds).note(self.clock(), partition, sort, item_of(*item))
            return write(table, partition, sort, *item)

        noted.now = write  # type: ignore[attr-defined]
        return noted

    def _forgotten(self, replaced: Callable[[Table], None]) -> Callable[[Table], None]:
        def forgotten(table: Table) -> None:
            for seconds in (self.index, self.table):
                self._pasts.pop((id(table), seconds), None)
            replaced(table)

        return forgotten

    def _late(self, read: Any) -> Callable[[Any], Any]:
        """Returns the same read of tables as they were: its code, in a module that knows only these."""

        def late(request: Any) -> Any:
            module = {**vars(self.dynamodb), "_tables": _Tables(self, request)}
            return FunctionType(read.__code__, module, read.__name__)(request)

        late.now = read  # type: ignore[attr-defined]
        return late

    def seen(self, table: Table, request: Any) -> Table:
        """Returns a table as a request to it, or the part of a batch about it, has to see it."""
        seconds = self.index if request.get("IndexName") else 0 if request.get("ConsistentRead") else self.table
        return self._past(table, seconds).at(self.clock()) if seconds else table

    def _past(self, table: Table, seconds: float) -> Past:
        """Returns a table's past, which is its present before the first write: it holds the table, so ids stay its."""
        key = id(table), seconds
        if key not in self._pasts:
            self._pasts[key] = Past(table, seconds, self.dynamodb)
        return self._pasts[key]


@dataclass
class _Tables:
    """The tables that one request sees; a batch tells for each table how it is read."""

    lag: Lag
    request: Any

    def __contains__(self, name: str) -> bool:
        return name in self.lag.dynamodb._tables

    def __getitem__(self, name: str) -> Table:
        return self.lag.seen(self.lag.dynamodb._tables[name], self._part(name))

    def get(self, name: str) -> Table | None:
        table = self.lag.dynamodb._tables.get(name)
        return None if table is None else self.lag.seen(table, self._part(name))

    def _part(self, name: str) -> Any:
        return self.request.get("RequestItems", {}).get(name, self.request)


def install() -> None:
    """Puts the lags that the environment asks for between MiniStack's DynamoDB and its callers."""
    from ministack.services import dynamodb  # noqa: PLC0415

    Lag(dynamodb, milliseconds_of(INDEX_LAG) / 1000, milliseconds_of(TABLE_LAG) / 1000).install()
