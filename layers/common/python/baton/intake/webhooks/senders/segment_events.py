"""Events in Segment's format (track, identify, page, screen), which Customer.io sends, too."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from baton.domain.conditions.content_addresses import content_address
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, UnclearPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of

_OF_PEOPLE = frozenset({"name", "firstName", "lastName", "company", "address"})

_TESTED = "segment-test-message"
"""The beginning of the ids that Segment's event tester makes up."""


def read_events(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns the parts of one event or of a batch.

    Raises:
        NotUnderstood: there is no event in it.
    """
    body = delivery.json()
    batch = body.get("batch") if isinstance(body, JsonObject) and "batch" in body else body
    events: list[Any] = batch if isinstance(batch, list) else [batch]
    if not events or not all(isinstance(event, JsonObject) for event in events):
        raise NotUnderstood("there is no event in it")
    return [part for event in events for part in read_event(event, names, delivery)]


def read_event(event: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    """Yields the signal of one event; none for a person without an address or id."""
    if str(event.get("messageId")).startswith(_TESTED):
        yield LetGo(LetGoReason.TEST)
        return
    kind, properties, traits = _kind(event, names), _object(event, "properties"), _traits(event)
    if kind is None:
        yield UnclearPart("type is not one of track, identify, page and screen, or the event has no name; map it")
        return
    answers, ids = SortedAnswers(names).add(_of_person(traits)).add(_rest(traits)), _ids(event)
    answers.add(((name, each) for name, each in properties.items() if name != "email"), usual=False)
    answers.campaign = answers.campaign or _text(value_at(event, "context", "campaign", "name"))
    email, mentioned = answers.email or _address(event.get("userId")), properties.get("email")
    if not (email or event.get("userId")):
        email = mentioned  # of a visitor who is no user yet it is their own
    if kind == IGNORE or not (email or ids):
        yield ignored(_agreed_kind(event, names)) if kind == IGNORE else LetGo(LetGoReason.NAMES_NOBODY)
        return
    if event.get("type") in ("page", "screen"):
        answers.content = answers.content or _page(event, properties, names)
    at = event.get("timestamp") or event.get("originalTimestamp") or event.get("sentAt")
    named = message_id_of(event.get("messageId") or content_hash(event))
    at, is_current = webhook_time(at, delivery.arrived_at), event.get("type") == "identify"
    by_script = {"mentioned_email": mentioned, "anybody": True, "is_address_current": is_current}
    yield answers.signal(named, kind, email, at, ids=ids, **by_script)


def _ids(event: JsonObject) -> tuple[str, ...]:
    """Returns the sender's ids of a person, as a user and as a visitor."""
    return person_ids(("user", event.get("userId")), ("visitor", event.get("anonymousId")))


def _kind(event: JsonObject, names: ToolNames) -> str | None:
    usual = {"identify": "identified", **dict.fromkeys(("page", "screen"), "page_visited")}
    match event.get("type"):
        case "track":
            return _agreed_kind(event, names) or kind_of(event.get("event"))
        case "identify" | "page" | "screen" as about:
            return _agreed_kind(event, names) or usual[about]
        case "group" | "alias":
            return IGNORE
    return None


def _agreed_kind(event: JsonObject, names: ToolNames) -> str | None:
    match event.get("type"):
        case "track":
            return names.agreed_kind(event.get("event"))
        case "identify":
            return names.agreed_kind("identify")
        case "page" | "screen" as page:
            return names.agreed_kind(event.get("name"), page)
    return None


def _object(event: Mapping[str, Any], *path: str) -> JsonObject:
    value = value_at(event, *path)
    return value if isinstance(value, JsonObject) else JsonObject([])


def _traits(event: JsonObject) -> JsonObject:
    """Returns the traits of the person, of this event and of the context."""
    return JsonObject([*_object(event, "context", "traits").items(), *_object(event, "traits").items()])


def _of_person(traits: JsonObject) -> Iterator[Entry]:
    yield "first_name", traits.get("firstName") or traits.get("first_name")
    yield "last_name", traits.get("lastName") or traits.get("last_name")
    yield "full_name", traits.get("name")
    company = traits.get("company")
    yield "company", company.get("name") if isinstance(company, JsonObject) else company
    for name in ("industry", "employee_count", "employees"):
        yield "employees" if name.startswith("employee") else name, value_at(company, name)
    yield "country", value_at(traits, "address", "country")
    yield "region", value_at(traits, "address", "state")


def _rest(traits: JsonObject) -> Iterator[Entry]:
    return ((name, value) for name, value in traits.items() if name not in _OF_PEOPLE)


def _page(event: JsonObject, properties: JsonObject, names: ToolNames) -> str | None:
    """Returns the content of a page: as mapped for its path, address or name, else the last part of its path."""
    url = properties.get("url") or value_at(event, "context", "page", "url")
    path = properties.get("path") or value_at(event, "context", "page", "path")
    path = path or (_path(url) if isinstance(url, str) else None)
    agreed = names.content_of(path, url, event.get("name"))
    if agreed or not isinstance(path, str):
        return agreed or _text(event.get("name"))
    return _text((content_address(path) or path).rstrip("/").rpartition("/")[2] or "home")


def _path(url: str) -> str | None:
    try:
        return urlsplit(url).path
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value[:100] if isinstance(value, str) and value.isprintable() and value.strip() else None


def _address(user_id: object) -> str | None:
    return user_id if isinstance(user_id, str) and "@" in user_id else None
