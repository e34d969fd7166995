"""Measures a trial in the account of thirty thousand leads: its time, its calls, what it reads and writes, its price.

The job runs as the state machine runs it: its function is called until it is done.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.agreement.agreement_versions import Versions, body_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table import report_items
from baton.aws.table.keys import lead_keys
from baton.aws.table.packing.packed_text import packed
from baton.aws.table.store import Store
from baton.aws.trials.trial_items import Trial, TrialItems
from baton.aws.trials.trial_job import TrialJob
from baton.domain.basics.moments import iso
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.trial.lead_commands import commands_of_messages
from bench.copied_leads import put_all
from bench.dynamodb_units import Bill, bill_for
from bench.functions import handler
from bench.prices import PRICES
from bench.report import Section
from bench.trial import DRAFT
from bench.trial_history import BEGIN, UNTIL, KnownLead, known_leads
from bench.world import World

LEADS, SIGNALS = 30_000, 20
DRAFT_ID, REGION, MILLION = "0123456789abcdef", "us-east-1", 1_000_000
GB_OF_THE_FUNCTION, CHARGED = 1.769, 2
"""The function's memory, and the states that each step passes."""


def measure(world: World, leads: int = LEADS) -> Section:
    """Fills the table, tries a draft, and reckons the price from the units of its first page."""
    begun = time.monotonic()
    put_all(world, _items(leads))
    print(
        f"{leads:,} leads with {SIGNALS} signals each in the table after {time.monotonic() - begun:.0f} s", flush=True
    )
    store = Store.from_environment()
    trial = _begun(store)
    bill = bill_for(world, lambda: TrialJob(store, -1).go_on(DRAFT_ID, trial.trial_id, utc_now()))
    seen, steps, begun, spent = _leads_of(store), 1, time.monotonic(), time.process_time()
    first, done = seen, False
    while not done:
        answer: Any = handler("replay_leads")({"draft_id": DRAFT_ID, "trial_id": trial.trial_id}, None)
        done, seen, steps = answer["done"], answer["leads"], steps + 1
        print(f"{seen:,} of {leads:,} leads after {time.monotonic() - begun:.0f} s", flush=True)
    passed, processor = time.monotonic() - begun, time.process_time() - spent
    per_lead = processor / max(1, seen - first)
    rows = [
        ("leads, steps", f"{seen:,}, {steps}"),
        ("seconds by the clock, of the processor", f"{passed:.0f}, {processor:.0f}"),
        ("milliseconds of the processor for a lead", f"{1000 * per_lead:.1f}"),
        (f"a page of {first} leads: calls, read units, write units", _units(bill)),
        (f"all leads: read units, price in {REGION}", _price(bill, first, seen, steps, passed)),
    ]
    notes = (
        "DynamoDB runs on the same machine, and takes more of its processors than Baton.",
        "The price has read units, the function's time by the clock here, and the states of its steps. Units follow "
        "from the items that were read, by AWS's rule (`bench/dynamodb_units.py`).",
    )
    return Section(f"A trial of {leads:,} leads in the account", "tried", ("what", "figure"), rows, notes)


def _items(leads: int) -> Iterator[Any]:
    """The leads' events, each lead's first with its place in the lists by which it became known."""
    kinds = AgreedKinds.of(read_agreement(packaged_text()).rules)
    for lead in known_leads(leads, SIGNALS):
        yield from _events(lead, kinds)


def _events(lead: KnownLead, kinds: AgreedKinds) -> Iterator[Any]:
    commands = commands_of_messages(lead.lead_id, lead.arrivals, kinds).commands
    begun = commands[0].events
    moved = report_items.of_move(Change(lead.lead_id, None, fold(begun), begun))
    for recorded in (event for command in commands for event in command.events):
        item = lead_keys.event(recorded.event_id) | {"body": packed(recorded.model_dump_json(exclude_none=True))}
        yield item | (moved if recorded is begun[-1] else {})


def _begun(store: Store) -> Trial:
    now, text = utc_now(), packaged_text()
    for before, after in DRAFT:
        text = text.replace(before, after, 1)
    today = Versions(store).now().current
    if today is None:
        raise RuntimeError("no agreement is in force")
    trial = Trial(
        "a-trial", DRAFT_ID, 1, today.number, "bench", iso(BEGIN - timedelta(days=1)), iso(UNTIL), iso(min(now, UNTIL)),
        now_asked=False, started_at=iso(now), saved_at=iso(now),
    )  # fmt: skip
    TrialItems(store).begin(trial, today.body, body_of(today.number + 1, read_agreement(text), now))
    return trial


def _leads_of(store: Store) -> int:
    trial = TrialItems(store).read(DRAFT_ID)
    return trial.leads if trial else 0


def _units(bill: Bill) -> str:
    return f"{len(bill.calls)}, {bill.reads:.0f}, {bill.writes:.0f}"


def _price(bill: Bill, first: int, leads: int, steps: int, seconds: float) -> str:
    """Reckons from the reads of the first page; the writes are one item a step."""
    prices, reads = PRICES[REGION], bill.reads * leads / max(1, first)
    dollars = (
        reads * prices["DynamoDB, read units"]
        + steps * bill.writes * prices["DynamoDB, write units"]
        + steps * CHARGED * prices["Step Functions, transitions"]
    ) / MILLION + seconds * GB_OF_THE_FUNCTION * prices["Lambda, GB-seconds (arm64)"]
    return f"{reads:,.0f}, {dollars:.3f} $"


if __name__ == "__main__":
    import sys

    from bench.world import running_world

    with running_world() as bench_world:
        print(measure(bench_world, int(sys.argv[1])))
