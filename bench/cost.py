"""Computes what a million consultation requests cost on AWS, from measurements here and from list prices."""

from collections import defaultdict
from dataclasses import dataclass, field

from bench import calls, processor
from bench.lead_factory import LeadFactory
from bench.prices import MILLION, PRICES, dollars
from bench.report import Section, p50
from bench.world import World

MEMORY_GB = 0.5
FULL_PROCESSOR_GB = 1769 / 1024
CALL_SECONDS = 0.008
COLD_SHARE, COLD_SECONDS, SECRETS_A_START = 0.01, 0.5, 1
LOG_BYTES = 700
TRACED_SHARE = 0.05
TRANSITIONS = 3 * processor.TIMER_LOOKS + 1
"""The state transitions of one timer: Wait, Task and Choice for each look, and the end."""


@dataclass
class Usage:
    """The usage of one consultation request that AWS bills."""

    of: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def invocation(self, spent: processor.Spent) -> None:
        """Adds one invocation; with a share of a processor, processor time takes longer by the clock."""
        seconds = (spent.own + spent.sdk) * FULL_PROCESSOR_GB / MEMORY_GB + spent.calls * CALL_SECONDS
        self.of["Lambda, requests"] += 1
        self.of["Lambda, GB-seconds (arm64)"] += (seconds + COLD_SHARE * COLD_SECONDS) * MEMORY_GB
        self.of["Secrets Manager, calls"] += COLD_SHARE * SECRETS_A_START
        self.of["CloudWatch Logs, GB"] += LOG_BYTES / 1e9
        self.of["X-Ray, traces"] += TRACED_SHARE

    def dynamodb(self, factory: LeadFactory, *requests: str) -> None:
        """Adds the read and write units of these requests."""
        for what in requests:
            bill = calls.bill(factory, what)
            self.of["DynamoDB, read units"] += bill.reads
            self.of["DynamoDB, write units"] += bill.writes

    def dollars(self, region: str, kind: str) -> float:
        """Returns the cost of a million requests in a region."""
        return dollars(region, kind, self.of[kind] * MILLION)


def measure(world: World) -> Section:
    """Measures one request and prices a million: from the form to the mail with its timer, and sales' own requests."""
    factory = LeadFactory(world)
    for what in calls.REQUESTS:
        calls.bill(factory, what)
    to_mail, sales = _to_mail(factory), _sales(factory)
    rows = []
    for kind in PRICES["us-east-1"]:
        amounts = [f"{usage.of[kind]:.6f}".rstrip("0").rstrip(".") or "0" for usage in (to_mail, sales)]
        rows.append((kind, *amounts, *(f"{to_mail.dollars(r, kind) + sales.dollars(r, kind):.2f}" for r in PRICES)))
    for title, usages in (("from form to mail", (to_mail,)), ("all", (to_mail, sales))):
        totals = [sum(usage.dollars(r, kind) for usage in usages for kind in PRICES[r]) for r in PRICES]
        rows.append((f"**{title}, a million**", "", "", *(f"**{total:.0f}**" for total in totals)))
    return Section(
        "What a million consultation requests cost on AWS",
        "cost",
        ("what", "each, form to mail", "each, sales", *(f"$ a million, {region}" for region in PRICES)),
        rows,
        (
            "List prices as known to us in November 2026, without free tiers (`bench/prices.py`); check them.",
            f"To the mail: form, bus, one mail, a timer that looks {processor.TIMER_LOOKS} times. Sales: the link is "
            "opened and pressed, the contact is logged.",
            f"Assumed: {MEMORY_GB * 1024:.0f} MB; {CALL_SECONDS * 1000:.0f} ms by the clock for each AWS call; a "
            f"processor like the one here, of which {MEMORY_GB * 1024:.0f} MB get {MEMORY_GB / FULL_PROCESSOR_GB:.0%}; "
            f"{COLD_SHARE:.0%} cold starts of {COLD_SECONDS} s, which are billed; {LOG_BYTES} bytes of Lambda's own "
            f"log lines for each invocation; {TRACED_SHARE:.0%} traced.",
            "Free: reading the stream from Lambda, rules that match, delivery to Lambda and Step Functions. Left out: "
            "storage, backups, the firewall, alarms and secrets by the month, data sent to the internet.",
        ),
    )


def _to_mail(factory: LeadFactory) -> Usage:
    usage = Usage()
    samples = [processor.steps(factory) for _ in range(100)]
    for name, parts in samples[0].items():
        for place in range(len(parts)):
            usage.invocation(_typical([sample[name][place] for sample in samples]))
    usage.dynamodb(factory, "a consultation that is handed over", "the mail of a handoff")
    usage.dynamodb(factory, *["follow_up, nothing is due"] * processor.TIMER_LOOKS)
    usage.of["API Gateway, REST requests"] = 1
    usage.of["EventBridge, events"] = 3
    usage.of["Step Functions, transitions"] = TRANSITIONS
    usage.of["SNS, e-mails"] = 1
    return usage


def _sales(factory: LeadFactory) -> Usage:
    usage = Usage()
    spent = processor.sample(factory, 100, ("show_link", "use_link", "log_contact", "publish_events"))
    for name in ("show_link", "use_link", "publish_events", "log_contact", "publish_events"):
        usage.invocation(_typical(spent[name]))
    usage.dynamodb(factory, "get a lead", "accept", "contact")
    usage.of["API Gateway, REST requests"] = 3
    usage.of["EventBridge, events"] = 2
    return usage


def _typical(spent: list[processor.Spent]) -> processor.Spent:
    own, sdk = p50([one.own for one in spent]), p50([one.sdk for one in spent])
    return processor.Spent(own, sdk, round(p50([float(one.calls) for one in spent])))
