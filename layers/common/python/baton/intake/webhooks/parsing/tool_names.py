"""Maps a tool's names to Baton's: as the agreement has them, or else by usual names such as `job_title`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from baton.domain.conditions.content_addresses import content_address
from baton.intake.fields.fact_fields import FACTS
from baton.intake.names.usual_names import usual_field_among

IGNORE = "ignore"
"""The mapping of an event or a field that is to be dropped."""
_BETWEEN = re.compile(r"[^a-z0-9]+")
_MAX_NAME = 60
_MAX_ADDRESS = 2000

_SENT_BY_TOOLS = frozenset({*FACTS, "email", "campaign", "message", "opt_out"})


def snake_case(name: str) -> str:
    """Returns a name in snake case: `Job Title` and `job-title` become `job_title`."""
    return _BETWEEN.sub("_", name.casefold()).strip("_")


def slug(name: str) -> str:
    """Returns a name that a property may have; empty if no letter of it may stay."""
    short = snake_case(name)[:_MAX_NAME].strip("_")
    return short if not short or short[0].isalpha() else f"n_{short}"[:_MAX_NAME]


def kind_of(name: object) -> str | None:
    """Returns the kind of signal for an event's own name: `Demo booked` and `demo.booked` become `demo_booked`.

    Without any letter or digit it is None.
    """
    return (slug(name) if isinstance(name, str) else "") or None


@dataclass(frozen=True)
class ToolNames:
    """The names of one tool as the agreement maps them: events to kinds, fields to fields, pages to content."""

    events: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def agreed(cls, names: Mapping[str, Any]) -> "ToolNames":
        """Returns the names in the agreement's rules for one tool."""
        return cls(*(names.get(part) or {} for part in ("events", "fields", "content")))

    @cached_property
    def _events(self) -> dict[str, str]:
        return {snake_case(name): kind for name, kind in self.events.items()}

    @cached_property
    def _fields(self) -> dict[str, str]:
        return {snake_case(name): ours for name, ours in self.fields.items()}

    def agreed_kind(self, *names: object) -> str | None:
        """Returns the mapped kind of the first of these names that has one."""
        kinds = (self._events.get(snake_case(name)) for name in names if isinstance(name, str) and name)
        return next(filter(None, kinds), None)

    def agreed_field(self, *names: str) -> str | None:
        """Returns the mapped field of the first of these names that has one."""
        return next(filter(None, (self._fields.get(snake_case(name)) for name in names)), None)

    def usual_field(self, *names: str) -> str | None:
        """Returns the field of the first of these names that is a usual one."""
        return usual_field_among(_SENT_BY_TOOLS, *names)

    @cached_property
    def _addresses(self) -> dict[str, str]:
        pairs = ((content_address(name), ours) for name, ours in reversed([*self.content.items()]))
        return {address: ours for address, ours in pairs if address}

    def content_of(self, *names: object) -> str | None:
        """Returns the mapped content of the first of these pages or files that has one.

        An address is compared without scheme, host's case, query, fragment and trailing slash.
        """
        texts = [name for name in names if isinstance(name, str)]
        return next(filter(None, (self._content(name) for name in texts)), None)

    def _content(self, name: str) -> str | None:
        if found := self.content.get(name):
            return found
        address = content_address(name[:_MAX_ADDRESS]) if self.content else None
        return self._addresses.get(address) if address else None
