"""Cleans typed text: Unicode NFC, plain line breaks, no space around it, no invisible marks, none unprintable."""

import re
from unicodedata import category, normalize

MAX_IN_ONE = 4
"""Normalising takes the square of a hostile text's length, so text over 4 times its limit is not normalised."""
UNSEEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that phones and mail programs copy along: blanks of no width, turns of the direction, a mark of byte order."""
_LINE_BREAKS = re.compile("\r\n|[\u2028\u2029]")


def clean_text(typed: str, max_length: int, allowed: str = "") -> str:
    """Returns the text in NFC without invisible marks and space around it.

    `allowed` names control characters that it may hold, such as tab.

    Raises:
        ValueError: it is longer than `max_length`, or holds an unprintable character; the text says the remedy.
    """
    is_plain = typed.isascii() and typed.isprintable()  # mostly so, and then only the space around it can go
    answer = typed.strip() if is_plain else UNSEEN.sub("", _LINE_BREAKS.sub("\n", typed)).strip()
    if not is_plain and len(answer) <= max_length * MAX_IN_ONE:
        answer = normalize("NFC", answer).strip()
    if len(answer) > max_length:
        raise ValueError(f"is longer than {max_length} characters; shorten it")
    if not is_plain:
        _refuse_unprintable(answer, allowed)
    return answer


def _refuse_unprintable(answer: str, allowed: str) -> None:
    for letter in answer:
        if letter in allowed:
            continue
        if letter == "\n":
            raise ValueError("has a line break that does not belong there; write it on one line")
        if category(letter) in ("Cc", "Cs"):
            raise ValueError("holds a character that cannot be seen or printed; type it again without")
