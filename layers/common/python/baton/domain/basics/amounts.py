"""Reads numbers as people write them, and writes numbers for people to read."""

import re

_AMOUNT = re.compile(r"\D{0,8}?(\d{1,3}(?:[ ,.']\d{3})+|\d{1,15})(?:[.,](\d{1,2}))?\s*([km])?\D{0,8}")
_MULTIPLES = {"k": 1_000, "m": 1_000_000}


def parse_amount(value: object) -> float | None:
    """Returns the number in an answer such as `50000`, `50,000`, `EUR 50 000` or `50k`; None if it is not clear."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    found = _AMOUNT.fullmatch(str(value).strip().casefold()[:40])
    if found is None:
        return None
    whole = int("".join(sign for sign in found[1] if sign.isdecimal()))
    return (whole + float(f"0.{found[2] or 0}")) * _MULTIPLES.get(found[3], 1)


def number_text(value: float) -> str:
    """Writes a number as people read it: `10,000`, `49.5`."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
