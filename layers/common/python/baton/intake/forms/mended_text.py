"""Mends typed text that does not fit a field: what cannot be printed goes, and what is too long is cut."""

from unicodedata import category, normalize

from baton.intake.fields.field_text import MAX_IN_ONE, UNSEEN

_BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"})


def mended(typed: str, longest: int, allowed: str = "") -> str:
    """Returns the text in NFC, at most `longest` characters of it; `allowed` names control characters it may hold.

    Other control characters become spaces; invisible marks are left out.
    """
    text = UNSEEN.sub("", typed[: longest * MAX_IN_ONE].replace("\r\n", "\n").translate(_BREAKS))
    kept = "".join(_printed(letter, allowed) for letter in text)
    return normalize("NFC", kept).strip()[:longest].strip()


def _printed(letter: str, allowed: str) -> str:
    if letter in allowed or letter.isprintable():
        return letter
    return {"Cs": "", "Cc": " "}.get(category(letter), letter)
