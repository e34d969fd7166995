"""Measures the DynamoDB cost of a report or a queue, in a small table and in one with twenty times as many leads."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.table.packing.packed_text import packed, unzipped
from baton.aws.table.store import Store
from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.handoffs import acceptance, closing
from baton.domain.history.change import Change
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.lead_changes.consequences import with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.reports.report_registry import REPORTS
from baton.domain.reports.rows.span import last_full_days
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.signals.signal_recording import Signal, record_signal
from bench.copied_leads import put_all
from bench.dynamodb_units import size
from bench.functions import handler
from bench.lead_factory import rest
from bench.meter import Call, metered
from bench.report import Section
from bench.world import PEPPER, REPS, TABLE, TEAM, World

SIZES = (1_000, 20_000)
A_DAY_OF_THE_WEEK, DAYS_BEFORE = 20, 350
READ_UNIT = 4096
Read = tuple[str, str, dict[str, str]]


def measure(world: World) -> Section:
    """Fills the table twice, and reads the same week and the same pages each time."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    span = last_full_days(today)
    days = [span.start + timedelta(days=number) for number in range(7)]
    prototypes = _prototypes(days[0])
    put_all(world, _copies(prototypes, [day for day in days for _ in range(A_DAY_OF_THE_WEEK)], "week"))
    size, rows = A_DAY_OF_THE_WEEK * 7, dict[str, list[str]]()
    for most in SIZES:
        before = [span.start - timedelta(days=1 + number % DAYS_BEFORE) for number in range(most - size)]
        put_all(world, _copies(prototypes, before, f"before-{most}"))
        size = most
        handler("close_books")({}, None)
        for what, bill in _bills(span.start, span.end):
            rows.setdefault(what, [what]).extend(bill)
    heads = [f"{head} at {most:,} leads" for most in SIZES for head in ("calls", "items", "read units")]
    return Section("Reading reports and queues", "reports", ("what", *heads), list(rows.values()), _NOTES)


_PACKED = "a packed text"
_OFFERED = {"group": "total", "name": "all", "figure": "offered"}
_NOTES = (
    f"{A_DAY_OF_THE_WEEK * 7} leads came in the week, the same in both tables: half were won, half are with sales. All "
    f"others came in the {DAYS_BEFORE} days before it; only what is asked of more than the week reads these, and the "
    "page, which draws the twelve weeks up to its end.",
    "Read units follow from the items that were read by AWS's rule (`bench/dynamodb_units.py`): half a unit for each 4 "
    "KB of a page of a query, rounded up. MiniStack says 0.5 and moto says 1 of any query, whatever it reads; "
    "dynoxide, another DynamoDB for one machine, works out the same as here.",
)


def _bills(start: datetime, end: datetime) -> Iterator[tuple[str, tuple[str, str, str]]]:
    week = {"from": f"{start:%Y-%m-%d}", "to": f"{end:%Y-%m-%d}"}
    year = {**week, "from": f"{start - timedelta(days=DAYS_BEFORE):%Y-%m-%d}"}
    reads: dict[str, Read] = {
        **{f"the {name} report on a week": ("get_report", name, week) for name in REPORTS},
        "all four on a week, as a page": ("get_report", "all", {**week, "format": "html"}),
        "the first 25 leads of a queue": ("list_leads", "", {"queue": "won"}),
        "what a rep holds, the first 25": ("list_leads", "", {"owner": REPS[0]}),
        "all four on twelve weeks, week by week, beside those before": (
            *("get_report", "all"),
            {**week, "from": f"{end - timedelta(weeks=12):%Y-%m-%d}", "each": "week", "compare": "before"},
        ),
        "all four on the whole year": ("get_report", "all", year),
        "leads behind a figure of the year, the first 100": ("get_report", "handoffs", {**year, **_OFFERED}),
        "leads behind a figure of the year, 100 of the last week": (
            *("get_report", "handoffs"),
            {**year, **_OFFERED, "cursor": f"{start:%Y-%m-%dT%H:%M:%S.000Z} x"},
        ),
    }
    for what, (function, name, query) in reads.items():
        path = f"/reports/{name}" if name else "/leads"
        event = rest("GET", path, None, REPS[0], **query)
        handler(function)(event, None)  # which has the agreement at hand from then on
        yield what, _bill(lambda function=function, event=event: handler(function)(event, None))  # type: ignore[misc]


