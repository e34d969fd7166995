"""How marketing imports a list, in the words of the tests."""

import csv
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
