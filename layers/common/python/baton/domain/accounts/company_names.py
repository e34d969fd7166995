"""Normalises names of companies, so that `Acme, Inc.` and `ACME` compare as equal."""

import unicodedata
from functools import lru_cache

MAX_NAME = 200
MIN_LETTERS = 3
NAME_PREFIX = "name:"
"""The prefix of a name's key, `name:acme`, which no domain has."""


@lru_cache(8)  # each command asks for the same name a few times
def company_name_keys(name: str | None) -> tuple[str, ...]:
    """Returns the keys that a company's name is compared by: `acme` for `Acme, Inc.`, `mueller`, `muller` for `Müller`.

    A key keeps letters and digits, and drops accents, signs, `and`, and legal forms at either end; there is one for
    umlauts as two letters, and one for plain ones if that differs. There is none if fewer than three letters remain:
    too many companies would share them. A Chinese or Japanese letter counts as two.
    """
    if not name:
        return ()
    # Only for a function that compares names.
    from baton.domain.accounts.legal_form_endings import legal_forms, without_legal_forms  # noqa: PLC0415
    from baton.domain.accounts.name_words import fold, words_of  # noqa: PLC0415

    forms = legal_forms()
    words = without_legal_forms(words_of(name, forms.glued), forms)
    keys = (" ".join(fold(word.text, umlauts_as_two=two) for word in words) for two in (True, False))
    return tuple(dict.fromkeys(key for key in keys if _letters(key) >= MIN_LETTERS and len(key) <= MAX_NAME))


def _letters(key: str) -> int:
    letters = (sign for sign in key if unicodedata.category(sign)[0] == "L")
    return sum(2 if unicodedata.east_asian_width(sign) == "W" else 1 for sign in letters)
