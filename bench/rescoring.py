"""Measures the rescoring of ten thousand leads under a new agreement: its time, its cost, and whether all scores are
right.

The job runs as the state machine runs it: its function is called again and again, in a process that is killed midway.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.agreement.agreement_versions import Version, Versions, body_of
from baton.aws.leads.commands import Commands
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.sweeps.rescoring_progress import Progress, read_progress
from baton.aws.table.keys import lead_keys
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount
from baton.domain.scoring.standing import Standing
from bench.dynamodb_units import Bill, bill_for
from bench.functions import handler
from bench.reading_leads import SIGNALS, ReadingLead, ReadingLeads
from bench.report import Section
from bench.world import TABLE, World
from tools.workspace import ROOT

LEADS, SAMPLE, BILLED, KILLED_AT = 10_000, 200, 100, 0.4
SECOND, THIRD = 2, 3
NEW = (
    packaged_text()
    .replace("threshold: 100 ", "threshold: 75 ")
    .replace("id: whitepaper, points: 50", "id: whitepaper, points: 60")
)
NEWER = NEW.replace("threshold: 75 ", "threshold: 65 ")


@dataclass
class Run:
    """The run of the job: its seconds by the clock until it was killed, and from its next start to its end."""

    first: float
    second: float
    seen_when_killed: int
    end: Progress


def measure(world: World, leads: int = LEADS) -> Section:
    """Fills the table, enacts a new agreement, runs the job, kills it, runs it again, and checks all leads."""
    now, store = utc_now(), Store.from_environment()
    readers = ReadingLeads(world, now, _card(packaged_text(), 1), _card(NEW, SECOND))
    begun = time.monotonic()
    readers.fill(leads)
    print(
        f"{leads:,} leads with {SIGNALS} signals each in the table after {time.monotonic() - begun:.0f} s", flush=True
    )
    _into_force(store, SECOND, NEW)
    run = _killed_and_restarted(store, leads)
    checks = _checks(world, store, readers)
    return Section(
        f"Scoring {leads:,} leads anew",
        "rescoring",
        ("what", "figure"),
        [*_rows(run), *checks, *_bills(world, store, readers.known)],
        (
            f"{SIGNALS} signals each, against DynamoDB on the same machine, which takes more of its processors than "
            f"Baton; the function's process was killed at {run.seen_when_killed:,} leads and started again.",
            "Expected is what the domain makes of each lead's whole history, before the job ran. A lead that sales has "
            "is passed over, and scored anew when it is next looked at. Seen are the pages that came to their end: a "
            "lead that changed its place in the queues is not there when a page is done again, or is met twice.",
            f"Calls and units for a lead: of {BILLED} under a third agreement; besides, each page of 32 leads takes a "
            "Query of keys and a PutItem.",
        ),
    )


def _card(text: str, version: int) -> Scorecard:
    return Scorecard(AgreementInForce(version=version, in_force_since=iso(utc_now()), agreement=read_agreement(text)))


def _into_force(store: Store, number: int, text: str) -> None:
    versions = Versions(store)
    version = Version(number, "signed", text, body_of(number, read_agreement(text), utc_now()))
    if not versions.try_write(versions.enactment_writes(version, versions.now().number)):
        raise RuntimeError("another agreement came into force")


def _killed_and_restarted(store: Store, leads: int) -> Run:
    begun = time.monotonic()
    job = _started()
    while (seen := _seen(store)) < KILLED_AT * leads:
        _watch(job, seen, leads)
    job.kill()
    job.wait()
    killed, restarted = time.monotonic(), _started()
    print(f"killed at {_seen(store):,}; started again", flush=True)
    while restarted.poll() is None:
        _watch(restarted, _seen(store), leads)
    end = read_progress(store, SECOND)
    if restarted.returncode or end is None:
        raise RuntimeError("the job failed")
    return Run(killed - begun, time.monotonic() - killed, seen, end)


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "bench.rescoring"], cwd=ROOT)


def _seen(store: Store) -> int:
    progress = read_progress(store, SECOND)
    return progress.leads_seen if progress else 0


def _watch(job: "subprocess.Popen[bytes]", seen: int, leads: int) -> None:
    print(f"{seen:,} of {leads:,} leads", flush=True)
    try:
        if job.wait(2) != 0:
            raise RuntimeError("the job failed")
    except subprocess.TimeoutExpired:
        return


def _rows(run: Run) -> list[tuple[str, str]]:
    seconds, end = run.first + run.second, run.end
    return [
        ("leads seen, changed", f"{end.leads_seen:,}, {end.leads_changed:,}"),
        ("seconds, with a kill and a restart", f"{seconds:.0f}"),
        ("leads a second", f"{end.leads_seen / seconds:.0f}"),
        ("state, leads that failed", f"{end.state}, {end.leads_failed}"),
    ]


def _checks(world: World, store: Store, readers: ReadingLeads) -> list[tuple[str, str]]:
    """Compares the leads in the table with what is expected of each history."""
    stored = _stored(world, [reader.lead_id for reader in readers.known])
    amiss = [each for each in readers.known if stored[each.lead_id].status != each.status]
    had = sum(each.with_sales for each in readers.known)
    newly = [each for each in readers.known if each.handed_over]
    offers = {each.lead_id: _offers(store, each.lead_id) for each in readers.known if stored[each.lead_id].handoff}
    sample = Random(1).sample(readers.known, min(SAMPLE, len(readers.known)))  # noqa: S311  # no secret
    wrong = [each for each in sample if not _as_from_scratch(store, stored[each.lead_id], readers, each)]
    return [
        ("leads that sales had before, newly handed over", f"{had:,}, {len(newly):,}"),
        ("leads that are not where they are expected", str(len(amiss))),
        ("leads handed over other than once", str(sum(count != 1 for count in offers.values()))),
        ("expected and not handed over, or the reverse", str(len(offers.keys() ^ _expected(readers.known)))),
        (f"of {len(sample)} at random: tally or score not as from scratch", str(len(wrong))),
    ]


def _expected(readers: Sequence[ReadingLead]) -> set[str]:
    return {each.lead_id for each in readers if each.with_sales or each.handed_over}


def _stored(world: World, lead_ids: Sequence[str]) -> dict[str, Lead]:
    dynamodb: Any = world.session.client("dynamodb")
    found: list[Any] = []
    for start in range(0, len(lead_ids), 100):
        asked = [lead_keys.lead(lead_id) for lead_id in lead_ids[start : start + 100]]
        found += dynamodb.batch_get_item(RequestItems={TABLE: {"Keys": asked}})["Responses"][TABLE]
    leads = [Lead.model_validate_json(unpacked(item["body"])) for item in found]
    return {lead.lead_id: lead for lead in leads}


def _offers(store: Store, lead_id: str) -> int:
    history = store.history(lead_id, after=SIGNALS)
    return sum(isinstance(recorded.event, HandoffOffered) for recorded in history)


def _as_from_scratch(store: Store, lead: Lead, readers: ReadingLeads, reader: ReadingLead) -> bool:
    """Tells whether a stored lead has the signal counts and the score of its whole history."""
    now, card = readers.now, readers.after
    scratch = recount(lead, store.whole_history(lead.lead_id, lead.version), card)
    shown, right = Commands.from_environment().standing(lead, now), Standing(lead, card, scratch, milliseconds(now))
    kept = reader.with_sales or json.dumps(lead.tally) == json.dumps(scratch.as_data())
    return kept and (shown.total, shown.ledger()) == (right.total, right.ledger())


def _bills(world: World, store: Store, readers: Sequence[ReadingLead]) -> list[tuple[str, str]]:
    """Returns the DynamoDB cost of a lead that is only rescored, and of one that is handed over as well."""
    _into_force(store, THIRD, NEWER)
    commands, now = Commands.from_environment(), utc_now()
    free = [each for each in readers if not each.with_sales and not each.handed_over]
    commands.reconsider(free[0].lead_id, now=now)  # which reads the agreement
    bills: dict[str, list[Bill]] = {"scored anew": [], "handed over as well": []}
    for each in free[1 : BILLED + 1]:
        bill = bill_for(world, partial(commands.reconsider, each.lead_id, now=now))
        bills["handed over as well" if _offers(store, each.lead_id) else "scored anew"].append(bill)
    return [(f"a lead that is {what}: calls, read units, write units", _mean(some)) for what, some in bills.items()]


def _mean(bills: Sequence[Bill]) -> str:
    if not bills:
        return "none"
    sums = sum(len(bill.calls) for bill in bills), sum(bill.reads for bill in bills), sum(bill.writes for bill in bills)
    return ", ".join(f"{each / len(bills):.1f}" for each in sums)


def work() -> None:
    """Runs the job as the state machine does: again and again, until it is done."""
    while not handler("rescore_leads")({"agreement_version": SECOND}, None)["done"]:
        pass


if __name__ == "__main__":
    work()
