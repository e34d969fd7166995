"""Answers CloudFormation, which waits for what a function did at deployment (a custom resource)."""

import json
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

Step = Callable[[dict[str, Any], Any], dict[str, int]]


def answer_deployment(step: Step) -> Step:
    """Run a step of a deployment and report how it went; a failure stops the deployment and names its kind."""

    def reported(event: dict[str, Any], context: Any) -> dict[str, int]:
        outputs: dict[str, int] = {}
        status, reason = "SUCCESS", ""
        try:
            outputs = step(event, context)
        except Exception as fault:  # whatever it is, CloudFormation must hear of it, or it waits for an hour
            status, reason = "FAILED", f"{type(fault).__name__}: {fault}"[:1000]
        _report(event, status, reason, outputs)
        return outputs

    return reported


def _report(event: dict[str, Any], status: str, reason: str, outputs: dict[str, int]) -> None:
    body = {
        "Status": status,
        "Reason": reason or "done",
        "PhysicalResourceId": event.get("PhysicalResourceId", event["LogicalResourceId"]),
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "Data": outputs,
    }
    url: str = event["ResponseURL"]
    if not url.startswith(("https://", "http://")):
        raise ValueError("CloudFormation's answer address is no web address")
    request = Request(url, json.dumps(body).encode(), {"Content-Type": ""}, method="PUT")  # noqa: S310  # checked above
    urlopen(request, timeout=10).close()  # noqa: S310  # checked above
