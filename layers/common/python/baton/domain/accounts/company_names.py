"""Normalises names of companies, so that `Acme, Inc.` and `ACME` compare as equal."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

MAX_NAME = 200
MIN_LETTERS = 3
NAME_PREFIX = "name:"
"""The prefix of a name's key, `name:acme`, which no domain has."""
_LEGAL_FORMS = (
    "ab ag aktiebolag aktiengesellschaft aps as asa bv bvba co company corp corporation doo eg ek ev gbr gmbh inc"
    " incorporated kft kg kgaa kk lda llc llp limited lp ltd ltda mbh nv og ohg oy oyj plc pte pty sa sarl sas sasu sca"
    " se sl slu snc spa srl sro ug zrt"
)
_ENDINGS = frozenset([*_LEGAL_FORMS.split(), "and", "et", "und", "y"])
_IN_POLAND = ("sp", "z", "oo")
_DROPPED = frozenset(".'\u2019")


def company_name_key(name: str | None) -> str | None:
    """Returns the key that a company's name is compared by: `acme` for `Acme, Inc.`.

    It keeps letters and digits, and drops legal forms at the end. None if fewer than three letters remain: too many
    companies would share them.
    """
    words = _words(name or "")
    while len(words) > 1 and (ending := _ending(words)):
        words = words[:-ending]
    key = " ".join(words)
    letters = sum(unicodedata.category(sign)[0] == "L" for sign in key)
    return key if letters >= MIN_LETTERS and len(key) <= MAX_NAME else None


def _words(name: str) -> list[str]:
    """Splits a name into words and joins single letters: `A. P. Moller` is `ap moller`, `A/S` is `as`."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    signs = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded if sign not in _DROPPED)
    runs = groupby("".join(signs).split(), key=lambda word: len(word) == 1)
    return [word for alone, run in runs for word in (["".join(run)] if alone else run)]


def _ending(words: Sequence[str]) -> int:
    """Returns how many words at the end are the legal form; 0 if there is none."""
    if words[-1] in _ENDINGS:
        return 1
    return len(_IN_POLAND) if tuple(words[-3:]) == _IN_POLAND and len(words) > len(_IN_POLAND) else 0
