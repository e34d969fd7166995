"""Counts the signals of lists, such as exports of leads: how often each kind, content, topic and form came."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from baton.agreement.likely.surroundings import Seen

_ASPECTS = {
    "kind": "kind",
    "event": "kind",
    "eventname": "kind",
    "activity": "kind",
    "activitytype": "kind",
    "content": "content",
    "contenttopic": "content topic",
    "form": "form",
    "formname": "form",
}
"""The columns that are counted, by their names in small letters without signs."""


class NoHistory(Exception):
    """A file says nothing of signals; the text says why."""


def seen_in(files: Iterable[Path]) -> Seen:
    """Returns how often each name came in lists with a header; columns are found as imports find them.

    Raises:
        NoHistory: a file cannot be read, or has no column of signals.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    signals = 0
    for path in files:
        for row in _rows(path):
            signals += 1
            for what, said in row:
                counts[what][said.casefold()] += 1
    return Seen(signals, {what: dict(counter) for what, counter in counts.items()})


def _rows(path: Path) -> Iterator[list[tuple[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            separator = max(",;\t|", key=header.count)
            names = next(csv.reader([header], delimiter=separator), [])
            columns = {place: what for place, name in enumerate(names) if (what := _ASPECTS.get(_key(name)))}
            if not columns:
                raise NoHistory(f"{path} has no column of signals; name one kind, content, content_topic or form")
            for row in csv.reader(file, delimiter=separator):
                yield [
                    (what, row[place].strip())
                    for place, what in columns.items()
                    if place < len(row) and row[place].strip()
                ]
    except (OSError, UnicodeError, csv.Error) as fault:
        raise NoHistory(f"{path} cannot be read: {fault}") from fault


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
