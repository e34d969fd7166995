"""An honest history of leads from a seed: what they do makes them buy with known odds, and nothing else does."""

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal
from baton.domain.trial.trial_rows import Became, State

BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)
UNTIL = datetime(2026, 12, 1, tzinfo=UTC)
KINDS = ("page_visited", "page_visited", "page_visited", "email_opened", "email_clicked", "webinar_attended")
CONTENT = ("guide", "price-list", "case-study")
TITLES = {"Head of operations": 0.8, "CIO": 0.4, "VP Production": 1.2, "Buyer": 0.0, "Student": -2.5}
"""Titles, and what each adds to the logarithm of the odds of a win."""
_ODDS_OF_NOBODY, _OF_A_WEBINAR, _OF_A_DOWNLOAD = -2.5, 0.6, 0.3


class KnownLead(NamedTuple):
    """A lead: its id, its messages with the times at which they arrived, and what became of it."""

    lead_id: str
    arrivals: list[tuple[datetime, Message]]
    became: Became


def known_leads(leads: int, signals: int) -> Iterator[KnownLead]:
    """Yields so many leads with so many signals each, always the same."""
    return (_lead(number, signals) for number in range(leads))


def _lead(number: int, signals: int) -> KnownLead:
    chance = Random(number)  # noqa: S311  # no secret
    lead_id, at = f"lead{number:020d}", BEGIN + timedelta(days=chance.uniform(0, 200))
    title = chance.choice(list(TITLES))
    odds, sent = _ODDS_OF_NOBODY + TITLES[title], list[tuple[datetime, Message]]()
    for place in range(signals):
        said: dict[str, Any] = {"kind": chance.choice(KINDS)}
        if chance.random() < 0.04:
            said = {"kind": "content_downloaded", "content": chance.choice(CONTENT)}
        odds += {"webinar_attended": _OF_A_WEBINAR, "content_downloaded": _OF_A_DOWNLOAD}.get(said["kind"], 0) / signals
        if not place:
            company = {
                "industry": chance.choice(["manufacturing", "retail"]),
                "employees": chance.choice([20, 200, 900]),
            }
            said |= {"profile": {"title": title, "country": "DE"}, "company": company}
        said |= {"email": f"anna@acme{number}.com", "source": "crm", "reference": f"{place:04d}", "occurred_at": at}
        sent.append((at, Message(lead_id, f"{number}-{place}", Signal.model_validate(said))))
        at += timedelta(hours=chance.expovariate(1 / 60))
    return KnownLead(lead_id, sent, _became(chance, odds, at + timedelta(days=20)))


def _became(chance: Random, odds: float, closed_at: datetime) -> Became:
    if chance.random() < 0.4:
        return Became()
    if chance.random() < 1 / (1 + exp(-odds)):
        return Became("won", closed_at=closed_at, amount=float(chance.choice([2_000, 9_000])))
    state: State = chance.choice(["lost", "lost", "returned", "open"])
    reason = chance.choice(["bad_fit", "unreachable"]) if state == "returned" else None
    return Became(state, reason, closed_at if state != "open" else None)


def write_lists(leads: int, signals: int, folder: Path) -> list[Path]:
    """Writes the history as lists of a CRM, one of leads and one of signals, and returns their paths."""
    paths = [folder / "leads.csv", folder / "signals.csv"]
    with paths[0].open("w", newline="") as of_leads, paths[1].open("w", newline="") as of_signals:
        people, deeds = csv.writer(of_leads), csv.writer(of_signals)
        people.writerow(["email", "at", "title", "country", "outcome", "closed_at", "amount", "return_reason"])
        deeds.writerow(["email", "at", "kind", "content", "source"])
        for lead in known_leads(leads, signals):
            first, became = lead.arrivals[0][1].signal, lead.became
            outcome = "" if became.state == "unknown" else became.state
            closed = became.closed_at.isoformat() if became.closed_at else ""
            known = [first.email, lead.arrivals[0][0].isoformat(), first.profile.title, "DE"]
            people.writerow([*known, outcome, closed, became.amount or "", became.reason or ""])
            for at, message in lead.arrivals:
                deeds.writerow([first.email, at.isoformat(), message.signal.kind, message.signal.content or "", "crm"])
    return paths


if __name__ == "__main__":
    write_lists(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
