"""AWS's limits that a simulation knows, as documented in November 2026; most can be raised by request."""

from dataclasses import dataclass

KEY_WRITES, KEY_READS = 1_000.0, 3_000.0
"""Units a second for each partition key: a hard limit (best practices for designing partition keys)."""
NEW_TABLE_WRITES = 4_000.0
"""Write units a second of a new on-demand table; it doubles with each half hour's peak, or is warmed beforehand."""
WARM_TABLE_WRITES = 40_000.0
"""The quota of an on-demand table."""


CALL, FROM_BUS, POLL = 0.006, 0.3, 0.25
"""Seconds: of an AWS call by the clock; from the bus to a function; between two looks at a shard of the stream."""


@dataclass(frozen=True)
class Quotas:
    """Limits of one account, by the second, with how many may come at once."""

    forms: tuple[float, float]
    """The stage's own throttle on forms, of template.yaml."""
    table_writes: float = WARM_TABLE_WRITES
    gateway: tuple[float, float] = (10_000, 5_000)
    concurrency: int = 1_000
    bus: tuple[float, float] = (2_400, 2_400)
    timer_starts: tuple[float, float] = (150, 800)
    mails: tuple[float, float] = (9_000, 9_000)
    shards: int = 4
    """The stream's shards: one for each of the table's partitions, at least four."""


REGIONS: dict[str, dict[str, tuple[float, float]]] = {
    "us-east-1": {"bus": (10_000, 10_000), "timer_starts": (300, 1_300), "mails": (30_000, 30_000)},
    "eu-central-1": {"bus": (2_400, 2_400), "timer_starts": (150, 800), "mails": (9_000, 9_000)},
}
