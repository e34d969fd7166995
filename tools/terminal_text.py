"""Prints events, clocks and mails for a reader at a terminal."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from tools.mailbox import Mail

WIDTH = 100
FACTS = ("kind", "trigger", "owner", "clock", "channel", "reason", "why", "by")


def heading(text: str) -> str:
    """Returns a line that begins a new part of the output."""
    return f"\n── {text} {'─' * max(3, WIDTH - len(text) - 4)}"


def events(timeline: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yields a line for each event of a timeline, in the given order."""
    for event in timeline:
        facts = ", ".join(f"{name} {_plain(event[name])}" for name in FACTS if event.get(name))
        at = moment(event["at"]).strftime("%H:%M:%S.%f")[:-3]
        yield f"  {at}  {event['type']:<18} {facts}".rstrip()
        yield from (f"{'':34}because {reason}" for reason in event.get("reasons", ()))


def clocks(handoff: Mapping[str, Any], now: datetime) -> Iterator[str]:
    """Yields a line for each clock of a handoff: when it is due, or when it was stopped."""
    for clock in handoff["clocks"]:
        name = f"  {clock['name'].replace('_', ' '):<14}"
        if clock.get("stopped_at"):
            yield f"{name} stopped {moment(clock['stopped_at']):%H:%M:%S} UTC, {_kept(clock)}"
        else:
            due = moment(clock["due_at"])
            yield f"{name} due {_distance(due - now)}, {due:%a %d %b, %H:%M:%S} UTC"


def mail(came: Mail) -> str:
    """Returns a mail exactly as it came, between two lines."""
    to = f"To: {', '.join(came.to)}\n" if came.to else ""
    line = "┄" * WIDTH
    return f"{line}\n{to}Subject: {came.subject}\n\n{came.text.rstrip()}\n{line}"


def page(html: str) -> str:
    """Returns the visible text of a web page, as one paragraph."""
    body = re.sub(r"<(style|script|title)\b.*?</\1>", " ", html, flags=re.DOTALL | re.IGNORECASE)
    words = " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())
    return textwrap.fill(words, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)


def moment(text: str) -> datetime:
    """Reads a moment as the API writes it."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.replace("_", " ") if isinstance(value, str) and "@" not in value else str(value)


def _kept(clock: Mapping[str, Any]) -> str:
    return "too late" if clock["breached"] else "in time"


def _distance(left: timedelta) -> str:
    seconds = round(left.total_seconds())
    amount = abs(seconds)
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if amount >= size or size == 1:
            count = round(amount / size)
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"in {words}" if seconds >= 0 else f"{words} ago"
    raise AssertionError("unreachable")