def _bill(work: Callable[[], Any]) -> tuple[str, str, str]:
    with metered() as calls:
        answer = work()
    if answer["statusCode"] != 200:
        raise RuntimeError(f"it was not answered: {answer['body']}")
    reads = [call for call in calls if call.service == "dynamodb"]
    items = sum(len(found) for call in reads for found in _found(call))
    return str(len(reads)), f"{items:,}", f"{sum(map(_units, reads)):g}"


def _found(call: Call) -> list[list[Any]]:
    if call.operation == "BatchGetItem":
        return list(call.answer["Responses"].values())
    return [call.answer.get("Items", [])]


def _units(call: Call) -> float:
    """Returns the read units of a query or a batch of gets."""
    pages = _found(call)
    if call.operation == "BatchGetItem":
        pages = [[item] for page in pages for item in page]
    share = 1.0 if call.sent.get("ConsistentRead") else 0.5
    return share * sum(max(1, -(-sum(map(size, page)) // READ_UNIT)) for page in pages)


def _prototypes(day: datetime) -> list[tuple[Lead, list[Any]]]:
    """Returns two leads with all items that a morning leaves in the table; one is won, one is with sales."""
    agreement = read_agreement(packaged_text())
    card = Scorecard(AgreementInForce(version=1, in_force_since="2026-01-01T00:00:00.000Z", agreement=agreement))
    return [_played(card, day.replace(hour=9), name, won=won) for name, won in (("won", True), ("open", False))]


def _played(card: Scorecard, now: datetime, name: str, *, won: bool) -> tuple[Lead, list[Any]]:
    email, roster = f"{name}@prototypes.example.com", Store.from_environment().roster(TEAM)
    lead_id = lead_id_of(email, PEPPER.encode())
    asks = Signal(email=email, kind="consultation_requested", reference="r", asks_for_a_person=True, campaign="autumn")
    does: list[Callable[[Lead], list[Event]]] = [
        lambda lead: acceptance.accept(lead, f"{lead_id}-001", _owner(lead), now),
        lambda lead: acceptance.log_contact(lead, f"{lead_id}-001", "phone", None, _owner(lead), now),
    ]
    if won:
        does.append(lambda lead: closing.close(lead, f"{lead_id}-001", "won", None, "1200", _owner(lead)))
    change = Change.begin(None, lead_id).then(record_signal(None, asks, 1, now), now, "bench")
    change = with_consequences(change, card, None, now, history=lambda: (), roster=lambda _: roster)
    puts = _CollectingClient()
    puts.keep(change)
    for number, act in enumerate(does, 1):
        later = now + timedelta(minutes=10 * number)
        lead = _lead(change)
        change = Change.begin(lead, lead_id).then(act(lead), later, "bench")
        puts.keep(change)
    return _lead(change), list(puts.items.values())


class _CollectingClient:
    """Collects the last write of each item of a transaction, to be written in batches."""

    def __init__(self) -> None:
        self.items: dict[str, Any] = {}

    def keep(self, change: Change) -> None:
        """Collects the items that the store makes of a change."""
        Store(self, TABLE).save(change)  # type: ignore[arg-type]  # it takes only what is put

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # as the SDK spells it
        puts = (write["Put"]["Item"] for write in TransactItems if "Put" in write)
        self.items |= {f"{item['pk']['S']} {item['sk']['S']}": item for item in puts}


def _owner(lead: Lead) -> Staff:
    return Staff(email=str(lead.handoff and lead.handoff.owner))


def _lead(change: Change) -> Lead:
    if change.after is None:
        raise LookupError("there is no lead")
    return change.after


def _copies(prototypes: list[tuple[Lead, list[Any]]], days: list[datetime], what: str) -> Iterator[Any]:
    """Yields a lead for each of these days, copied from the prototypes by turns."""
    for number, day in enumerate(days):
        lead, items = prototypes[number % len(prototypes)]
        other = f"{what}-{number}@copies.example.com"
        texts = {
            lead.lead_id: lead_id_of(other, PEPPER.encode()),
            lead.email: other,
            f"{lead.created_at:%Y-%m-%d}": f"{day:%Y-%m-%d}",
            f"#{lead.created_at:%Y-%m}#": f"#{day:%Y-%m}#",
        }
        text = json.dumps(items, default=_as_text)
        for old, new in texts.items():
            text = text.replace(old, new)
        yield from json.loads(text, object_hook=_as_stored)


def _as_text(stream: bytes) -> dict[str, str]:
    return {_PACKED: unzipped(stream).decode()}


def _as_stored(value: dict[str, Any]) -> dict[str, Any]:
    """Packs a text again that was unpacked so that its ids could be replaced."""
    if _PACKED in value:
        return packed(value[_PACKED])
    return value["B"] if isinstance(value.get("B"), dict) else value
