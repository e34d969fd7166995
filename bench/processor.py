"""Measures the processor time of a warm request, for each function and for a lead from the form to the mail."""

import gc
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bench import functions
from bench.copied_leads import gather
from bench.functions import handler
from bench.lead_factory import SAMPLES, Event, LeadFactory
from bench.meter import metered
from bench.report import Section, ms, p50, p99
from bench.world import World

REQUESTS = 200
LEADS = 50_000
LIMIT_MS, AIM_MS = 20, 8
TIMER_LOOKS = 2
"""The number of a timer's looks at a lead that is accepted and contacted in time: one for each clock."""
GIVEN = (("Odoo 18", 65), ("Frappe CRM", 120))


@dataclass(frozen=True, slots=True)
class Spent:
    """The processor seconds of one request, outside AWS calls and in the SDK; and the number of calls."""

    own: float
    sdk: float
    calls: int


def measure(world: World) -> Section:
    """Measures every kind of request, with an almost empty table and with fifty thousand leads."""
    factory = LeadFactory(world)
    empty = _all(factory)
    gather(world, LEADS)
    crowded = _all(factory)
    rows = [_row(name, empty[name], crowded[name]) for name in empty]
    rows += [(f"{crm}, per lead (given, not measured here)", str(given), *[""] * 6) for crm, given in GIVEN]
    missing = [name for name in functions.names() if name not in SAMPLES]
    return Section(
        "Processor time of a warm request",
        "processor",
        ("function", "p50 ms", "p99", "p50 with SDK", f"p50 at {LEADS:,} leads", "p99", "p50 with SDK", "AWS calls"),
        rows,
        (
            f"{REQUESTS} requests each, each on a lead of its own; processor time of the handler's thread, without "
            "what passes inside AWS calls. `With SDK` counts that too (botocore serialises, signs, sends and parses), "
            "and is what to hold against the CRMs' figures, which count their database clients.",
            f"From form to mail: submit_form, publish_events, notify_sales and {TIMER_LOOKS} × follow_up, which is "
            f"what a lead needs that is accepted and contacted in time. Limit {LIMIT_MS} ms, aim {AIM_MS} ms.",
            f"Not sampled: {', '.join(missing)}." if missing else "All functions are sampled.",
        ),
    )


def _all(factory: LeadFactory) -> dict[str, list[Spent]]:
    per_lead(factory)
    return {"from form to mail": [per_lead(factory) for _ in range(REQUESTS)], **sample(factory, REQUESTS, SAMPLES)}


def sample(factory: LeadFactory, requests: int, names: Iterable[str]) -> dict[str, list[Spent]]:
    """Returns what these functions spend on each of so many requests."""
    spent = {}
    for name in names:
        _spend(name, SAMPLES[name](factory))  # a warm function has read the agreement and its secrets
        events = [SAMPLES[name](factory) for _ in range(requests)]
        spent[name] = [_spend(name, one) for one in events]
    return spent


def per_lead(factory: LeadFactory) -> Spent:
    """Returns the sum of one consultation request: all functions on its way to the mail, and its timer."""
    by_function = steps(factory)
    whole = [part for parts in by_function.values() for part in parts]
    return Spent(sum(part.own for part in whole), sum(part.sdk for part in whole), sum(part.calls for part in whole))


def steps(factory: LeadFactory) -> dict[str, list[Spent]]:
    """Returns what each function spends on one consultation request and its timer."""
    spent: dict[str, list[Spent]] = defaultdict(list)
    form = factory.form()
    spent["submit_form"].append(_spend("submit_form", form))
    lead = factory.sent_by(form)
    records = factory.events_of(lead)
    spent["publish_events"].append(_spend("publish_events", {"Records": records}))
    offered = {"detail-type": "HandoffOffered", "detail": {"event_id": lead.timer}}
    spent["notify_sales"].append(_spend("notify_sales", offered))
    for _ in range(TIMER_LOOKS):
        spent["follow_up"].append(_spend("follow_up", {"lead_id": lead.lead_id, "event_id": lead.timer}))
    return spent


def _spend(name: str, event: Event) -> Spent:
    run = handler(name)
    gc.collect(0)
    with metered() as calls:
        begun = time.thread_time()
        answer = run(event, None)
        whole = time.thread_time() - begun
    if isinstance(answer, dict) and answer.get("statusCode", 200) >= 400:
        raise RuntimeError(f"{name} refused: {answer}")
    sdk = sum(call.processor for call in calls)
    return Spent(whole - sdk, sdk, len(calls))


def _row(name: str, empty: list[Spent], crowded: list[Spent]) -> tuple[str, ...]:
    columns = []
    for spent in (empty, crowded):
        own = [one.own for one in spent]
        columns += [ms(p50(own)), ms(p99(own)), ms(p50([one.own + one.sdk for one in spent]))]
    return name, *columns, f"{p50([float(one.calls) for one in crowded]):g}"
