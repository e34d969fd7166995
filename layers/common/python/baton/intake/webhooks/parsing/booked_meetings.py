"""Reads what a signed tool tells of a booked meeting: when, with whom, where. Each text is bounded."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from baton.domain.basics.days import in_utc, is_bounded
from baton.domain.identity.normalised_emails import normalise_email
from baton.domain.meetings.meeting import Meeting
from baton.intake.webhooks.parsing.message_ids import message_id_of

MAX_HOSTS, LONGEST, LONGEST_LINK = 5, 200, 500


def read_meeting(
    named: object,
    starts_at: object,
    told_at: datetime,
    said: Mapping[str, object],
    *,
    hosts: Iterable[object] = (),
    called_off: bool = False,
) -> Meeting | None:
    """Returns a meeting; None without an id or a start that can be read. Of hosts those count that have an address.

    `said` has its `name`, `place`, `host_name`, `join_url`, `time_zone` and `replaces`, as far as the tool tells them.
    """
    start = _moment(starts_at)
    if not named or not isinstance(named, str) or start is None:
        return None
    told = {
        **{name: _text(said.get(name)) for name in ("name", "place", "host_name")},
        "hosts": _addresses(hosts),
        "join_url": _link(said.get("join_url")),
        "time_zone": _zone(said.get("time_zone")),
        "replaces": _id(said.get("replaces")),
        "moves": called_off and bool(said.get("moves")),
    }
    known = {name: value for name, value in told.items() if value} | {"called_off": called_off}
    return Meeting.model_validate({"meeting_id": message_id_of(named), "starts_at": start, "told_at": told_at, **known})


def _id(value: object) -> str | None:
    return message_id_of(value) if isinstance(value, str) and value else None


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= LONGEST else None
    except ValueError:
        return None
    return in_utc(at) if at and at.tzinfo and is_bounded(in_utc(at)) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    seen = "".join(sign if sign.isprintable() else " " for sign in value[: LONGEST * 4])
    return " ".join(seen.split())[:LONGEST] or None


def _addresses(hosts: Iterable[object]) -> tuple[str, ...]:
    found = list[str]()
    for host in hosts:
        if isinstance(host, str) and len(host) <= LONGEST and len(found) < MAX_HOSTS:
            try:
                found.append(normalise_email(host))
            except ValueError:
                continue
    return tuple(dict.fromkeys(found))


def _link(value: object) -> str | None:
    """Returns a link with https to a named host, without a user or a port in it; None for any other."""
    if not isinstance(value, str) or len(value) > LONGEST_LINK or not value.isascii() or not value.isprintable():
        return None
    try:
        parts = urlsplit(value)
        named = parts.hostname or ""
        plain = parts.scheme == "https" and parts.netloc.lower() == named and "." in named.strip(".")
    except ValueError:
        return None
    return value if plain and " " not in value and not set('"<>\\') & set(value) else None


def _zone(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    from zoneinfo import ZoneInfo  # only a meeting has one  # noqa: PLC0415

    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError):
        return None
