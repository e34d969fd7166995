"""Typed text is cleaned the same, whether it is of plain letters, for which a short way is taken, or not."""

import re
from random import Random
from unicodedata import category, normalize

import pytest

from baton.intake.fields.field_text import UNSEEN, clean_text
from baton.intake.imports.cell_values import without_formula_guard

LETTERS = [
    *"aZ 0.,;-_'\"=+@\\/",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "\x7f",
    "\u00a0",
    "\u200b",
    "\u2028",
    "e\u0301",
    "é",
    "\ud800",
]


def cleaned_at_length(typed: str, longest: int, allowed: str) -> str | None:
    """What `clean_text` says, step by step for each letter; None for a refusal."""
    text = normalize("NFC", UNSEEN.sub("", re.sub("\r\n|[\u2028\u2029]", "\n", typed)).strip()).strip()
    refused = any(each not in allowed and category(each) in ("Cc", "Cs") for each in text)
    return None if refused or len(text) > longest else text


@pytest.mark.parametrize("seed", range(40))
def test_text_of_plain_letters_is_cleaned_as_any_other(seed: int) -> None:
    chance = Random(seed)
    for _ in range(100):
        some = LETTERS[:17] if chance.random() < 0.5 else LETTERS
        typed = "".join(chance.choices(some, k=chance.randint(0, 12)))
        allowed = chance.choice(["", "\n\t"])
        try:
            found = clean_text(typed, 9, allowed)
        except ValueError:
            found = None
        assert found == cleaned_at_length(typed, 9, allowed), ascii(typed)


@pytest.mark.parametrize("seed", range(20))
def test_a_cell_has_a_guard_against_formulas_only_with_its_marks(seed: int) -> None:
    chance = Random(seed)
    for _ in range(100):
        written = "".join(chance.choices("a=+-@; \t", k=chance.randint(0, 6)))
        assert without_formula_guard(written) == written
        assert without_formula_guard(f"'={written}") == f"={written}"
