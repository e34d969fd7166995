"""Checks a phone number: at least 5 digits, kept as it was typed, such as `+49 30 1234`, with single spaces."""

import re

_PHONE = re.compile(r"[0-9 +()./-]+(?:ext[0-9 .]+)?", re.IGNORECASE)
_MIN_DIGITS = 5


def check_phone(answer: str) -> str:
    """Returns the phone number with single spaces: `+49  30 1234` becomes `+49 30 1234`.

    Raises:
        ValueError: it has fewer than 5 digits or other signs; the text says the remedy.
    """
    phone = " ".join(answer.split())
    if not _PHONE.fullmatch(phone) or sum(letter.isdecimal() for letter in phone) < _MIN_DIGITS:
        raise ValueError(
            f"is not a phone number; write at least {_MIN_DIGITS} digits, with spaces, + ( ) - . / and `ext` between"
        )
    return phone
