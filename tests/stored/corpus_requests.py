"""The requests with which the corpus is read, and how answers are compared."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.integration.gateway import Answer
from tests.integration.world import START, World
from tests.stored.corpus import Asked

_QUEUES = ("nurturing", "in_review", "parked", "disqualified", "with_sales", "won", "lost", "spam")
_LINK = re.compile(r"https://[^/\s]+(/(?:links|reports/weekly)/\S+)")
_MOST_LINKS = 12
_PASSING = {"result_url"}
"""Signed by the clock of this machine."""

Item = dict[str, Any]


def ask(world: World, asked: dict[str, Any]) -> Asked:
    """What a world answers to a request."""
    how = {name: value for name, value in asked.items() if name in ("by", "query")}
    answer = world.ask(asked["method"], asked["path"], **how)
    return Asked(asked, answer.status, _content(answer))


def _content(answer: Answer) -> Any:
    try:
        return _lasting(json.loads(answer.body))
    except ValueError:
        return answer.body


def _lasting(said: Any) -> Any:
    if isinstance(said, list):
        return [_lasting(each) for each in said]
    if isinstance(said, dict):
        return {name: bool(value) if name in _PASSING else _lasting(value) for name, value in said.items()}
    return said


def answers(world: World, items: list[Item], *, thorough: bool) -> list[Asked]:
    """What a world answers to all requests that only read; `thorough`: also those that repeat much of others."""
    found = []
    for asked in _requests(world, items, thorough):
        found.append(ask(world, asked))
        while isinstance(found[-1].body, dict) and found[-1].body.get("cursor"):
            query = {**asked.get("query", {}), "cursor": found[-1].body["cursor"]}
            found.append(ask(world, {**asked, "query": query}))
    return found


def _get(path: str, by: str = "sales", **query: str) -> dict[str, Any]:
    return {"method": "GET", "path": path, "by": by} | ({"query": query} if query else {})


def _requests(world: World, items: list[Item], thorough: bool) -> Iterator[dict[str, Any]]:
    parts = [(item["pk"]["S"].partition("#")[::2], item["sk"]["S"].partition("#")[::2]) for item in items]
    for lead in [name for (what, name), (sort, _) in parts if (what, sort) == ("LEAD", "LEAD")]:
        yield _get(f"/leads/{lead}")
        yield _get(f"/leads/{lead}/timeline")
        if thorough:
            yield _get(f"/leads/{lead}/export", "admin")
            yield _get(f"/leads/{lead}", at=(START + (world.now - START) / 2).isoformat())
    yield from (_get("/leads", queue=queue) for queue in _QUEUES)
    for (_, team), (_, email) in [each for each in parts if (each[0][0], each[1][0]) == ("TEAM", "REP")]:
        yield _get(f"/teams/{team}/reps/{email}")
        yield _get("/leads", owner=email)
    yield from (_get(f"/teams/{team}/reps") for team in sorted({name for (what, name), _ in parts if what == "TEAM"}))
    yield from _of_accounts(parts)
    yield from _of_the_agreement(parts)
    yield from _of_reports(world, thorough)
    yield from (_get(f"/imports/{name}", "marketing") for (what, name), _ in parts if what == "IMPORT")
    links = dict.fromkeys(link for mail in reversed(world.mails) for link in _LINK.findall(mail.text))
    yield from ({"method": "GET", "path": link} for link in [*links][:_MOST_LINKS])


def _of_accounts(parts: list[Any]) -> Iterator[dict[str, Any]]:
    accounts = [under for (what, under), (sort, _) in parts if (what, sort) == ("ACCOUNT", "ACCOUNT")]
    if accounts:
        yield _get("/accounts")
    yield from (_get(f"/accounts/{under}") for under in accounts if ":" not in under)


def _of_the_agreement(parts: list[Any]) -> Iterator[dict[str, Any]]:
    yield _get("/agreement")
    for (what, of), (sort, name) in parts:
        if (what, sort) == ("AGREEMENT", "V"):
            yield _get(f"/agreement/versions/{int(name)}")
        if (what, sort) == ("AGREEMENT", "DRAFT"):
            yield _get(f"/agreement/drafts/{name}")
        if (what, sort) == ("TRIAL", "TRIAL"):
            yield _get(f"/agreement/drafts/{of}/trial")
        if (what, sort) == ("PROPOSAL", "PROPOSAL"):
            yield _get(f"/agreement/proposals/{of}")
    yield _get("/agreement/drafts")


def _of_reports(world: World, thorough: bool) -> Iterator[dict[str, Any]]:
    until = (world.now + timedelta(days=1)).date()
    first = max((START - timedelta(days=1)).date(), until - timedelta(days=300))
    span = {"from": first.isoformat(), "to": until.isoformat()}
    yield _get("/reports/all", **span)
    if thorough:
        yield _get("/reports/all", **span, calendar="current")
