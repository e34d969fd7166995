"""Random leads and agreements for trials, always the same for the same number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.agreement import Agreement
from baton.domain.leads.person_facts import BANT
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal
from tests.unit.given import agreement_in

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "agreements").glob("*.yaml"))
KINDS = ["page_visited"] * 5 + ["content_downloaded", "webinar_attended", "email_clicked", "email_opened", "form_sent"]
TITLES = ["Head of operations", "VP Sales", "CIO", "Student", "Nurse", "Buyer"]
COMING_LATE = """\
  - {id: quiet, label: Just left, when: {not: {silent_for: {at_least: 2d}}}}
"""
VISITED_SELDOM = "{match: {kind: page_visited}, at_most: 1, within: 3d}"

Arrivals = Sequence[tuple[datetime, Message]]


def agreements() -> list[Agreement]:
    """Returns the shipped agreement, the documented ones, and some where points and conditions change by time alone."""
    text = packaged_text()
    texts = [
        text,
        *(path.read_text(encoding="utf-8") for path in EXAMPLES),
        _changed(
            text,
            ("threshold: 100 ", "threshold: 40 "),
            ("at_least: 60}}", "at_least: 25}}"),
            ("half_life: 30d", "half_life: 5d"),
        ),
        _changed(
            text,
            ("threshold: 100 ", "threshold: 30 "),
            ("{id: careers, points: -20", "{id: careers, points: -60, half_life: 3d"),
            ("mql: {score: {at_least: 60}}", "mql: {all: [{silent_for: {at_least: 1d}}, {age: {at_least: 4d}}]}"),
            ("\nforms:\n", f"\nnever:\n{COMING_LATE}\nforms:\n"),
        ),
        _changed(
            text,
            ("threshold: 100 ", "threshold: 95 "),
            (
                "sql: {bant: all}",
                "sql: {signals: {match: {kind: page_visited}, at_most: 1, within: 3d}, score: {at_least: 20}}",
            ),
        ),
    ]
    return [agreement_in(each) for each in texts]


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def arrivals_of(number: int, signals: int = 12) -> Arrivals:
    """Returns the messages of a random lead in order of arrival; some are late, tell facts, or ask for a person."""
    chance = Random(number)
    at, sent = BEGIN + timedelta(hours=chance.uniform(0, 500)), list[tuple[datetime, Message]]()
    for place in range(chance.randint(1, signals)):
        at += timedelta(hours=chance.choice([0, 1, 5, 30, 60, 200]) * chance.random())
        signal = Signal.model_validate(_said(chance, number, place) | _when(chance, at))
        lead_id = f"lead{number:020d}"
        message = Message(lead_id, f"{number}-{place}", signal, way=chance.choice(["signals", "webhooks", "imports"]))
        sent.append((at, message))
    return sent


def _when(chance: Random, at: datetime) -> dict[str, Any]:
    late = chance.random() < 0.15
    return {"occurred_at": at - timedelta(hours=chance.uniform(1, 300)) if late else at}


def _said(chance: Random, number: int, place: int) -> dict[str, Any]:
    kind = chance.choice(KINDS)
    said: dict[str, Any] = {
        "email": f"anna{number}@{chance.choice(['acme', 'beta'])}{number}.example",
        "kind": kind,
        "reference": f"ref-{place:03d}",
        "source": chance.choice(["website", "crm"]),
    }
    if kind in ("content_downloaded", "page_visited"):
        said["content"] = chance.choice(["guide", "price-list", "case-study", "careers", None])
        said["content_topic"] = chance.choice(["pricing", None])
        said["content_stage"] = chance.choice(["tofu", "bofu", None])
    if chance.random() < 0.05:
        said["kind"], said["asks_for_a_person"] = "demo_requested", True
    if chance.random() < 0.05:
        said["kind"] = "unsubscribed"
    if chance.random() < 0.25 or not place:
        said["profile"] = {"title": chance.choice(TITLES), "country": chance.choice(["DE", "US", None])}
        said["company"] = {
            "industry": chance.choice(["manufacturing", "retail"]),
            "employees": chance.choice([20, 300]),
        }
    if number % 2:  # as a list says it of each address; it has a lot of its own, so that all else stays as it is
        domain = "acme" if Random(f"{number} {place}").random() < 0.7 else "beta"
        said["company"] = {**said.get("company", {}), "domain": f"{domain}{number}.com"}
    if chance.random() < 0.1:
        said["bant"] = {need: "yes" for need in BANT if chance.random() < 0.8}
    return said
