"""Sends webhooks as marketing tools do."""

from collections.abc import Mapping
from typing import Any

from tests.integration.gateway import Answer
from tests.integration.stack import PUBLIC_URL
from tests.integration.world import World
from tests.senders import recorded, secret_of, sent


def send(
    world: World,
    source: str,
    body: bytes | str,
    *,
    secret: str | None = None,
    id_: str = "msg_1",
    headers: Mapping[str, str] | None = None,
    in_base64: bool = False,
) -> Answer:
    """A tool sends a body, or the recorded payload of this name, signed with its secret as of the world's time."""
    body = recorded(body) if isinstance(body, str) else body
    url = f"{PUBLIC_URL}/webhooks/{source}"
    one = sent(source, body, world.now, secret=secret or secret_of(source), url=url, id_=id_)
    content: Any = body if in_base64 else body.decode()
    how = {"headers": {**one.headers, **(headers or {})}, "query": one.query or None}
    return world.ask("POST", f"/webhooks/{source}", content, **how)


def let_go(answer: Answer) -> int:
    """How many parts of a delivery were let go."""
    counts(answer)
    return int(answer.json()["let_go"])


def waits(answer: Answer) -> int:
    """How many parts of a delivery wait for the address of their person."""
    counts(answer)
    return int(answer.json()["waiting"])


def counts(answer: Answer) -> tuple[int, int, int]:
    """How many were accepted, repeated, quarantined."""
    assert answer.status == 202, answer
    told = answer.json()
    assert list(told) == ["accepted", "repeated", "quarantined", "let_go", "waiting"]
    return told["accepted"], told["repeated"], told["quarantined"]
