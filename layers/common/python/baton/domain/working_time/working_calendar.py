"""Calendars of working hours: the kind that is kept, and what all kinds have."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import ConfigDict, Field

from baton.agreement.terms.calendars import Week
from baton.domain.basics.facts import Fact


class AnyCalendar(Protocol):
    """A calendar, the agreement's or a stored one, as far as business time needs it."""

    @property
    def time_zone(self) -> str:
        """Returns the time zone of the hours, such as Europe/Berlin."""

    @property
    def hours(self) -> Mapping[str, tuple[str, ...]]:
        """Returns the hours of each day or range of days: `{"mon-fri": ("09:00-17:00",)}`."""

    @property
    def holidays(self) -> tuple[str, ...]:
        """Returns the dates without work, each perhaps with a name: `2026-12-25 Christmas Day`."""

    @property
    def special_hours(self) -> Mapping[str, tuple[str, ...]]:
        """Returns the hours of single dates, in place of those of their weekday."""


class WorkingCalendar(Fact):
    """A calendar that is kept with a handoff, or made of a person's own hours.

    `week` has the same hours as `hours`, in minutes; where it is missing, `hours` are read when a clock needs them.
    """

    model_config = ConfigDict(extra="allow")

    time_zone: str
    hours: dict[str, tuple[str, ...]]
    holidays: tuple[str, ...] = ()
    special_hours: dict[str, tuple[str, ...]] = Field(default={})
    week: Week | None = None
