"""Counts what happened in a metric of CloudWatch, written to the function's log."""

import json

from baton.aws.runtime.settings import setting
from baton.aws.runtime.utc_clock import utc_now


def count(metric: str, times: int = 1, in_all: str = "", **dimensions: str) -> None:
    """Adds to a metric by its dimensions, such as `source` and `reason`, which hold no personal data.

    `in_all` is the name of a second metric that counts all of them, whatever their dimensions.
    """
    service, namespace = setting("POWERTOOLS_SERVICE_NAME"), setting("POWERTOOLS_METRICS_NAMESPACE")
    named = {metric: ["service", *dimensions], in_all: ["service"]} if in_all else {metric: ["service", *dimensions]}
    told = [
        {"Namespace": namespace, "Dimensions": [names], "Metrics": [{"Name": name, "Unit": "Count"}]}
        for name, names in named.items()
    ]
    about = {"Timestamp": int(utc_now().timestamp() * 1000), "CloudWatchMetrics": told}
    counted = json.dumps({"_aws": about, "service": service, **dimensions, **{name: [float(times)] for name in named}})
    print(counted)  # noqa: T201  # Lambda's log is where CloudWatch finds it
