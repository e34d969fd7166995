"""Regular expressions that people write into an agreement, and that cannot hang whatever they say."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field


def checked_pattern(text: str) -> str:
    """The text itself, if it is a regular expression."""
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"is no regular expression: {fault}") from fault
    return text


Pattern = Annotated[str, Field(min_length=1, max_length=300, strict=True), AfterValidator(checked_pattern)]
