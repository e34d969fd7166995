"""The terms of an import: the kind of list, the mapping of its columns, its date format, defaults for all rows."""

from datetime import UTC, datetime, tzinfo
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from baton.domain.leads.stage_and_status import Channel
from baton.intake.imports.cell_values import Decimals, SlashDates
from baton.intake.imports.column_mapping import FIELDS, PROPERTY, ListKind, normal_column_name
from baton.intake.signals.signal_fields import FIELDS as CHECKS
from baton.intake.signals.signal_fields import is_property

MAX_MAPPED = 100
_MAX_NAME = 200
_WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)


class ImportTerms(BaseModel):
    """What the list is of, what its columns are called, and what holds for all lines that do not say otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)

    kind: ListKind
    mapping: dict[Annotated[str, Field(min_length=1, max_length=_MAX_NAME)], str | None] = Field(
        default_factory=dict, max_length=MAX_MAPPED
    )
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
        fields = FIELDS[self.kind]
        names = [normal_column_name(name) for name in self.mapping]
        if len(set(names)) < len(names):
            raise ValueError("`mapping` names a column twice, but for case and spaces; name it once")
        for name, field in self.mapping.items():
            if field is None or field in fields:
                continue
            if not (field.startswith(PROPERTY) and is_property(field.removeprefix(PROPERTY))):
                raise ValueError(f"`mapping.{name}` leads to no field; there are {', '.join(fields)}, {PROPERTY}<name>")
        return self

    @property
    def zone(self) -> tzinfo:
        """Returns the time zone of dates that have none; UTC unless the terms or the agreement name one."""
        return zone_of(self.time_zone) if self.time_zone else UTC


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
