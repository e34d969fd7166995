"""What one part of a delivery tells of somebody, in the terms of `POST /signals`, by which it is then checked."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import normalize

from baton.domain.lead import Said
from baton.intake.documents import Object
from baton.intake.facts import FACTS, answer, text
from baton.intake.signal_fields import FAST_CLOCK, LONGEST_ID, MOST_PROPERTIES
from baton.intake.webhooks.names import IGNORE, Names, slug

LONGEST_MESSAGE = 4000
_MILLISECONDS_FROM = 10**11
_UNIX_TIME = re.compile(r"[0-9]{9,13}")
_LATEST = 4 * 10**9

Entry = tuple[str | tuple[str, ...], object]
"""Something said under a name, or under several names for the same."""


@dataclass(frozen=True, slots=True)
class Told:
    """One signal as it would be sent to `POST /signals`, with a message besides, and the sender's ids of the person.

    Without an address it is of whoever is known by the first of the `ids`; if nobody is, `or_nobody` says that there
    is nothing to tell.
    """

    message_id: str
    kind: str
    email: str | None = None
    at: str | None = None
    channel: str | None = None
    source: str | None = None
    campaign: str | None = None
    content: Mapping[str, str] | None = None
    properties: Mapping[str, Said] = field(default_factory=dict)
    message: str | None = None
    ids: tuple[str, ...] = ()
    or_nobody: bool = False

    def sent(self, source: str) -> Object:
        """It as an object that `read_signal` reads; `source` is whose webhook it is."""
        named = {name: getattr(self, name) for name in ("message_id", "kind", "email", "at", "channel", "campaign")}
        parts = {"content": self.content, "properties": self.properties}
        objects = {name: _as_sent(part) for name, part in parts.items() if part}
        return Object([*named.items(), ("source", self.source or source), *objects.items()])


def _as_sent(part: object) -> object:
    return Object(list(part.items())) if isinstance(part, Mapping) else part


@dataclass(frozen=True, slots=True)
class Unclear:
    """A part of a delivery that Baton makes nothing of; `why` quotes nothing of it."""

    why: str


Part = Told | Unclear


@dataclass(slots=True)
class Sorted:
    """Answers in their places: those for which a lead has one, properties, and the rest as lines of the message."""

    names: Names
    email: str | None = None
    campaign: str | None = None
    content: str | None = None
    properties: dict[str, Said] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def message(self) -> str | None:
        """What was said in words."""
        written = normalize("NFC", "\n".join(self.lines)).strip()
        shown = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in written)
        return shown[:LONGEST_MESSAGE] or None

    def told(self, message_id: str, kind: str, email: Any, at: str | None, **more: Any) -> Told:
        """A signal with all of these answers."""
        said = {"campaign": self.campaign, "message": self.message, "properties": self.properties}
        content = {"id": self.content} if self.content else None
        return Told(message_id, kind, email, at, **{"content": content, **said, **more})

    def add(self, entries: Iterable[Entry], *, usual: bool = True, in_words: bool = False) -> "Sorted":
        """Put each where it belongs. Without `usual`, only what is agreed is taken for a fact about the person;
        `in_words` keeps what has no place in the message rather than among the properties.
        """
        for given, said in entries:
            value, names = flat(said), (given,) if isinstance(given, str) else given
            ours = self.names.agreed_field(*names) or (self.names.usual_field(*names) if usual else None)
            if value is not None and value != "" and ours != IGNORE:
                self._place(names[0], ours, value, in_words=in_words, clashes=not usual)
        return self

    def _place(self, name: str, ours: str | None, value: Said, *, in_words: bool, clashes: bool) -> None:
        if ours in ("email", "campaign", "content"):
            if getattr(self, ours) is not None:
                return
            if kept := _short(value, 254 if ours == "email" else 100):
                setattr(self, ours, kept)
                return
        elif ours == "message":
            self.lines.insert(0, str(value))
            return
        elif ours is not None:
            if (fact := _fact(ours, value)) is not None and self.properties.setdefault(ours, fact) == fact:
                return
        elif not in_words and self._kept_as_property(slug(name), value, clashes=clashes):
            return
        self.lines.append(f"{name}: {value}")

    def _kept_as_property(self, name: str | None, value: Said, *, clashes: bool) -> bool:
        if name in FACTS:
            name = f"event.{name}" if clashes else None
        if not name or name in self.properties or len(self.properties) >= MOST_PROPERTIES - len(FACTS):
            return False
        try:
            kept = answer(value)
        except ValueError:
            return False
        if kept is not None:
            self.properties[name] = kept
        return True


def flat(said: object) -> Said | None:
    """One value: of a list its parts with commas between; None for what is none."""
    if isinstance(said, list):
        return ", ".join(str(each) for each in said if isinstance(each, str | int | float)) or None
    return said if isinstance(said, str | int | float) else None


def _short(value: Said, longest: int) -> str | None:
    try:
        return text(str(value), longest)
    except ValueError:
        return None


def _fact(name: str, value: Said) -> Said | None:
    """A fact as it is kept, also where a number comes in place of text; None if it does not fit."""
    for said in (value, str(value)):
        try:
            return FACTS[name](said)
        except ValueError:
            continue
    return None


def name_of(*parts: object) -> str:
    """The id of a message, of what names it in its sender's words; hashed where that is too long or has spaces."""
    named = ":".join(str(part) for part in parts)
    fits = len(named) <= LONGEST_ID and named.isascii() and named.isprintable() and " " not in named
    return named if fits else hashlib.sha256(named.encode(errors="replace")).hexdigest()


def hash_of(said: Any) -> str:
    """The id of something that its sender does not name: a hash of what it says, whatever the order of its names."""
    written = said if isinstance(said, bytes) else json.dumps(said, sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()


def moment(said: object, now: datetime) -> str | None:
    """A time as `POST /signals` takes it, of ISO 8601 or a Unix time in seconds or milliseconds; a time without a zone
    is in UTC. None if there is none, or if the sender's clock is ahead: then it is when it arrives.
    """
    at = _from_number(said) if isinstance(said, int | float) else _from_text(said) if isinstance(said, str) else None
    if at is None or at > now + FAST_CLOCK - timedelta(seconds=1):
        return None
    return at.isoformat()


def _from_number(said: float) -> datetime | None:
    seconds = said / 1000 if said >= _MILLISECONDS_FROM else said
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None


def _from_text(said: str) -> datetime | None:
    if _UNIX_TIME.fullmatch(said):
        return _from_number(int(said))
    try:
        at = datetime.fromisoformat(said.strip())
        return at.astimezone(UTC) if at.utcoffset() is not None else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
