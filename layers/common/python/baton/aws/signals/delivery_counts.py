"""Counts what becomes of webhook deliveries beside signals, as metrics by source and reason, without personal data."""

from collections import Counter
from collections.abc import Iterable

from baton.aws.runtime.counters import count


def count_let_go(source: str, reasons: Iterable[str]) -> None:
    """Counts the parts of a delivery that were understood and make no signal, in the metric `LetGoWebhooks`."""
    _count("LetGoWebhooks", source, reasons)


def count_waiting(source: str, number: int) -> None:
    """Counts the parts of a delivery that wait for the address of their person, in the metric `WaitingWebhooks`."""
    _count("WaitingWebhooks", source, ["unknown_id"] * number)


def _count(metric: str, source: str, reasons: Iterable[str]) -> None:
    for reason, times in Counter(reasons).items():
        count(metric, times, source=source, reason=reason)
