"""Two hundred agreements, each with one thing broken as a person would break it; made from the shipped ones."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baton.agreement.reading.agreement_reader import packaged_text

FOLDER = Path("docs/agreements")
FILE = Path(__file__).with_name("mutations.txt")
TERRITORIES = """
calendars:
  berlin: {time_zone: Europe/Berlin, hours: {mon-fri: [09:00-12:00, 13:00-17:00]}, holidays: [2026-12-25 Christmas Day]}
territories:
  - {id: large-nordic, when: {country: ["NO", SE], employees: {at_least: 1000}}, team: enterprise}
  - {id: nordics, when: {country: ["NO", SE, DK, FI]}}
  - {id: large, when: {employees: {at_least: 1000}}, team: enterprise}
  - {id: home, when: {any: [{country: [AT, CH, DE]}, {email_domain: [partner.example]}]}}
"""


@cache
def sources() -> dict[str, str]:
    """The shipped agreements, one with territories, and one that uses every word."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
    teams = "teams:\n  enterprise: {label: Large companies, reps: {weight: 1, capacity: 10}}\n"
    with_teams = texts["prospects-and-customers"].replace("teams:\n", teams, 1)
    every = FILE.with_name("every_word.yaml").read_text(encoding="utf-8")
    return {"default": packaged_text(), **texts, "territories": with_teams + TERRITORIES, "every-word": every}


@dataclass(frozen=True)
class Mutation:
    """One broken agreement: what was done, its text, and the line.

    `says` are words of the finding if it is at another line; `reason` says why nobody can know it.
    """

    name: str
    text: str
    line: int
    says: str = ""
    reason: str = ""


def _replaced(source: str, old: str, new: str, says: str = "", reason: str = "") -> Mutation:
    text = sources()[source]
    assert old in text, f"{source}: {old}"
    place = text.index(old)
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    line = text.count("\n", 0, place + same) + 1
    return Mutation(
        f"{source}: {old.strip()[:40]!r} to {new.strip()[:40]!r}", text.replace(old, new, 1), line, says, reason
    )


def _written() -> Iterator[Mutation]:
    """The blocks of `mutations.txt`: each names an agreement, what stands there, and what stands there then."""
    for block in FILE.read_text(encoding="utf-8").split("\n\n")[1:]:
        source, *lines = block.strip("\n").split("\n")
        parts = {mark: "\n".join(line[1:] for line in lines if line[0] == mark) for mark in "-+!?"}
        yield _replaced(source, parts["-"], parts["+"], says=parts["!"], reason=parts["?"])


def mutations() -> list[Mutation]:
    """All broken agreements, always the same."""
    found = [*_written(), *_misspelt_words(), *_lost_indentations(), *_doubled_lines()]
    return list({each.name: each for each in found}.values())


def _misspelt_words() -> Iterator[Mutation]:
    """A word of the language with two letters changed about, as fingers do: three in each agreement."""
    for source, text in sources().items():
        chance = random.Random(f"13 {source}")
        words = [*re.finditer(r"(?<=[{ ])([a-z_]{5,})(?=:[ \n])", text)]
        known = [each for each in words if each[1] in _WORDS]
        for each in chance.sample(known, 5):
            place = each.start() + chance.randrange(1, len(each[1]) - 1)
            if text[place] != text[place + 1]:
                broken = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                line = text.count("\n", 0, place) + 1
                yield Mutation(f"{source}: {each[1]} misspelt in line {line}", broken, line)


_WORDS = frozenset(
    {
        *("threshold", "points", "signal", "within", "at_most", "half_life", "full_score", "stops_when", "ladder"),
        *(
            "handoffs",
            "teams",
            "label",
            "next_step",
            "fields",
            "honeypot",
            "max_length",
            "criteria",
            "matches",
            "needed",
        ),
        *("review_after", "return_reasons", "forms", "engagement", "return_pages"),
    }
)


def _lost_indentations() -> Iterator[Mutation]:
    for source, line in (
        ("default", "  half_life: 30d"),
        ("default", "    criteria:"),
        ("default", "    weights: {title: 3, industry: 2}"),
        ("default", "      capacity: 25"),
        ("default", "        within: 30m"),
        ("default", "    next_step: Call, confirm"),
        ("demo-requests", "    signal: {kind: page_visited, content: careers}"),
        ("fit-and-engagement", "  fit_bands:"),
        ("five-minutes-or-a-day", "    time_zone:"),
        ("prospects-and-customers", "    criteria:"),
    ):
        yield _replaced(source, f"\n{line}", f"\n{line[2:]}")


def _doubled_lines() -> Iterator[Mutation]:
    for source, line in (
        ("default", "  half_life: 30d"),
        ("demo-requests", "threshold: 80"),
        ("fit-and-engagement", "  full_score: 200"),
        ("five-minutes-or-a-day", "    time_zone: Europe/Berlin"),
    ):
        text = sources()[source]
        begin = text.index(f"\n{line}") + 1
        whole = text[begin : text.index("\n", begin) + 1]
        number = text.count("\n", 0, begin) + 2
        yield Mutation(f"{source}: {line.strip()} twice", text[:begin] + whole + text[begin:], number)
