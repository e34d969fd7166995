"""Retention: how long an inactive lead is kept, by its status, before Baton erases it."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from baton.agreement.terms.clause import Clause

MIN_KEPT, MAX_KEPT = timedelta(days=7), timedelta(days=3650)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_WRITTEN = r"\s*(\d{1,4})\s*(day|week|month|year)s?\s*"


def parse_retention(text: object) -> timedelta:
    """Reads `90 days`, `18 months` or `2 years`; a month has 30 days, and a year 365.

    Raises:
        ValueError: it is something else, less than a week, or more than ten years.
    """
    if isinstance(text, timedelta):
        return text
    found = re.fullmatch(_WRITTEN, text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(
            f"{text!r} is not a time for which people are kept; write it like 90 days, 18 months or 2 years"
        )
    length = timedelta(days=int(found[1]) * _DAYS[found[2]])
    if not MIN_KEPT <= length <= MAX_KEPT:
        raise ValueError("people are kept for at least a week, and for ten years at most; write a time between")
    return length


RetentionPeriod = Annotated[
    timedelta,
    BeforeValidator(parse_retention),
    PlainSerializer(lambda length: f"{length.days} days", return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\s*[0-9]{1,4}\s*(day|week|month|year)s?\s*$",
            "examples": ["90 days", "18 months", "2 years"],
        },
        mode="validation",
    ),
]


class RetentionTerms(Clause):
    """How long after their last sign of life people are forgotten; where nothing is said, they are kept.

    Who is with sales, in review, or parked until a date is kept in any case.
    """

    nurturing: RetentionPeriod | None = None
    """Who is nurtured."""
    disqualified: RetentionPeriod | None = None
    """Whom we cannot help."""
    lost: RetentionPeriod | None = None
    """Who decided against us."""
    won: RetentionPeriod | None = None
    """Who is a customer."""
    spam: RetentionPeriod | None = None
    """Who was taken for a robot."""
