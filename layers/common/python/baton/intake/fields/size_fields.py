"""Checks a company's size: a whole number, or a range that is kept as it was written."""

from collections.abc import Mapping
from typing import Any, TypeGuard

from baton.domain.basics.amounts import may_be_size, read_size
from baton.domain.leads.person_facts import SIZES, SizeName, written_size
from baton.intake.fields.field_text import clean_text

MAX_NUMBER = 10**15
MAX_LENGTH = 60
_MAX_DIGITS = 15


def read_employees(value: object) -> int | str | None:
    """Returns a number of employees, `1,200` as 1200; or a range as it was written: `51-200`, `10,001+`.

    Raises:
        ValueError: it is neither, is below zero, or too large.
    """
    return _size("employees", value, "51-200")


def read_revenue(value: object) -> int | str | None:
    """Returns a revenue in whole units, `5M` as 5000000; a range, or one with its currency, as it was written.

    Raises:
        ValueError: it is neither, is below zero, or too large.
    """
    return _size("revenue", value, "$1M-$10M")


def _size(name: SizeName, value: object, sample: str) -> int | str | None:
    if isinstance(value, str):
        if not (written := clean_text(value, MAX_LENGTH)):
            return None
        if written.isascii() and written.isdecimal() and len(written) <= _MAX_DIGITS:
            return int(written)
        if size := read_size(name, written):
            return written if size.exact is None or size.currency else int(size.exact)
    elif _is_number(value) and 0 <= value <= MAX_NUMBER and may_be_size(name, float(value)):
        return int(value)
    raise ValueError(f"is neither a whole number nor a range; write it like 1200 or {sample}")


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def company_facts(checked: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the checked facts of a company by the fields of `Company`: a size as a number, and as it was written."""
    facts = dict(checked)
    for name in SIZES:
        if isinstance(written := facts.get(name), str) and (size := read_size(name, written)):
            facts |= {name: size.low, written_size(name): written}
    return facts
