"""Splits names into words, and folds their letters, so that spellings of one name are equal."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

_APOSTROPHES = "'’‘‛´`ʼʹ′ʻʽ＇·"
_TRADE_MARKS = "™®©℠℗"
_DROPPED = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_TRADE_MARKS, " ") | dict.fromkeys("&+", " "))
_TRADE_MARK_IN_BRACKETS = r"(?i)\((?:r|tm|c|sm)\)"
_NO_LETTER = r"[^A-Za-z0-9.]"
_WITHIN_HEBREW = r"(?<=[\u05d0-\u05ea])[\"\u05f4](?=[\u05d0-\u05ea])"
_CONNECTIVES = frozenset({"and", "und", "et", "og", "och", "en"})
_SHORT_CONNECTIVES, _BETWEEN_WORDS = frozenset({"y", "e"}), 3
_AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AS_ONE = str.maketrans({"ø": "o"})
_LATIN = {"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", **dict(zip("łđðħŧıə", "lddhtie", strict=True))}
_ARABIC = dict(zip("\u0643\u064a\u0649\u0629", "\u06a9\u06cc\u06cc\u0647", strict=True)) | {"\u0640": ""}
"""Letters that Arabic and Persian keyboards write differently, and the stroke that only stretches a word."""
_LETTERS = str.maketrans(_LATIN | _ARABIC)
_MARKS = "[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670]"


class Word(NamedTuple):
    """A word of a name in small letters; `capital` and `dotted` say how it was written: `AB`, `S.A.`"""

    text: str
    capital: bool = False
    dotted: bool = False


def words_of(name: str, glued: re.Pattern[str]) -> list[Word]:
    """Splits a name into words, without signs and without words such as `and`.

    Single letters are joined: `A. P. Moller` is `ap moller`, `A/S` is `as`. What is `glued` to another is a word, too.
    """
    text = re.sub(_TRADE_MARK_IN_BRACKETS, " ", name).translate(_DROPPED)
    kept = re.sub(_NO_LETTER, " ", text) if text.isascii() else _letters(glued.sub(r" \1 ", _one_spelling(text)))
    words = _joined([word for written in kept.split() if (word := _word(written))])
    while len(fewer := _without_connectives(words)) < len(words):
        words = _joined(fewer)
    return words


def fold(text: str, *, umlauts_as_two: bool) -> str:
    """Returns a word without accents; an umlaut is two letters (`mueller`), or the plain one (`muller`)."""
    if text.isascii():
        return text
    umlauts = _AS_TWO if umlauts_as_two else _AS_ONE
    plain = re.sub(_MARKS, "", unicodedata.normalize("NFD", text.translate(umlauts)))
    plain = unicodedata.normalize("NFC", plain).translate(umlauts).translate(_LETTERS)
    return plain if plain.isascii() else "".join(_digit(sign) for sign in plain)


def _one_spelling(text: str) -> str:
    return re.sub(_WITHIN_HEBREW, "", unicodedata.normalize("NFKC", text).translate(_DROPPED))


def _letters(text: str) -> str:
    """Returns a text with a blank for each sign that is no letter, mark or digit; signs that cannot be seen go."""
    return "".join(map(_kept, text))


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] in "LMN" or sign == ".":
        return sign
    return "" if category == "Cf" else " "


def _word(written: str) -> Word | None:
    bare = written.replace(".", "")
    text = unicodedata.normalize("NFC", bare.casefold())
    if not fold(text, umlauts_as_two=True):
        return None
    return Word(text, bare.isupper(), "." in written)


def _without_connectives(words: Sequence[Word]) -> list[Word]:
    return [word for place, word in enumerate(words) if not _connects(words, place)]


def _connects(words: Sequence[Word], place: int) -> bool:
    """Tells whether a word stands for `and`: between two others, and between two long ones if it is a single letter."""
    if not 0 < place < len(words) - 1:
        return False
    if _plain(words[place]) in _SHORT_CONNECTIVES:
        beside = (fold(words[other].text, umlauts_as_two=True) for other in (place - 1, place + 1))
        return all(len(word) >= _BETWEEN_WORDS for word in beside)
    return _plain(words[place]) in _CONNECTIVES


def _joined(words: Sequence[Word]) -> list[Word]:
    """Joins runs of single letters to words."""
    found = list[Word]()
    for alone, run in groupby(words, key=_is_a_letter):
        letters = list(run)
        if alone and len(letters) > 1:
            found.append(Word("".join(word.text for word in letters), capital=True, dotted=True))
        else:
            found += letters
    return found


def _is_a_letter(word: Word) -> bool:
    return len(_plain(word)) == 1


def _plain(word: Word) -> str:
    return fold(word.text, umlauts_as_two=False)


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign
