"""A hundred thousand forged deliveries, each through the whole function, are refused and cause no fault."""

import base64
import json
import logging
import random
from collections import Counter
from typing import Any

import pytest

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.intake.webhooks.delivery_reader import read_delivery
from baton.intake.webhooks.parsing.tool_names import ToolNames
from tests.integration.gateway import Event, request
from tests.integration.stack import PUBLIC_URL, secret
from tests.integration.webhooks import send
from tests.integration.world import World
from tests.senders import SAMPLES, Sent, recorded, sent
from tests.unit.intake.deliveries import NOW, delivery

FORGED = 100_000
MUTATED = 9_000
PEPPER = secret("Pepper").encode()
SIGNED_BY_NOBODY = {"mailchimp", "marketo"}
ODD = ["", " ", "\0", "é", "\ud800", "v1,", "v1=", "t=,v1=", "sha256=", "=" * 9, "9" * 400, "-1", "nan", "1e9", "١٢٣"]
HEADERS = sorted(
    {"webhook-id", "x-hubspot-signature-version", "authorization", "x-signature", "content-type", "x-cio-signature"}
    | {header for source in SOURCES for header in sent(source, b"{}", NOW).headers}
)


class Forger:
    """Makes requests that are nearly right, or nothing like it; the same ones every time."""

    def __init__(self, right: dict[str, Sent]) -> None:
        self.chance, self.right = random.Random(20261125), right

    def event(self, template: Event) -> tuple[str, Event]:
        """A request for some source, and which one."""
        source = self.chance.choice(SOURCES)
        one = self.right[source]
        headers, query, body = dict(one.headers), dict(one.query), one.body
        change = self.chance.choice([self._of_headers, self._of_body, self._of_everything])
        headers, query, body = change(source, headers, query, body)
        text = self.chance.random() < 0.5
        return source, {
            **template,
            "path": f"/webhooks/{source}",
            "pathParameters": {"source": source},
            "headers": headers,
            "multiValueHeaders": None,
            "queryStringParameters": query or None,
            "body": body.decode("latin-1") + self.chance.choice(["", "\ud800"])
            if text
            else base64.b64encode(body).decode(),
            "isBase64Encoded": not text,
        }

    def _of_headers(self, source: str, headers: Any, query: Any, body: bytes) -> tuple[Any, Any, bytes]:
        """What shows whose it is is changed, is missing, or is another sender's."""
        for name in [name for name in headers if name != "content-type" and name not in query]:
            headers[name] = self._other(headers[name]) if self.chance.random() < 0.8 else self.chance.choice(ODD)
            if self.chance.random() < 0.1:
                del headers[name]
        if "x-hubspot-signature" in headers:
            headers["x-hubspot-signature"] = self._other(headers["x-hubspot-signature"])
        return headers, {name: self._other(value) for name, value in query.items()}, body

    def _of_body(self, source: str, headers: Any, query: Any, body: bytes) -> tuple[Any, Any, bytes]:
        """Other bytes than were signed; of those who sign nothing, another secret."""
        if source in SIGNED_BY_NOBODY:
            return self._of_headers(source, headers, query, body)
        return headers, query, self.mutated(body)

    def _of_everything(self, source: str, headers: Any, query: Any, body: bytes) -> tuple[Any, Any, bytes]:
        names = self.chance.sample(HEADERS, self.chance.randrange(6))
        made_up = {name: self.chance.choice(ODD) + self.chance.randbytes(4).hex() for name in names}
        odd = (
            {self.chance.choice(["secret", "key", "é"]): self.chance.choice(ODD)} if self.chance.random() < 0.5 else {}
        )
        return made_up, odd, self.chance.randbytes(self.chance.randrange(200))

    def _other(self, text: str) -> str:
        """The text with one character changed, taken away or added."""
        place = self.chance.randrange(len(text) + 1)
        new = self.chance.choice(["", "A", "0", "=", "é"])
        changed = text[:place] + new + text[place + self.chance.randrange(2) :]
        return changed if changed != text else f"{text}0"

    def mutated(self, body: bytes) -> bytes:
        """Other bytes, one or many of them."""
        changed = bytearray(body)
        for _ in range(self.chance.choice([1, 1, 1, 3, 20])):
            place = self.chance.randrange(len(changed))
            changed[place : place + self.chance.choice([1, 1, 0, 9])] = self.chance.choice(
                [bytes([self.chance.randrange(256)]), b'"', b"{}", b"null", b"[]", b"1e999", b"-1", b"\xff", b""]
            )
            changed = changed or bytearray(b"0")
        return bytes(changed) if changed != body else body + b" "


@pytest.fixture
def forger(world: World) -> Forger:
    """Whose models are right as of the world's time, which stands still."""
    urls = {source: f"{PUBLIC_URL}/webhooks/{source}" for source in SOURCES}
    return Forger({source: sent(source, recorded(SAMPLES[source]), world.now, url=urls[source]) for source in SOURCES})


def test_every_forged_delivery_is_answered_401_and_stores_no_item(
    world: World, forger: Forger, record_property: Any
) -> None:
    for source in SOURCES:
        assert send(world, source, SAMPLES[source]).status == 202, "what is right is trusted"
    before, answers = world.stack.items(), Counter[int]()
    _, template = request("POST", "/webhooks/standard", "{}")
    logging.disable(logging.CRITICAL)
    with world._environment("receive_webhook"):
        handle = world._instances["receive_webhook"].lambda_handler
        for _ in range(FORGED):
            _, event = forger.event(template)
            answers[handle(event, None)["statusCode"]] += 1
    logging.disable(logging.NOTSET)
    said = ", ".join(f"{times:,} answered with {status}" for status, times in answers.items())
    record_property("forged_webhooks", said)
    assert answers == {401: FORGED}
    assert world.stack.items() == before


def test_every_mutated_delivery_of_a_trusted_sender_is_read_or_quarantined(forger: Forger) -> None:
    """Its payloads with bytes changed, and with other values in them: a fault of ours would show as such."""
    for source in SOURCES:
        body = recorded(SAMPLES[source])
        for number in range(MUTATED // len(SOURCES)):
            other = forger.mutated(body) if number % 2 else _with_other_values(forger.chance, body)
            was = read_delivery(delivery(source, other), ToolNames(), PEPPER, NOW)
            assert "failed with" not in "".join(was.why), (source, other, was.why)


def _with_other_values(chance: random.Random, body: bytes) -> bytes:
    try:
        return json.dumps(_otherwise(chance, json.loads(body))).encode()
    except ValueError:
        return body


def _otherwise(chance: random.Random, said: Any) -> Any:
    if chance.random() < 0.04:
        return chance.choice(
            [None, True, -1, 10**400, 1e308, "", "\0", "x" * 600, [], {}, [[]], {"a": 1}, "\ud800", [1]]
        )
    if isinstance(said, dict):
        return {name: _otherwise(chance, value) for name, value in said.items()}
    return [_otherwise(chance, value) for value in said] if isinstance(said, list) else said
