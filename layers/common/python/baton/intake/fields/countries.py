"""Checks a country: its two-letter code, such as `DE`, or its name."""

import re
from unicodedata import category

_CODE = re.compile(r"[A-Za-z]{2}")
_MARKS = frozenset(" '\u2019().,&-")
_MAX_NAME = 60


def check_country(answer: str) -> str:
    """Returns a country's code in capitals, `de` as `DE`, and any other name as it was typed.

    Raises:
        ValueError: it is longer than 60 characters, or has signs that no country's name has.
    """
    if _CODE.fullmatch(answer):
        return answer.upper()
    lettered = all(letter in _MARKS or category(letter)[0] in "LM" for letter in answer)
    if not lettered or category(answer[0])[0] != "L" or len(answer) > _MAX_NAME:
        raise ValueError(f"is not a country; write its two-letter code or its name in at most {_MAX_NAME} letters")
    return answer
