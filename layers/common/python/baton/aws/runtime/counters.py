"""Counts what happened in a metric of CloudWatch, written to the function's log."""


def count(metric: str, times: int = 1, **dimensions: str) -> None:
    """Adds to a metric by its dimensions, such as `source` and `reason`, which hold no personal data."""
    from aws_lambda_powertools import single_metric  # most requests count nothing  # noqa: PLC0415
    from aws_lambda_powertools.metrics import MetricUnit  # noqa: PLC0415

    with single_metric(name=metric, unit=MetricUnit.Count, value=times) as counted:
        for name, value in dimensions.items():
            counted.add_dimension(name=name, value=value)
