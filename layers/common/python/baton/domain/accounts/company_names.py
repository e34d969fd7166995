"""Names of companies as they are compared."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

MAX_NAME = 200
MIN_LETTERS = 3
NAME_PREFIX = "name:"
"""Begins the key of a name, so that it cannot be taken for a domain."""
_LEGAL_FORMS = (
    "ab ag aktiebolag aktiengesellschaft aps as asa bv bvba co company corp corporation doo eg ek ev gbr gmbh inc"
    " incorporated kft kg kgaa kk lda llc llp limited lp ltd ltda mbh nv og ohg oy oyj plc pte pty sa sarl sas sasu sca"
    " se sl slu snc spa srl sro ug zrt"
)
_ENDINGS = frozenset([*_LEGAL_FORMS.split(), "and", "et", "und", "y"])
_IN_POLAND = ("sp", "z", "oo")
_DROPPED = frozenset(".'\u2019")


def company_name_key(name: str | None) -> str | None:
    """A company's name as it is compared: letters and digits, without legal forms at its end (`Acme, Inc.` is `acme`).

    None if fewer than three letters remain, because too many would share them.
    """
    words = _words(name or "")
    while len(words) > 1 and (ending := _ending(words)):
        words = words[:-ending]
    key = " ".join(words)
    letters = sum(unicodedata.category(sign)[0] == "L" for sign in key)
    return key if letters >= MIN_LETTERS and len(key) <= MAX_NAME else None


def _words(name: str) -> list[str]:
    """The words of a name; letters that stand alone belong together: `A. P. Moller` is `ap moller`, `A/S` is `as`."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    signs = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded if sign not in _DROPPED)
    runs = groupby("".join(signs).split(), key=lambda word: len(word) == 1)
    return [word for alone, run in runs for word in (["".join(run)] if alone else run)]


def _ending(words: Sequence[str]) -> int:
    """Of how many words the legal form at the end is made; 0 if there is none."""
    if words[-1] in _ENDINGS:
        return 1
    return len(_IN_POLAND) if tuple(words[-3:]) == _IN_POLAND and len(words) > len(_IN_POLAND) else 0
