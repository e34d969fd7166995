"""The check of each field of a signal: id, kind, time, channel, source, campaign, content, properties."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from baton.agreement.terms.form_terms import FieldKind
from baton.domain.leads.person_facts import AnswerValue
from baton.domain.leads.stage_and_status import Channel
from baton.intake.fields.fact_fields import FACTS, SALUTATION, is_no_job, read_answer, read_text
from baton.intake.fields.field_faults import FieldFault, printable_name
from baton.intake.fields.json_documents import JsonObject, SeveralFaults, name_faults, read_fields, repeated_name_faults
from baton.intake.fields.unclear_values import FACTS_KEPT_IN_WORDS, words_of

MAX_PROPERTIES = 50
MAX_ID, MAX_TIME = 200, 40
FAST_CLOCK, MAX_AGE = timedelta(minutes=10), timedelta(days=3650)
STAGES = ("tofu", "mofu", "bofu")
KIND = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_BETWEEN_WORDS = re.compile(r"[\s/]+")
SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
PROPERTY = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def is_property(name: str) -> bool:
    """Returns whether a property may have this name."""
    return bool(PROPERTY.fullmatch(name))


def check_id(value: object, _: datetime) -> str | None:
    """Returns the id that a sender gave; None if it is empty.

    Raises:
        ValueError: it is none; the text says why.
    """
    if not isinstance(value, str):
        raise ValueError("is not text; put it in quotes")
    if len(value) > MAX_ID:
        raise ValueError(f"is longer than {MAX_ID} characters; send a shorter one, such as a hash of it")
    if not value.isprintable() or " " in value:  # no other space can be printed
        raise ValueError("holds a space or a character that cannot be seen; use visible ones only")
    return value or None


def _email(value: object, _: datetime) -> str | None:
    return read_text(value, 254, FieldKind.EMAIL)


def _kind(value: object, _: datetime) -> str | None:
    kind = read_text(value, 200)
    if kind is None:
        return None
    kind = _BETWEEN_WORDS.sub("_", kind.casefold())
    if not KIND.fullmatch(kind):
        raise ValueError("is not a kind; write a letter, then up to 59 of a to z, digits and _ . -, like page_visited")
    return kind


def check_time(value: object, now: datetime) -> datetime:
    """Returns when the signal happened. A sender's clock may be ten minutes fast: then it is the arrival time.

    Raises:
        ValueError: it is no such time; the text says why.
    """
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= MAX_TIME else None
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise ValueError("is not a time with its zone; write it like 2026-11-24T09:30:00Z")
    if at > now + FAST_CLOCK:
        raise ValueError("is in the future; send a signal once it has happened, and check the sender's clock")
    if at < now - MAX_AGE:
        raise ValueError("is more than ten years ago; leave out what is as old as that")
    return min(at.astimezone(UTC), now)


def _channel(value: object, _: datetime) -> Channel | None:
    channel = read_text(value, 60)
    try:
        return Channel(channel.casefold()) if channel else None
    except ValueError as fault:
        raise ValueError("is neither inbound nor outbound") from fault


def _source(value: object, _: datetime) -> str | None:
    source = read_text(value, 200)
    if source and not SOURCE.fullmatch(source.casefold()):
        raise ValueError("is not a source; write up to 60 of a to z, digits and . _ -, like crm")
    return source and source.casefold()


def _campaign(value: object, _: datetime) -> str | None:
    return read_text(value, 100)


def _stage(value: object) -> str | None:
    stage = read_text(value, 60)
    if stage and stage.casefold() not in STAGES:
        raise ValueError(f"is not one of {', '.join(STAGES)}")
    return stage and stage.casefold()


CONTENT_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "id": partial(read_text, longest=200, kind=FieldKind.LINE),
    "title": partial(read_text, longest=200, kind=FieldKind.LINE),
    "topic": partial(read_text, longest=100, kind=FieldKind.LINE),
    "stage": _stage,
}


def _content(given: object, _: datetime) -> dict[str, str]:
    if not isinstance(given, JsonObject):
        raise ValueError("is not an object; send its id, and if you like title, topic and stage, in one")
    read, faults = read_fields(given, CONTENT_CHECKS, "content.")
    faults = name_faults(given, CONTENT_CHECKS, "content.") + faults
    if not faults and "id" not in read:
        faults.append(FieldFault("content.id", "is needed"))
    if faults:
        raise SeveralFaults(faults)
    return {"content" if name == "id" else f"content_{name}": value for name, value in read.items()}


class ReadProperties(NamedTuple):
    """The properties of a signal, and the faults and the words of facts that cannot be read and refuse nothing."""

    values: dict[str, AnswerValue]
    unclear: dict[str, str]
    left_out: tuple[FieldFault, ...]


NO_PROPERTIES = ReadProperties({}, {}, ())


def _properties(value: object, _: datetime) -> ReadProperties:
    if not isinstance(value, JsonObject):
        raise ValueError("is not an object; send names and values in one")
    if len(value) > MAX_PROPERTIES:
        raise ValueError(f"has {len(value)} names; send at most {MAX_PROPERTIES}")
    odd = [name for name in value if not PROPERTY.fullmatch(name)]
    no_name = "is not a name; use up to 60 of A to Z, digits and _ . -"
    faults = [FieldFault(f"properties.{printable_name(name)}", no_name) for name in odd]
    read, wrong = read_fields(value, {name: FACTS.get(name, read_answer) for name in value}, "properties.")
    if "title" not in read and len(value) < MAX_PROPERTIES and is_no_job(title := value.get("title")):
        read.setdefault(SALUTATION, " ".join(str(title).split()))
    at_fault = {fault.field.removeprefix("properties.") for fault in wrong}
    unclear = {name: words for name in FACTS_KEPT_IN_WORDS if name in at_fault and (words := words_of(value[name]))}
    left_out = [fault for fault in wrong if fault.field.removeprefix("properties.") in unclear]
    wrong = [fault for fault in wrong if fault not in left_out]
    if faults := [*faults, *repeated_name_faults(value, "properties."), *wrong]:
        raise SeveralFaults(faults)
    return ReadProperties(read, unclear, tuple(left_out))


FIELDS: dict[str, Callable[[Any, datetime], object]] = {
    "message_id": check_id,
    "email": _email,
    "anonymous_id": check_id,
    "kind": _kind,
    "at": check_time,
    "channel": _channel,
    "source": _source,
    "campaign": _campaign,
    "content": _content,
    "properties": _properties,
}
"""The check of each field: it takes the sent value and the arrival time, and returns the stored value or None."""
