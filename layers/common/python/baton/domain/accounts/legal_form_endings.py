"""Takes legal forms off a name's ends: `Inc.`, `S.A. de C.V.`, `PT … Tbk`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from baton.domain.accounts.name_words import Word, fold

_ARTICLE = "the"
Form = tuple[str, ...]


class LegalForms(NamedTuple):
    """The legal forms as words, how many words the longest has, and an expression for those without a blank."""

    endings: frozenset[Form]
    marked_endings: frozenset[str]
    with_umlauts: frozenset[str]
    beginnings: frozenset[Form]
    marked_beginnings: frozenset[str]
    dotted_beginnings: frozenset[str]
    pairs: Mapping[str, frozenset[Form]]
    longest: int
    glued: re.Pattern[str]


@cache
def legal_forms() -> LegalForms:
    """Returns the legal forms of all countries."""
    from baton.domain.accounts import legal_forms as written  # only for a function that compares names  # noqa: PLC0415

    endings, beginnings = _split(",".join(written.ENDINGS.values())), _split(written.BEGINNINGS)
    return LegalForms(
        endings=endings,
        marked_endings=_single(written.MARKED_ENDINGS),
        with_umlauts=frozenset(written.WITH_UMLAUTS.split(", ")),
        beginnings=beginnings,
        marked_beginnings=_single(written.MARKED_BEGINNINGS),
        dotted_beginnings=_single(written.DOTTED_BEGINNINGS),
        pairs={first: _split(forms) for first, forms in written.PAIRS.items()},
        longest=max(map(len, endings | beginnings)),
        glued=re.compile(f"({'|'.join(sorted(written.GLUED, key=len, reverse=True))})"),
    )


def without_legal_forms(words: Sequence[Word], forms: LegalForms) -> Sequence[Word]:
    """Returns the words of a name without the forms at its end and its beginning; at least one word stays."""
    name, ends = _Name(words, forms), set[Form]()
    end = len(words)
    while end > 1 and (length := name.ending(end)):
        ends.add(name.plain[end - length : end])
        end -= length
    begin = 0
    while end - begin > 1 and (length := name.beginning(begin, end, ends)):
        begin += length
    return words[begin:end]


class _Name:
    """The words of a name, folded, and which of them are written like an abbreviation."""

    def __init__(self, words: Sequence[Word], forms: LegalForms) -> None:
        self.words, self.forms = words, forms
        self.plain: Form = tuple(fold(word.text, umlauts_as_two=False) for word in words)
        self.all_capital = all(word.capital for word in words)

    def ending(self, end: int) -> int:
        """Returns how many words before a place are a form at the end; 0 if there is none."""
        lengths = range(min(self.forms.longest, end - 1), 0, -1)
        length = next((each for each in lengths if self.plain[end - each : end] in self.forms.endings), 0)
        return length or int(self._has_umlaut(end - 1) or self._marked(end - 1, self.forms.marked_endings))

    def beginning(self, begin: int, end: int, ends: set[Form]) -> int:
        """Returns how many words from a place on are a form at the beginning; the forms `ends` were at the end."""
        first, forms = self.plain[begin], self.forms
        lengths = range(min(forms.longest, end - begin - 1), 0, -1)
        length = next((each for each in lengths if self.plain[begin : begin + each] in forms.beginnings), 0)
        if length or first == _ARTICLE or self._has_umlaut(begin) or ends & forms.pairs.get(first, frozenset()):
            return length or 1
        dotted = self.words[begin].dotted and first in forms.dotted_beginnings
        return int(not ends and (dotted or self._marked(begin, forms.marked_beginnings)))

    def _has_umlaut(self, place: int) -> bool:
        return self.words[place].text in self.forms.with_umlauts

    def _marked(self, place: int, forms: frozenset[str]) -> bool:
        word = self.words[place]
        return self.plain[place] in forms and (word.dotted or (word.capital and not self.all_capital))


def _split(forms: str) -> frozenset[Form]:
    return frozenset(tuple(fold(word, umlauts_as_two=False) for word in form.split()) for form in forms.split(","))


def _single(forms: str) -> frozenset[str]:
    return frozenset(forms.split(", "))
