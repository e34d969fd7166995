"""A delivery tells of somebody who was known under another address, by an id or by the former address."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal
from baton.intake.webhooks.changed_addresses import changed_addresses
from baton.intake.webhooks.parsing.parsed_signal import ParsedSignal

PEPPER, NOW = b"pepper", datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OLD, NEW, NEWER = "anna@old.example", "anna@new.example", "anna@newer.example"
KNOWN = dict.fromkeys(("contact:1", "user:1", "visitor:1", "f" * 64), lead_id_of(OLD, PEPPER))


def told(email: str, *ids: str, at: int | None = None, **said: Any) -> tuple[ParsedSignal, Message]:
    happened = None if at is None else NOW - timedelta(hours=at)
    signal = Signal(email=email, kind="seen", reference="x", occurred_at=happened)
    return ParsedSignal("m", "seen", email, ids=ids, **said), Message(lead_id_of(email, PEPPER), "m", signal)


@pytest.mark.parametrize(
    ("parts", "changes"),
    [
        pytest.param([told(OLD, "contact:1")], [], id="the same address"),
        pytest.param([told(NEW, "contact:1")], [(OLD, NEW, False)], id="a contact's other address"),
        pytest.param([told(NEW, "user:1")], [(OLD, NEW, False)], id="a user's"),
        pytest.param([told(NEW, "visitor:1")], [], id="a browser's"),
        pytest.param([told(NEW, "f" * 64)], [], id="a hashed id, of whom nobody knows whose it is"),
        pytest.param([told(NEW, "contact:2")], [], id="an unknown id"),
        pytest.param([told(NEW)], [], id="no id"),
        pytest.param([told(NEW, "contact:1", is_address_current=True)], [(OLD, NEW, True)], id="the current one"),
        pytest.param(
            [told(NEW, "user:1", is_address_current=True, anybody=True)], [(OLD, NEW, False)], id="as anybody says"
        ),
        pytest.param([told(NEW, former_email=f" {OLD.upper()}")], [(OLD, NEW, False)], id="a former address"),
        pytest.param([told(NEW, former_email=NEW)], [], id="a former address that is the same"),
        pytest.param([told(NEW, former_email="nobody")], [], id="a former address that is none"),
        pytest.param(
            [told(NEW, "contact:1", "user:1", former_email=OLD)], [(OLD, NEW, False)], id="each change is told once"
        ),
        pytest.param(
            [told(NEWER, "contact:2", at=1), told(NEW, "contact:2", at=2)],
            [(NEW, NEWER, False)],
            id="two of an unknown id, in the order of their time",
        ),
        pytest.param(
            [told(NEW, "contact:1", at=2), told(NEW, "contact:1", at=1, is_address_current=True)],
            [(OLD, NEW, False), (OLD, NEW, True)],
            id="in passing, then as the current one",
        ),
        pytest.param(
            [told(NEW, "contact:1", at=2), told(OLD, "contact:1", at=1)],
            [(OLD, NEW, False), (NEW, OLD, False)],
            id="there and back",
        ),
    ],
)
def test_who_is_told_under_another_address_has_a_changed_one(
    parts: list[tuple[ParsedSignal, Message]], changes: list[tuple[str, str, bool]]
) -> None:
    found = list(changed_addresses(parts, KNOWN.get, PEPPER, NOW))
    assert [(each.former, each.lead_id, each.email, each.is_current) for each in found] == [
        (lead_id_of(former, PEPPER), lead_id_of(email, PEPPER), email, is_current)
        for former, email, is_current in changes
    ]


@pytest.mark.parametrize(
    ("part", "anybody"),
    [
        pytest.param(told(NEW, "contact:1"), False, id="a tool of its own contact"),
        pytest.param(told(NEW, former_email=OLD), False, id="a tool of a former address"),
        pytest.param(told(NEW, "contact:1", anybody=True), True, id="a form of a tool"),
        pytest.param(told(NEW, "user:1"), True, id="a tool of an id that a browser may have claimed"),
    ],
)
def test_what_rests_on_anybodys_word_is_marked(part: tuple[ParsedSignal, Message], *, anybody: bool) -> None:
    assert [each.anybody for each in changed_addresses([part], KNOWN.get, PEPPER, NOW)] == [anybody]


NASTY = (
    "anna@old.example",
    "@",
    "mailto:",
    "<",
    ">",
    "\u202a",
    "\u200b",
    "ü",
    "xn--",
    ".",
    " ",
    "\0",
    "%40",
    "😀",
    "\ud800",
    "a" * 70,
)


def test_ten_thousand_former_addresses_are_read_or_passed_over_and_never_name_the_person_itself() -> None:
    chance = random.Random(4)
    for _ in range(10_000):
        former = "".join(chance.choices(NASTY, k=chance.randint(1, 4)))
        for each in changed_addresses([told(NEW, former_email=former)], KNOWN.get, PEPPER, NOW):
            assert each.former != each.lead_id == lead_id_of(NEW, PEPPER)
