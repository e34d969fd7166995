"""The terms of an import: the kind of list, the mapping of its columns, its date format, defaults for all rows."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.leads.person_facts import Existing
from baton.domain.leads.stage_and_status import Channel
from baton.intake.fields.fact_fields import FACTS
from baton.intake.imports.cell_values import Decimals, SlashDates, Spelling
from baton.intake.imports.column_mapping import (
    CONSENT,
    FIELDS,
    PROPERTY,
    ListKind,
    name_of_attribute,
    normal_column_name,
)
from baton.intake.signals.signal_fields import FIELDS as CHECKS
from baton.intake.signals.signal_fields import MAX_PROPERTIES, is_property

MAX_MAPPED = 100
MAX_SKIPPED = 100
MAX_OF_THE_LINE = 10
_MAX_NAME, _MAX_VALUE = 200, 500
PURPOSE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)
_OF_ONE_PERSON = frozenset({"email", "message_id"})

ColumnName = Annotated[str, Field(min_length=1, max_length=_MAX_NAME)]
Value = Annotated[str, Field(max_length=_MAX_VALUE)]


class ImportTerms(BaseModel):
    """What the list is of, what its columns are called, and what holds for all lines that do not say otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)

    kind: ListKind
    mapping: dict[ColumnName, str | None] = Field(default_factory=dict, max_length=MAX_MAPPED)
    constants: dict[str, Value] = Field(default_factory=dict, max_length=MAX_MAPPED)
    only: dict[ColumnName, Value] = Field(default_factory=dict, max_length=MAX_OF_THE_LINE)
    skip_lines: int = Field(default=0, ge=0, le=MAX_SKIPPED)
    existing: Existing = "fill"
    source: str | None = None
    campaign: str | None = None
    channel: Channel | None = None
    dates: SlashDates | None = None
    decimals: Decimals | None = None
    time_zone: str | None = Field(default=None, max_length=60)

    @field_validator("source", "campaign")
    @classmethod
    def _as_of_a_signal(cls, text: str | None, info: object) -> str | None:
        checked = CHECKS[str(getattr(info, "field_name", ""))](text, _WHENEVER) if text else None
        return str(checked) if checked else None

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        if name:
            zone_of(name)
        return name

    @model_validator(mode="after")
    def _leads_to_fields(self) -> Self:
        names = [normal_column_name(name) for name in self.mapping]
        if len(set(names)) < len(names):
            raise ValueError("`mapping` names a column twice, but for case and spaces; name it once")
        for name, field in self.mapping.items():
            if field is not None and not self._is_field(field):
                raise ValueError(f"`mapping.{name}` leads to no field; there are {self._fields}")
        properties = {field for field in self.mapping.values() if field and field.startswith((PROPERTY, ATTRIBUTE))}
        if len(properties) > MAX_PROPERTIES - len(FACTS):
            raise ValueError(f"`mapping` leads to more than {MAX_PROPERTIES - len(FACTS)} properties; leave some out")
        return self

    @model_validator(mode="after")
    def _has_constants_of_fields(self) -> Self:
        if not self.constants:
            return self
        from baton.intake.imports.cell_readings import check_constant  # few lists have constants  # noqa: PLC0415

        for field in self.constants:
            if field in _OF_ONE_PERSON or not self._is_field(field):
                raise ValueError(f"`constants.{field}` cannot be the same for all lines; there are {self._fields}")
            try:
                check_constant(field, self.constants[field], self.spelling)
            except ValueError as fault:
                raise ValueError(f"`constants.{field}` {fault}") from fault
        return self

    def _is_field(self, field: str) -> bool:
        if field.startswith(PROPERTY):
            return is_property(field.removeprefix(PROPERTY))
        if name_of_attribute(field):
            return True
        if field.startswith(CONSENT):
            return bool(PURPOSE.fullmatch(field.removeprefix(CONSENT)))
        return field in FIELDS[self.kind]

    @property
    def _fields(self) -> str:
        return f"{', '.join(FIELDS[self.kind])}, {PROPERTY}<name>, {ATTRIBUTE}<name>, {CONSENT}<purpose>"

    @property
    def spelling(self) -> Spelling:
        """Returns how dates and numbers are written, as far as that was said.

        Times without a zone are in UTC, unless the terms or the agreement name one.
        """
        return Spelling(self.dates, self.decimals, zone_of(self.time_zone) if self.time_zone else UTC)


def zone_of(name: str) -> tzinfo:
    """Returns the time zone of a name such as `Europe/Berlin`.

    Raises:
        ValueError: there is no such time zone.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # slow, and most lists are in UTC  # noqa: PLC0415

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError("is no time zone; write it like Europe/Berlin") from fault
