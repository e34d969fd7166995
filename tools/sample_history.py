"""Makes up an honest history of leads, from a seed, whose true points are known: `… sample_history DIR` writes it.

For tests, benches and the demo. Each lead is won by the chance that the true log odds give, and by nothing else; facts
and signals that stand in no true rule say nothing.
"""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from math import exp
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.reading.yaml_loader import load

BEGUN = datetime(2025, 6, 2, 9, tzinfo=UTC)
BASE = -1.6
TRUE_LOG_ODDS: Mapping[str, float] = {
    "referral": 1.5,
    "head": 0.9,
    "student": -1.6,
    "webinar": 0.8,
    "pricing": 1.2,
}
"""What each true rule adds to the log odds of a win; all other rules and facts add nothing."""
FIT: Sequence[Mapping[str, Any]] = (
    {"id": "referral", "points": 10, "when": {"source": "referral"}},
    {"id": "head", "points": 40, "when": {"title": {"matches": r"\bhead\b"}}},
    {"id": "student", "points": -20, "when": {"title": "student"}},
    {"id": "logistics", "points": 30, "when": {"industry": "logistics"}},
)
ENGAGEMENT: Sequence[Mapping[str, Any]] = (
    {"id": "visit", "points": 10, "signal": {"kind": "page_visited"}, "at_most": {"points": 30}},
    {"id": "webinar", "points": 10, "signal": {"kind": "webinar_attended"}, "at_most": {"times": 1}},
    {"id": "pricing", "points": 5, "signal": {"kind": "price_list_downloaded"}, "at_most": {"times": 1}},
)
_SOURCES, _TITLES = ("google", "google", "fair", "social", "referral"), ("head of sales", "buyer", "student", "clerk")
_INDUSTRIES = ("logistics", "retail", "health")


class SampleHistory(NamedTuple):
    """An agreement with points that somebody guessed, and lists of leads and of signals, as a CRM exports them."""

    agreement: str
    leads: str
    signals: str


class _Lead(NamedTuple):
    email: str
    at: datetime
    facts: Mapping[str, str]
    signals: Sequence[str]
    log_odds: float


def sample_history(leads: int, seed: int, *, shuffled: bool = False) -> SampleHistory:
    """Returns a history of so many leads over a year; with `shuffled` outcomes nothing says anything of them."""
    draw = Random(seed)  # noqa: S311  # a history that comes out alike again
    made = [_lead(number, leads, draw) for number in range(leads)]
    won = [draw.random() < 1 / (1 + exp(-lead.log_odds)) for lead in made]
    if shuffled:
        draw.shuffle(won)
    return SampleHistory(_agreement(), _leads(made, won), _signals(made))


def _lead(number: int, leads: int, draw: Random) -> _Lead:
    facts = {"source": draw.choice(_SOURCES), "title": draw.choice(_TITLES), "industry": draw.choice(_INDUSTRIES)}
    facts["employees"] = str(draw.choice([5, 20, 80, 300, 1200]))
    signals = ["page_visited"] * draw.randrange(5)
    signals += [
        kind for kind, share in (("webinar_attended", 0.25), ("price_list_downloaded", 0.2)) if draw.random() < share
    ]
    met = {"referral": facts["source"] == "referral", "head": "head" in facts["title"]}
    met |= {"student": facts["title"] == "student", "webinar": "webinar_attended" in signals}
    met |= {"pricing": "price_list_downloaded" in signals}
    log_odds = BASE + sum(TRUE_LOG_ODDS[rule] for rule in met if met[rule])
    at = BEGUN + timedelta(minutes=number * 365 * 24 * 60 // leads)
    return _Lead(f"lead-{number}@history.example", at, facts, signals, log_odds)


def _agreement() -> str:
    document = {**load(packaged_text()), "fit": [*FIT], "engagement": [*ENGAGEMENT], "threshold": 70}
    document["score"] = {"full_score": 100}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _leads(made: Sequence[_Lead], won: Sequence[bool]) -> str:
    names = ("email", "at", "source", "title", "industry", "employees", "outcome", "closed_at")
    rows = (
        (each.email, each.at.isoformat(), *each.facts.values(), "won" if is_won else "lost", _closed(each))
        for each, is_won in zip(made, won, strict=True)
    )
    return _csv(names, rows)


def _closed(lead: _Lead) -> str:
    return (lead.at + timedelta(days=21)).isoformat()


def _signals(made: Sequence[_Lead]) -> str:
    rows = (
        (each.email, kind, (each.at + timedelta(hours=1 + number)).isoformat())
        for each in made
        for number, kind in enumerate(each.signals)
    )
    return _csv(("email", "kind", "at"), rows)


def _csv(names: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()


def main(folder: str, leads: str = "2000", seed: str = "1") -> None:
    """Writes agreement.yaml, leads.csv and signals.csv into a folder."""
    made = sample_history(int(leads), int(seed))
    for name, text in (("agreement.yaml", made.agreement), ("leads.csv", made.leads), ("signals.csv", made.signals)):
        (Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
