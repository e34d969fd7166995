"""Adds up what AWS bills for what was played, by unit."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bench.lean.played_stack import Invocation, PlayedStack
from bench.meter import Call

FUNCTION = "AWS::Serverless::Function"
FULL_PROCESSOR_GB = 1769 / 1024
"""With so much memory a function has a whole processor."""
CALL_SECONDS = 0.008
"""How long an AWS call takes by the clock."""
COLD_SHARE, COLD_SECONDS, SECRETS_A_START = 0.01, 0.5, 1
LOG_BYTES = 700
TRACED_SHARE = 0.05
CHUNK = 64 * 1024
"""The bus and queues bill each so many bytes of a message."""


def usage(stack: PlayedStack) -> dict[str, float]:
    """Returns the units that AWS bills for all that was played."""
    used: dict[str, float] = defaultdict(float)
    traced, memory = is_traced(stack.template), _memory_by_folder(stack.template)
    for run in stack.invocations:
        for unit, number in _of_run(run, memory[run.function], traced):
            used[unit] += number
    used["API Gateway, REST requests"] = stack.requests
    used["Step Functions, transitions"] = sum(timer.transitions for timer in stack.timers)
    return used


def is_traced(template: Any) -> bool:
    """Tells whether functions are traced unless somebody wants it otherwise."""
    tracing = str(template["Globals"]["Function"].get("Tracing", "PassThrough"))
    default = template["Parameters"].get(tracing, {}).get("Default", tracing)
    return str(default) == "Active"


def memory_gb(template: Any, function: Any) -> float:
    """Returns a function's memory in GB, by the parsed template and the function's properties."""
    return float(function.get("MemorySize", template["Globals"]["Function"]["MemorySize"])) / 1024


def _memory_by_folder(template: Any) -> dict[str, float]:
    functions = [each["Properties"] for each in template["Resources"].values() if each["Type"] == FUNCTION]
    return {str(each["CodeUri"]).rpartition("/")[2]: memory_gb(template, each) for each in functions}


def _of_run(run: Invocation, gb: float, traced: bool) -> Iterator[tuple[str, float]]:
    """Yields one run's units; with a share of a processor, processor time takes longer by the clock."""
    seconds = run.seconds * max(1, FULL_PROCESSOR_GB / gb) + len(run.calls) * CALL_SECONDS
    yield "Lambda, requests", 1
    yield "Lambda, GB-seconds (arm64)", (seconds + COLD_SHARE * COLD_SECONDS) * gb
    yield "Secrets Manager, calls", COLD_SHARE * SECRETS_A_START
    yield "CloudWatch Logs, GB", LOG_BYTES / 1e9
    yield "X-Ray, traces", TRACED_SHARE if traced else 0
    yield "DynamoDB, read units", run.bill.reads
    yield "DynamoDB, write units", run.bill.writes
    yield "SQS, requests", 2 if run.from_queue else 0  # to receive and to delete
    for call in run.calls:
        yield from _of_call(call)


def _of_call(call: Call) -> Iterable[tuple[str, float]]:
    match call.operation:
        case "PutEvents":
            return [("EventBridge, events", sum(_chunks(entry) for entry in call.sent["Entries"]))]
        case "Publish":
            return [("SNS, e-mails", 1)]
        case "SendMessage" | "SendMessageBatch":
            return [("SQS, requests", _chunks(call.sent))]
        case _:
            return []


def _chunks(sent: Any) -> int:
    return -(-len(json.dumps(sent, default=str)) // CHUNK)
