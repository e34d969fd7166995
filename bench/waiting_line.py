"""Measures the cost of a lead that waits in line, behind few others and behind many: when it comes, and at its turn."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.lists.asked_list import AskedList
from baton.aws.lists.lead_lists import LeadLists
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import team_keys
from baton.aws.table.store import Store
from baton.aws.teams.waiting_lines import WaitingLines
from baton.domain.basics.moments import iso
from baton.domain.handoffs import offering
from baton.domain.history.change import Change
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.qualification.handover_terms import Handover
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal
from baton.domain.teams.roster import Roster
from baton.domain.terms.terms_from_agreement import handoff_terms
from bench.copied_leads import put_all
from bench.dynamodb_units import Bill, bill_for
from bench.report import Section, ms
from bench.world import LENGTHS, PEPPER, TABLE, World

SERVED = 20
IN_FORCE = AgreementInForce(version=1, in_force_since=iso(utc_now()), agreement=read_agreement(packaged_text()))


def measure(world: World) -> Section:
    """Measures the cost and the time of the events in a line of each length."""
    rows = [row for length in LENGTHS for row in _rows(world, length)]
    return Section(
        "Leads that wait in line",
        "line",
        ("what", "leads in line", "calls", "read units", "write units", "ms"),
        rows,
        (
            f"Means of {SERVED} leads. Units follow from the items themselves by AWS's rules "
            "(`bench/dynamodb_units.py`); what is given out takes a page of 25 of the line now and then, and the "
            "roster each time.",
            "Milliseconds by the clock against DynamoDB on the same machine, which is slower the more its index holds, "
            "unlike that of AWS.",
        ),
    )


def _rows(world: World, length: int) -> Iterator[tuple[str, ...]]:
    team, store, now = f"line-{length}", Store.from_environment(), utc_now()
    _fill(world, team, length, now - timedelta(days=1))
    numbers = iter(range(length, length + 2 * SERVED))
    comes, comes_ms = _measured(world, lambda: _comes(store, team, next(numbers), now))
    lines = WaitingLines.from_environment()
    _has_room(world, team, 1)
    lines.serve(team, now)  # which reads the agreement
    _has_room(world, team, SERVED)
    bill = bill_for(world, lambda: lines.serve(team, now))
    _has_room(world, team, SERVED)
    begun = time.perf_counter()
    lines.serve(team, now)
    turn_ms = (time.perf_counter() - begun) / SERVED
    lists = LeadLists(store, IN_FORCE.agreement)
    listed, listed_ms = _measured(world, lambda: lists.page(AskedList(owner="nobody"), now), times=1)
    yield "a lead comes to the line", f"{length:,}", *_each(comes, SERVED), ms(comes_ms)
    yield "its turn comes", f"{length:,}", *_each(bill, SERVED), ms(turn_ms)
    yield "a page of who waits is listed", f"{length:,}", *_each(listed, 1), ms(listed_ms)


def _measured(world: World, work: Callable[[], object], times: int = SERVED) -> tuple[Bill, float]:
    bill = bill_for(world, lambda: [work() for _ in range(times)])
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return bill, (time.perf_counter() - begun) / times


def _each(bill: Bill, some: int) -> tuple[str, ...]:
    return tuple(f"{total / some:.2f}" for total in (len(bill.calls), bill.reads, bill.writes))


def _fill(world: World, team: str, length: int, begin: datetime) -> None:
    """Writes so many waiting leads: one as Baton stores it, and copies under other addresses, without histories."""
    one = _waiting(team, 0, begin)
    originals = [each for each in _items(one) if each["sk"]["S"] in ("LEAD", "HANDOFF#001")]
    copies = (
        _copy(each, one.lead_id, lead_id_of(f"{number}@{team}.example.com", PEPPER.encode()))
        for number in range(length)
        for each in originals
    )
    counted: Any = {"turns": {"N": str(length)}, "waiting_new": {"N": str(length)}}
    put_all(world, chain(copies, [team_keys.pool(team, "*") | counted]))


def _copy(item: Any, lead_id: str, other: str) -> Any:
    return {name: {kind: text.replace(lead_id, other)} for name, value in item.items() for kind, text in value.items()}


def _items(change: Change) -> list[Any]:
    collected = _CollectingClient()
    Store(collected, TABLE).save(change)  # type: ignore[arg-type]  # it only takes what is written
    return [write["Put"]["Item"] for write in collected.writes if "Put" in write]


class _CollectingClient:
    def __init__(self) -> None:
        self.writes: list[Any] = []

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # as the SDK spells it
        self.writes += TransactItems


def _waiting(team: str, number: int, now: datetime, roster: Roster | None = None) -> Change:
    """Returns the change that makes a lead wait: it asks for a person when no rep is there."""
    email = f"{number}@{team}.example.com"
    asks = Signal(email=email, kind="demo_requested", asks_for_a_person=True, reference=f"{number}")
    change = Change.begin(None, lead_id_of(email, PEPPER.encode()))
    change = change.then(signal_recording.record_signal(None, asks, agreement_version=1, now=now), now, "bench")
    terms = handoff_terms(IN_FORCE.agreement.handoffs["consultation"]).model_copy(update={"team": team})
    handover = Handover(trigger="consultation", reasons=("asked for a person",), terms=terms)
    if change.after is None:
        raise LookupError("there is no lead")
    return change.then(offering.offer(change.after, handover, 1, roster or Roster(), now), now, "bench")


def _comes(store: Store, team: str, number: int, now: datetime) -> None:
    store.save(_waiting(team, number, now, store.roster(team)))


def _has_room(world: World, team: str, some: int) -> None:
    """Writes a rep who can take so many leads more."""
    dynamodb, email = world.session.client("dynamodb"), "rep@sales.example.com"
    found: Any = dynamodb.get_item(TableName=TABLE, Key=team_keys.rep(team, email), ConsistentRead=True)
    held = int(found["Item"]["open_handoffs"]["N"]) if "Item" in found else 0
    item: Any = {
        "email": {"S": email},
        "role": {"S": "rep"},
        "subscription": {"S": "confirmed"},
        "weight": {"N": "1"},
        "open_handoffs": {"N": str(held)},
        "capacity": {"N": str(held + some)},
    }
    dynamodb.put_item(TableName=TABLE, Item=team_keys.rep(team, email) | item)
