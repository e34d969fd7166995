"""Imports email-validator without the wait for its patterns: 13 ms, a tenth of a start.

Its classes of characters reach up to U+10FFFF, and Python takes long to compile such a class. One that excludes the
other ASCII characters instead matches the same characters, and takes no time. Tests compare them at every code point,
and fail if a later version writes its patterns in another way.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_UP_TO_THE_LAST = re.compile(
    r"\[((?:[^\[\]\\]|\\[^uU]|\\u[0-9A-Fa-f]{4})*)(?:\u0080|\\u0080)-(?:\U0010ffff|\\U0010FFFF)\]", re.DOTALL
)
_compile = re.compile


def quick(pattern: str) -> str:
    """Writes a class that reaches from U+0080 to the last character as one that excludes the rest of ASCII."""
    return _UP_TO_THE_LAST.sub(_all_but, pattern)


def _all_but(characters: re.Match[str]) -> str:
    included = _compile(f"[{characters[1]}]")
    rest = (number for number in range(0x80) if not included.match(chr(number)))
    return "[^" + "".join(f"\\x{number:02x}" for number in rest) + "]"


def _quickly_compiled(pattern: Any, flags: int = 0) -> Any:
    return _compile(quick(pattern) if isinstance(pattern, str) else pattern, flags)


@contextmanager
def quick_patterns() -> Iterator[None]:
    """Compiles patterns quickly while a package is imported."""
    re.compile = _quickly_compiled
    try:
        yield
    finally:
        re.compile = _compile


with quick_patterns():
    from email_validator import EmailNotValidError, validate_email

__all__ = ["EmailNotValidError", "validate_email"]
