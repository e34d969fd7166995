"""Computes what a deployed stack costs in a month in which nobody uses it, from template.yaml and list prices."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bench.lean.usage import is_traced, memory_gb
from bench.prices import PRICES, dollars
from bench.report import Section
from bench.world import template

MONTH_HOURS = 730
PEOPLE = 10
"""So many people are on the rosters; the check of each address is one request to SNS."""
RUN_SECONDS = 1.0
"""The billed time of a scheduled run: a cold start each time, and what it does."""
RUN_BYTES = 1_500
STORED_GB = 0.01
POLLS = MONTH_HOURS * 3600 / 20 * 5
"""Empty receives of a function that reads a queue: Lambda asks with five connections, each for 20 seconds."""


class Line(NamedTuple):
    """One line of the bill: a unit of `bench/prices.py`, how many, where they come from, and US dollars."""

    unit: str
    amount: float
    of: str
    dollars: float


def idle_month(stack: Mapping[str, Any], region: str) -> list[Line]:
    """Returns the bill of a month in which nobody calls the API.

    `stack` is the parsed template, whose parameters have their defaults; `region` is one of `PRICES`.
    """
    return [Line(unit, amount, of, dollars(region, unit, amount)) for unit, amount, of in _amounts(stack)]


def total(lines: list[Line]) -> float:
    """Returns the sum of a bill in US dollars."""
    return sum(line.dollars for line in lines)


def measure() -> Section:
    """Lists what an idle month costs in each region."""
    bills = {region: idle_month(template(), region) for region in PRICES}
    rows = [
        (line.unit, f"{line.amount:,.4g}", line.of, *(f"{bill[place].dollars:.3f}" for bill in bills.values()))
        for place, line in enumerate(bills["us-east-1"])
    ]
    rows.append(("**together**", "", "", *(f"**{total(bill):.2f}**" for bill in bills.values())))
    return Section(
        "What a month costs in which nobody uses Baton",
        "idle",
        ("what", "how much", "of what", *(f"$, {region}" for region in PRICES)),
        rows,
        (
            "Counted from `template.yaml` with its default parameters; list prices of November 2026, no free tiers.",
            f"Assumed: {PEOPLE} people on rosters; {RUN_SECONDS:g} s billed for each scheduled run; {STORED_GB} GB.",
            "Nothing: the gateway, the user pool, the bus, topics, buckets and state machines, as long as nobody uses "
            "them; AWS's own KMS keys; rules with a schedule; Lambda's reading of the stream.",
        ),
    )


def _amounts(stack: Mapping[str, Any]) -> Iterator[tuple[str, float, str]]:
    resources = {name: one for name, one in stack["Resources"].items() if _is_deployed(stack, one)}
    functions = _of_type(resources, "AWS::Serverless::Function")
    alarms = [_metrics_of(alarm) for alarm in _of_type(resources, "AWS::CloudWatch::Alarm").values()]
    yield "Secrets Manager, secrets for a month", len(_of_type(resources, "AWS::SecretsManager::Secret")), "secrets"
    yield "CloudWatch, alarm metrics for a month", sum(alarms), f"{len(alarms)} alarms"
    polled = [name for name, one in functions.items() if _events(one, "SQS")]
    yield "SQS, requests", POLLS * len(polled), f"empty receives for {', '.join(polled) or 'no function'}"
    runs = {name: runs for name, one in functions.items() if (runs := _runs(stack, one))}
    looks, checks = runs.get("WatchFailuresFunction", 0), runs.get("CheckRosterFunction", 0)
    queues = sum("RedrivePolicy" not in one for one in _of_type(resources, "AWS::SQS::Queue").values())
    yield "SQS, requests", looks * queues, f"{looks:,.0f} looks at {queues} queues"
    yield "CloudWatch, metrics read", looks * _metrics_of_a_look(), f"{looks:,.0f} looks"
    yield (
        "CloudWatch, own metrics for a month",
        MONTH_HOURS / 24 / MONTH_HOURS,
        "ForgottenLeads, in one hour of each day",
    )
    every = sum(runs.values())
    seconds = sum(times * memory_gb(stack, functions[name]) for name, times in runs.items()) * RUN_SECONDS
    yield "Lambda, requests", every, "scheduled runs"
    yield "Lambda, GB-seconds (arm64)", seconds, "scheduled runs"
    yield "DynamoDB, read units", every * 10, "ten for each scheduled run"
    yield "DynamoDB, write units", every, "one for each scheduled run"
    yield "SNS, requests", checks * PEOPLE, "checks of everybody's address"
    yield "CloudWatch Logs, GB", every * RUN_BYTES / 1e9, "scheduled runs"
    traced = every if is_traced(stack) else 0
    yield "X-Ray, traces", traced, "scheduled runs"
    yield "EventBridge, events", MONTH_HOURS / 24, "one for each nightly search"
    tables = _of_type(resources, "AWS::DynamoDB::Table")
    yield "DynamoDB, GB kept for a month", STORED_GB * len(tables), f"{len(tables)} tables"
    yield "DynamoDB, GB recoverable for a month", STORED_GB * len(tables), "point-in-time recovery of both"


def _metrics_of_a_look() -> float:
    """Returns how many metrics watch_failures asks for in a look, while there are no refused forms."""
    return 2 + 2 / 4  # two of them in one look of four


def _is_deployed(stack: Mapping[str, Any], resource: Mapping[str, Any]) -> bool:
    """Tells whether a resource is there by default: those with a condition are options."""
    return resource.get("Condition") not in stack["Conditions"]


def _of_type(resources: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {id_: one.get("Properties", {}) for id_, one in resources.items() if one["Type"] == name}


def _metrics_of(alarm: Mapping[str, Any]) -> int:
    """Returns how many metrics an alarm is billed for: each one in its sums, or one."""
    return sum("MetricStat" in part for part in alarm.get("Metrics", [])) or 1


def _events(function: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [each["Properties"] for each in function.get("Events", {}).values() if each["Type"] == kind]


def _runs(stack: Mapping[str, Any], function: Mapping[str, Any]) -> float:
    """Returns how often a month its schedules run a function."""
    return sum(_times(str(stack["Parameters"].get(each["Schedule"], {}).get("Default", each["Schedule"])))
               for each in [*_events(function, "Schedule"), *_events(function, "ScheduleV2")])  # fmt: skip


def _times(schedule: str) -> float:
    """Returns how often a month a schedule comes: `rate(15 minutes)`, or a day or a week of `cron`."""
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", schedule):
        return MONTH_HOURS / (int(rate[1]) * {"minute": 1 / 60, "hour": 1, "day": 24}[rate[2]])
    day_of_week = schedule.removeprefix("cron(").split()[4]
    return MONTH_HOURS / 24 / (1 if day_of_week in ("?", "*") else 7)


if __name__ == "__main__":
    print(measure())
