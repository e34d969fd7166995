"""The keys of company names as they were before December 2026, under which accounts and leads may still be stored."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from baton.domain.accounts.company_names import MAX_NAME, MIN_LETTERS

_LEGAL_FORMS = (
    "ab ag aktiebolag aktiengesellschaft aps as asa bv bvba co company corp corporation doo eg ek ev gbr gmbh inc"
    " incorporated kft kg kgaa kk lda llc llp limited lp ltd ltda mbh nv og ohg oy oyj plc pte pty sa sarl sas sasu sca"
    " se sl slu snc spa srl sro ug zrt"
)
_ENDINGS = frozenset([*_LEGAL_FORMS.split(), "and", "et", "und", "y"])
_IN_POLAND = ("sp", "z", "oo")
_DROPPED = frozenset(".'\u2019")


def former_name_key(name: str | None) -> str | None:
    """Returns the key that a company's name had: with accents, and without the legal forms that were known then."""
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
