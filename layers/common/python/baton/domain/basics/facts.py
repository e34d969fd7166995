"""The base class of all records, the type of a moment in UTC, and the person behind a command."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from baton.domain.basics.staff_addresses import GivenAddress


class Fact(BaseModel):
    """A frozen record; pydantic builds its validator on first use, so that functions start fast.

    For the same reason, no name of a field is checked against the prefixes that pydantic keeps for itself.

    A validation error does not quote the input, because it may be personal and ends in a log.
    """

    model_config = ConfigDict(frozen=True, defer_build=True, hide_input_in_errors=True, protected_namespaces=())

    @classmethod
    def model_rebuild(cls, **how: Any) -> bool | None:
        """Builds the validator; see pydantic."""
        _being_built.add(cls)
        try:
            return super().model_rebuild(**how)
        finally:
            _being_built.discard(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Builds a record before one that has it as a part: pydantic would build it for each of both."""
        if cls not in _being_built:
            cls.model_rebuild(raise_errors=False, _types_namespace={})
        return handler(source)


_being_built: set[type[Fact]] = set()


class _InUtc:
    """Reads a moment in UTC; pydantic's `AfterValidator` would look at our function again for each field."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        moment = core_schema.datetime_schema(tz_constraint="aware")
        return core_schema.no_info_after_validator_function(_in_utc, moment)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as fault:
        raise ValueError("is a moment of no year that computers know") from fault


Instant = Annotated[datetime, _InUtc]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


AS_WHOLE = BeforeValidator(_whole)
"""Lets a field of integers accept 4.0, as some senders of JSON write 4."""


class Staff(Fact):
    """The person behind a command: a signed-in member of staff, or the holder of a one-click link."""

    email: GivenAddress
    groups: frozenset[str] = frozenset()
