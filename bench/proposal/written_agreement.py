"""The school's leads as lists that a CRM exports, under an agreement that a team might write by hand."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.reading.yaml_loader import load
from baton.domain.scoring.scorecard import Scorecard
from baton.intake.history.history_lists import HistoryReader
from baton.learning.known_leads import KnownLead, known_leads
from bench.proposal.data_sets import x_education_rows

BEGUN, AS_OF = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
_KINDS = {"Landing Page Submission": "form_sent", "Lead Add Form": "lead_form_sent"}
_STAYS = ((300, "stayed_5_minutes"), (900, "stayed_15_minutes"))
_MOST_VISITS = 10


def document(rules: str) -> dict[str, Any]:
    """Returns the shipped agreement with the fit and engagement rules in a YAML text."""
    return {**load(packaged_text()), "score": {"full_score": 100}, **load(rules)}


def hand_written_rules(folder: Path) -> str:
    """Returns the hand-written rules: the block of YAML in the folder's own README.

    A source in words is kept as a list's import keeps it, with hyphens.
    """
    text = (folder / "README.md").read_text(encoding="utf-8")
    block = text.partition("```yaml\n")[2].partition("```")[0]
    rules = yaml.safe_load(block)
    for rule in rules["fit"]:
        rule["when"] = {"source": [source.replace(" ", "-") for source in rule["when"]["source"]]}
    return yaml.safe_dump(rules)


def as_text(agreement: Mapping[str, Any]) -> str:
    """Returns an agreement's document as YAML."""
    return yaml.safe_dump(dict(agreement), allow_unicode=True, sort_keys=False)


def school_leads(folder: Path, card: Scorecard) -> list[KnownLead]:
    """Returns the school's leads, in order of time, as Baton would have known them under an agreement."""
    rows = sorted(x_education_rows(folder), key=lambda row: int(row["lead_number"]))
    reader = HistoryReader(AS_OF)
    reader.read("leads", _csv(("email", "at", "source", "outcome"), _leads(rows)))
    reader.read("signals", _csv(("email", "kind", "at"), _signals(rows)))
    return list(known_leads(reader.history().leads, card, AS_OF))


def _at(number: int, of: int) -> str:
    return (BEGUN + timedelta(seconds=number * 365 * 86_400 // of)).isoformat()


def _leads(rows: Sequence[Mapping[str, str]]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows):
        outcome = "won" if row["converted"] == "1" else "lost"
        yield _email(number), _at(number, len(rows)), row["lead_source"].casefold() or "unknown", outcome


def _signals(rows: Sequence[Mapping[str, str]]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows):
        for kind in _done(row):
            yield _email(number), kind, _at(number, len(rows))


def _done(row: Mapping[str, str]) -> Iterator[str]:
    yield _KINDS.get(row["lead_origin"], "arrived")
    yield from ["page_visited"] * min(_MOST_VISITS, int(float(row["totalvisits"] or 0)))
    stayed = float(row["total_time_spent_on_website"] or 0)
    yield from (kind for seconds, kind in _STAYS if stayed >= seconds)
    if row["a_free_copy_of_mastering_the_interview"] == "Yes":
        yield "content_downloaded"
    if row["do_not_email"] == "Yes":
        yield "unsubscribed"


def _email(number: int) -> str:
    return f"lead-{number}@school.example"


def _csv(names: Sequence[str], rows: Iterator[Sequence[str]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()
