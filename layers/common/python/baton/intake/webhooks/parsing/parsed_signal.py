"""What one part of a delivery tells of somebody, in the terms of `POST /signals`, by which it is then checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baton.domain.leads.person_facts import AnswerValue
from baton.intake.fields.json_documents import JsonObject


@dataclass(frozen=True, slots=True)
class ParsedSignal:
    """One signal as it would be sent to `POST /signals`, with a message besides, and the sender's ids of the person.

    Without an address it is of whoever is known by the first of the `ids`; if nobody is, of whomever it mentions
    (`mentioned_email`), who is not known by these ids for that; else `skip_unknown` says that there is nothing to tell.
    """

    message_id: str
    kind: str
    email: str | None = None
    at: str | None = None
    channel: str | None = None
    source: str | None = None
    campaign: str | None = None
    content: Mapping[str, str] | None = None
    properties: Mapping[str, AnswerValue] = field(default_factory=dict)
    message: str | None = None
    ids: tuple[str, ...] = ()
    mentioned_email: Any = None
    skip_unknown: bool = False

    def sent(self, source: str) -> JsonObject:
        """It as an object that `read_signal` reads; `source` is whose webhook it is."""
        named = {name: getattr(self, name) for name in ("message_id", "kind", "email", "at", "channel", "campaign")}
        parts = {"content": self.content, "properties": self.properties}
        objects = {name: _as_sent(part) for name, part in parts.items() if part}
        return JsonObject([*named.items(), ("source", self.source or source), *objects.items()])


def _as_sent(part: object) -> object:
    return JsonObject(list(part.items())) if isinstance(part, Mapping) else part


@dataclass(frozen=True, slots=True)
class UnclearPart:
    """A part of a delivery that Baton makes nothing of; `why` quotes nothing of it."""

    why: str


DeliveryPart = ParsedSignal | UnclearPart
