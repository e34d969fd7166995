"""Counts what becomes of webhook deliveries beside signals, as metrics by source and reason, without personal data."""

from collections import Counter
from collections.abc import Iterable


def count_let_go(source: str, reasons: Iterable[str]) -> None:
    """Counts the parts of a delivery that were understood and make no signal, in the metric `LetGoWebhooks`."""
    _count("LetGoWebhooks", source, reasons)


def count_waiting(source: str, number: int) -> None:
    """Counts the parts of a delivery that wait for the address of their person, in the metric `WaitingWebhooks`."""
    _count("WaitingWebhooks", source, ["unknown_id"] * number)


def _count(metric: str, source: str, reasons: Iterable[str]) -> None:
    counts = Counter(reasons)
    if not counts:
        return
    from aws_lambda_powertools import single_metric  # many deliveries need none  # noqa: PLC0415
    from aws_lambda_powertools.metrics import MetricUnit  # noqa: PLC0415

    for reason, times in counts.items():
        with single_metric(name=metric, unit=MetricUnit.Count, value=times) as counted:
            counted.add_dimension(name="source", value=source)
            counted.add_dimension(name="reason", value=reason)
