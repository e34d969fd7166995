"""Reads the digits of a number with its signs between groups: `1,234.50`, `48 000`, `1'200`, `12,34,567`."""

import re
from typing import NamedTuple

MAX_DIGITS = 15


class Written(NamedTuple):
    """A number, and whether the sign before its last three digits might be the point before decimals."""

    value: float
    may_be_decimals: bool = False


_GROUPS = re.compile(r"([1-9][0-9]{0,2})(?:([ ',.])[0-9]{3})(?:\2[0-9]{3})*")
_GROUPS_AND_DECIMALS = re.compile(r"([1-9][0-9]{0,2}(?:([ ',.])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,](?P<decimals>[0-9]+)")
_IN_INDIA = re.compile(r"([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.(?P<decimals>[0-9]+))?")
_DECIMALS = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+|,[0-9]{1,2})|0,[0-9]+")


def read_digits(written: str) -> Written | None:
    """Returns the number in digits and the signs between them; None if it is no number, or several are as likely."""
    digits = "".join(sign for sign in written if sign.isdigit())
    if len(digits) > MAX_DIGITS:
        return None
    if written == digits:
        return Written(float(digits)) if digits == "0" or digits[0] != "0" else None
    if groups := _GROUPS.fullmatch(written):
        single = len(written) - len(digits) == 1
        return Written(float(digits), may_be_decimals=single and groups[2] in ".,")
    if _DECIMALS.fullmatch(written):
        return Written(float(written.replace(",", ".")))
    if found := _GROUPS_AND_DECIMALS.fullmatch(written) or _IN_INDIA.fullmatch(written):
        return Written(float(f"{''.join(filter(str.isdigit, found[1]))}.{found['decimals'] or 0}"))
    return None
