"""Reads amounts of money and sizes of companies as people write them, and writes numbers for people to read.

What is not clear is nothing: a word that no table knows, a second number, a range the wrong way round.
"""

import re
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

MAX_LENGTH = 80
MAX_AMOUNT = 10**15
_CENTS_FROM = 1000
"""The least revenue that may have a fraction: that is of its cents, and not of a million that nobody named."""
_NUMBER = r"[+-]?(\d{1,16}(\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,3})?"
"""A number as machines write it."""


class Amount(NamedTuple):
    """An amount from its lower to its upper end, which are the same for `50k`; `less than 50k` has no lower end.

    `currency` is a code, such as `EUR`, or a sign or word that several currencies share, such as `$` or `kr`.
    """

    low: float | None
    high: float | None
    currency: str | None = None

    @property
    def exact(self) -> float | None:
        """Returns the one number that the amount is; None for a range."""
        return self.low if self.low == self.high else None


def read_amount(value: object) -> Amount | None:
    """Returns an amount as people write it: `50,000`, `EUR 50 000`, `$10k–$50k`, `more than 5 Mio. €`; None if unclear.

    A text is rounded to cents.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Amount(value, value) if isfinite(value) and abs(value) <= MAX_AMOUNT else None
    return _read(value, False) if isinstance(value, str) and len(value) <= MAX_LENGTH else None


def read_count(written: str) -> Amount | None:
    """Returns a number of people as they are counted: `51-200`, `1,200 employees`, `10.000+`; None if unclear."""
    found = _read(written, True) if len(written) <= MAX_LENGTH else None
    return None if found is None or found.currency else found


@lru_cache(maxsize=4096)
def _read(written: str, of_people: bool) -> Amount | None:
    if not any(map(str.isdecimal, written)):
        return None
    from baton.domain.basics.amount_reading import read_words  # only some requests have amounts  # noqa: PLC0415

    found = read_words(written, of_people=of_people)
    return Amount(*found) if found else None


def comparable(amount: Amount | None) -> float | Amount | None:
    """Returns what conditions compare: the number that an amount is, or the amount if it is a range."""
    return amount if amount is None or amount.exact is None else amount.exact


def sent_number(text: str | None) -> float | Amount | None:
    """Returns the number that a tool sent, such as `120`, `12.5` or `1e3`, or an amount as people write it; or None."""
    written = (text or "").strip()
    if re.fullmatch(_NUMBER, written):
        number = float(written)
        return number if abs(number) <= MAX_AMOUNT else None
    return comparable(read_amount(written))


def read_size(name: str, written: str) -> Amount | None:
    """Returns the size as whole numbers: `employees` is a number of people, `revenue` an amount; None if unclear."""
    found = read_count(written) if name == "employees" else read_amount(written)
    if found is None or any(end is not None and not may_be_size(name, end) for end in (found.low, found.high)):
        return None
    low, high = (None if end is None else int(end) for end in (found.low, found.high))
    return Amount(low, high, found.currency)


def may_be_size(name: str, end: float) -> bool:
    """Returns whether a number can be a size: not below zero, and whole but for the cents of a revenue."""
    return end >= 0 and (end.is_integer() or (name == "revenue" and end >= _CENTS_FROM))


def comparable_size(name: str, number: int | None, written: str | None) -> float | Amount | None:
    """Returns what conditions compare: the range that was written, or else the number."""
    size = read_size(name, written) if written else None
    return comparable(size) if size and size.low == number else number


def amount_text(amount: float | Amount) -> str:
    """Writes an amount as people read it: `10,000 to 50,000 EUR`, `at least 50,000`, `at most 10,000`."""
    if not isinstance(amount, Amount):
        return number_text(amount)
    low, high = (None if end is None else number_text(end) for end in (amount.low, amount.high))
    text = f"at least {low}" if high is None else f"at most {high}" if low is None else low
    ends = text if None in (low, high) or low == high else f"{low} to {high}"
    return f"{ends} {amount.currency}" if amount.currency else ends


def number_text(value: float) -> str:
    """Writes a number as people read it: `10,000`, `49.5`."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
