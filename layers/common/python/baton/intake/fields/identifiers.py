"""Checks an identifier, such as the id of a whitepaper: `whitepaper-2026`."""

import re

_IDENTIFIER = re.compile(r"[A-Za-z0-9._:/-]+")


def check_identifier(answer: str) -> str:
    """Returns the identifier unchanged.

    Raises:
        ValueError: it holds a space, or another sign than letters A to Z, digits and . _ : / -
    """
    if not _IDENTIFIER.fullmatch(answer):
        raise ValueError("is not an identifier; use the letters A to Z, digits and . _ : / -")
    return answer
