"""The base class of all clauses, and the types of names and short texts in them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Clause(BaseModel):
    """A part of the agreement, such as a team or a clock; it cannot be changed once read."""

    model_config = ConfigDict(frozen=True, defer_build=True, protected_namespaces=())


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]
