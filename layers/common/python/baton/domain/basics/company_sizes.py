"""Reads how large a company is: its employees and its revenue, which may be ranges such as `51-200` or `$1M-$10M`."""

from baton.domain.basics.amounts import Amount, comparable, read_amount, read_count

_CENTS_FROM = 1000
"""The least revenue that may have a fraction: that is of its cents, and not of a million that nobody named."""


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
