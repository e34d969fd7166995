"""What every part of the domain is made of: frozen records, instants in UTC, and refusals that say what is allowed."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict


class Fact(BaseModel):
    """A record that never changes; built on first use, because start-up pays for every model built.

    A fault in reading one does not quote what was read: it may be personal, and it ends in a log.
    """

    model_config = ConfigDict(frozen=True, defer_build=True, hide_input_in_errors=True)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


def _whole(said: object) -> object:
    return int(said) if isinstance(said, float) and said.is_integer() else said


AS_WHOLE = BeforeValidator(_whole)
"""Reads a whole number also where JSON has it as 4.0."""


class Staff(Fact):
    """Who does something: a signed-in member of staff, or the holder of a one-click link."""

    email: str
    groups: frozenset[str] = frozenset()
