"""The base class of all records, the type of a moment in UTC, and the person behind a command."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from baton.domain.basics.staff_addresses import GivenAddress


class Fact(BaseModel):
    """A frozen record; pydantic builds its validator on first use, so that functions start fast.

    For the same reason, no name of a field is checked against the prefixes that pydantic keeps for itself.

    A validation error does not quote the input, because it may be personal and ends in a log.
    """

    model_config = ConfigDict(frozen=True, defer_build=True, hide_input_in_errors=True, protected_namespaces=())


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as fault:
        raise ValueError("is a moment of no year that computers know") from fault


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


AS_WHOLE = BeforeValidator(_whole)
"""Lets a field of integers accept 4.0, as some senders of JSON write 4."""


class Staff(Fact):
    """The person behind a command: a signed-in member of staff, or the holder of a one-click link."""

    email: GivenAddress
    groups: frozenset[str] = frozenset()
