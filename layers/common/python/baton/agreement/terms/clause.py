"""What every part of the agreement is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Clause(BaseModel):
    """A part of the agreement: cannot be changed once read, and holds nothing that is not spelled out here."""

    model_config = ConfigDict(frozen=True, defer_build=True)


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]
