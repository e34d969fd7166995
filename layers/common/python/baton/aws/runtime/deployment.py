"""Answers CloudFormation for functions that run at a deployment (custom resources)."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

Step = Callable[[dict[str, Any], Any], dict[str, int]]

FRESH_ROLE_SECONDS = 15.0
"""The time for which AWS may refuse what a role allows that was made a moment before."""
PAUSE_SECONDS = 1.0


def answer_deployment(step: Step) -> Step:
    """Wraps a step of a deployment: reports success or failure to CloudFormation; a failure stops the deployment."""

    def reported(event: dict[str, Any], context: Any) -> dict[str, int]:
        outputs: dict[str, int] = {}
        status, reason = "SUCCESS", ""
        try:
            outputs = _allowed(step, event, context)
        except Exception as fault:  # without an answer CloudFormation waits for an hour
            status, reason = "FAILED", f"{type(fault).__name__}: {fault}"[:1000]
        _report(event, status, reason, outputs)
        return outputs

    return reported


def _allowed(step: Step, event: dict[str, Any], context: Any) -> dict[str, int]:
    """Takes a step, and takes it again while AWS does not know the permissions of its new role."""
    end = time.monotonic() + FRESH_ROLE_SECONDS
    while True:
        try:
            return step(event, context)
        except Exception as fault:
            if not _is_denied(fault) or time.monotonic() > end:
                raise
        time.sleep(PAUSE_SECONDS)


def _is_denied(fault: Exception) -> bool:
    answer: Any = getattr(fault, "response", None)
    return isinstance(answer, dict) and answer.get("Error", {}).get("Code", "").startswith("AccessDenied")


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
