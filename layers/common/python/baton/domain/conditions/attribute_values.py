"""Reads the values of attributes, an agreement's own facts, by their kinds; what is not clear is nothing."""

from collections.abc import Mapping
from typing import Any

from baton.domain.basics.amounts import Amount, sent_number

MAX_TEXT = 200
_YES = frozenset(["true", "yes", "y", "1", "on", "x", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "sì", "sim", "tak"])
_NO = frozenset(["false", "no", "n", "0", "off", "nein", "falsch", "non", "faux", "falso", "não", "nao", "nie"])

AttributeValue = str | int | float | bool


def attribute_value(attribute: Mapping[str, Any], said: object) -> AttributeValue | None:
    """Returns what somebody said of an attribute as it is kept: a choice in its agreed spelling, a number, a truth.

    None if it is empty, or does not fit: a number that is a range, a word that is no choice, a text that is too long.

    Args:
        attribute: the agreed terms: `kind` is text, number, choice or yes/no.
        said: a text, a number or a truth, as a form, a tool or a list sends it.
    """
    text = " ".join(str(said).split())
    match attribute["kind"]:
        case "number":
            return None if isinstance(said, bool) else _number(text)
        case "yes/no":
            return said if isinstance(said, bool) else truth_in(text)
        case "choice":
            return next((each for each in attribute["choices"] if each.casefold() == text.casefold()), None)
    return text if 0 < len(text) <= MAX_TEXT else None


def truth_in(text: str) -> bool | None:
    """Returns what a word says: yes, no, or nothing."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _number(text: str) -> float | None:
    number = sent_number(text)
    if number is None or isinstance(number, Amount):
        return None
    return int(number) if number == int(number) else number


def comparable_text(value: AttributeValue) -> str:
    """Returns a value as conditions compare it with texts: in small letters, `yes` and `no` for truths."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).casefold()
