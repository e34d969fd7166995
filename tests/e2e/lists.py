"""How marketing imports a list, in the words of the tests."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

import httpx

from tests.e2e.at_work import AtWork, View, read, until
from tools.http_retries import HANGS_AFTER_SECONDS


def announced(baton: AtWork, **terms: Any) -> View:
    """What the answer says of where the file goes."""
    said: View = read(baton.marketing.post("/imports", json={"kind": "leads", **terms}))
    return said


def uploaded(announcement: View, content: bytes) -> httpx.Response:
    """Post the file there, as a browser's form does."""
    upload = announcement["upload"]
    return httpx.post(
        upload["url"], data=upload["fields"], files={"file": ("list.csv", content)}, timeout=HANGS_AFTER_SECONDS
    )


def ended(baton: AtWork, import_id: str, seconds: float = HANGS_AFTER_SECONDS) -> View:
    """The import once nothing more comes of it."""

    def look() -> View | None:
        known: View = read(baton.marketing.get(f"/imports/{import_id}"))
        return known if known["state"] in {"done", "failed"} else None

    return until(look, seconds, "the end of the import") or {}


def taken_in(baton: AtWork, content: bytes, **terms: Any) -> View:
    """Import a list, and give the import as it ended."""
    announcement = announced(baton, **terms)
    answer = uploaded(announcement, content)
    assert answer.is_success, answer.text
    return ended(baton, announcement["import_id"])


def results(known: View) -> list[dict[str, str]]:
    """What became of each line."""
    answer = httpx.get(known["result_url"], timeout=HANGS_AFTER_SECONDS)
    assert answer.is_success, answer.text
    return list(csv.DictReader(StringIO(answer.text)))


def taken_in_whole(baton: AtWork, header: str, lines: Sequence[str], **terms: Any) -> list[dict[str, str]]:
    """What became of each line of a list; lines that were too much at once are handed in again, as they are told."""
    known = taken_in(baton, "\n".join([header, *lines]).encode(), **terms)
    told = results(known)
    assert known["state"] == "done", known
    assert [int(line["line"]) for line in told] == list(range(2, 2 + len(lines)))
    assert known["progress"]["lines"] == len(lines)
    assert known["progress"]["accepted"] == sum(line["result"] == "accepted" for line in told)
    if not (failed := [place for place, line in enumerate(told) if line["result"] == "failed"]):
        return told
    assert len(failed) < len(lines), known
    again = iter(taken_in_whole(baton, header, [lines[place] for place in failed], **terms))
    return [next(again) if line["result"] == "failed" else line for line in told]
