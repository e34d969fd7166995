"""Reads an amount word by word: numbers, multiples, a currency, and the words of ranges and bounds."""

import re
from typing import NamedTuple
from unicodedata import combining, decimal, normalize

from baton.domain.basics.amount_words import (
    AND,
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    COUNTED,
    NOTHING,
    OR_LESS,
    OR_MORE,
    SHARED,
    TO,
    UP_TO,
    Meaning,
    Multiple,
    joined_word,
    phrases,
    word_in_capitals,
)
from baton.domain.basics.digit_groups import Written, read_digits

MAX_AMOUNT = 10**15
_ANY = frozenset("*")
Ends = tuple[float | None, float | None, str | None]
"""Lower end, upper end, currency."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘ʼ′`", "'"),
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        **dict.fromkeys(_INVISIBLE),
    }
)
_STROKE = "\u0338"
"""It turns `<` into `≮`, which is no accent."""
_TOKEN = re.compile(
    r"(?P<number>[1-9][0-9]{0,2}(?: [0-9]{3}(?![0-9]))+(?:[.,][0-9]+)?(?![.,']?[0-9])|[0-9]+(?:[.,'][0-9]+)*)"
    r"|(?P<tail>[.,:/]-{1,2}(?![0-9]))"
    r"|(?P<word>[^\W\d_]{1,3}[$£¥]|[^\W\d_]+|\.{2,3}|\S)"
)
_TAXES = "vat|mwst|ust|tva|iva|btw|moms|gst|ht|ttc"
_TAX = re.compile(
    rf"\(?(?:\+|\b(?:plus|excl|exkl|incl|inkl|excluding|including|exclusive|inclusive|zzgl|hors|ohne|sans|sin|senza|ex"
    rf"|mas|mais|piu)\b)?\.? ?(?:of )?\b(?:{_TAXES})\b\.?\)?",
    re.IGNORECASE,
)
_MAY_BE_TAX = re.compile(_TAXES, re.IGNORECASE)


class _Token(NamedTuple):
    kind: str
    text: str
    word: str
    begin: int
    end: int


def read_words(written: str, *, of_people: bool) -> Ends | None:
    """Returns lower end, upper end and currency of an amount; None if it is not clear.

    `of_people` lets it be a number of people: `51-200 employees`.
    """
    text = " ".join((written if written.isascii() else _folded(written)).split())
    if _MAY_BE_TAX.search(text):
        text = _TAX.sub("", text)
    if of_people:
        text = text.replace("_", " ")
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    return _Reading(tokens, of_people=of_people).ends()


def _folded(written: str) -> str:
    """Returns a text without accents and invisible marks, and with one sign each for dash, apostrophe and blank."""
    parts = normalize("NFKD", written.translate(_SIGNS))
    return "".join(_digit(sign) for sign in parts if sign == _STROKE or not combining(sign))


def _digit(sign: str) -> str:
    return sign if sign.isascii() or not sign.isdecimal() else str(decimal(sign))


def _token(match: re.Match[str]) -> _Token:
    return _Token(match.lastgroup or "", match[0], match[0].casefold(), *match.span())


class _Unclear(Exception):
    """The amount has no one meaning."""


class _End:
    """A number of the amount, with its multiple."""

    __slots__ = ("multiple", "written")

    def __init__(self, written: Written, multiple: Multiple | None) -> None:
        self.written, self.multiple = written, multiple

    def times(self, multiple: Multiple | None) -> float:
        if multiple and self.written.may_be_decimals:
            raise _Unclear
        return round(self.written.value * multiple.factor if multiple else self.written.value, 2)

    @property
    def value(self) -> float:
        return self.times(self.multiple)


class _Reading:
    """Reads the tokens of one amount, from left to right; `expects` says that a number must follow."""

    def __init__(self, tokens: list[_Token], *, of_people: bool) -> None:
        self.tokens, self.of_people, self.place = tokens, of_people, 0
        self.numbers: list[_End] = []
        self.currency: str | None = None
        self.ahead: Multiple | None = None
        self.said = 0
        self.expects, self.negative = True, False

    def ends(self) -> Ends | None:
        try:
            while self.place < len(self.tokens):
                self.place += self._take(self.tokens[self.place])
            return self._checked(*self._ends())
        except _Unclear:
            return None

    def _take(self, token: _Token) -> int:
        """Takes what stands at a token; returns how many tokens that was."""
        if token.kind == "number":
            self._number(token)
        elif token.kind == "tail":
            if self.expects:
                raise _Unclear
        elif token.word == "-" and self.expects:
            self._minus(token)
        else:
            means, length = self._meaning(token)
            self._means(means, token)
            return length
        return 1

    def _number(self, token: _Token) -> None:
        written = read_digits(token.text.replace(" ", "'"))
        if written is None or not self.expects:
            raise _Unclear
        self.numbers.append(_End(written, self.ahead))
        self.expects = False

    def _minus(self, token: _Token) -> None:
        after = self._glued(token)
        if after is None or self.negative or self.numbers or after.text.isalpha():
            raise _Unclear
        self.negative = True

    def _glued(self, token: _Token) -> _Token | None:
        """Returns the next token if no blank stands between."""
        after = self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else None
        return after if after and after.begin == token.end else None

    def _meaning(self, token: _Token) -> tuple[Meaning, int]:
        """Returns what the word means, or the longest phrase that begins with it, and its length in tokens."""
        if code := word_in_capitals(token.text):
            return code, 1
        for rest, means in phrases().get(token.word, ()):
            after = self.place + 1
            if not rest or tuple(each.word for each in self.tokens[after : after + len(rest)]) == rest:
                return means, 1 + len(rest)
        if joined := joined_word(token.word):
            return joined, 1
        raise _Unclear

    def _means(self, means: Meaning, token: _Token) -> None:
        if means.multiple:
            self._multiple(means.multiple, token)
        if means.currency:
            self._currency(means.currency)
        if means.multiple or means.currency or (means.roles & COUNTED and self.of_people):
            return
        if token.word in (".", ",") and self._is_point(token):
            raise _Unclear
        if self.expects:
            self._before(means.roles)
        else:
            self._after(means.roles)

    def _is_point(self, token: _Token) -> bool:
        """Tells whether a sign stands at a number as the point before decimals does, and not as in `Rs.500`."""
        before = self.tokens[self.place - 1] if self.place else None
        of_a_word = before is not None and before.end == token.begin and before.text.isalpha()
        return self._glued(token) is not None and not (of_a_word and token.word == ".")

    def _before(self, roles: int) -> None:
        if roles & NOTHING:
            return
        bounds = roles & (AT_LEAST | AT_MOST | UP_TO | BETWEEN)
        if not bounds or (self.numbers and bounds & (AT_LEAST | BETWEEN)):
            raise _Unclear
        if not self.numbers:
            self.said |= AT_MOST if bounds & UP_TO else bounds

    def _after(self, roles: int) -> None:
        if (
            roles & (TO | UP_TO)
            or (roles & AND and self.said & BETWEEN)
            or (roles & (AT_MOST | OR_LESS) and self.said & AT_LEAST)
        ):
            if len(self.numbers) == 2:
                raise _Unclear
            self.expects = True
        elif roles & (OR_MORE | OR_LESS):
            self.said |= roles & (OR_MORE | OR_LESS)
        elif not roles & NOTHING:
            raise _Unclear

    def _multiple(self, multiple: Multiple, token: _Token) -> None:
        if self.expects:
            if self.numbers or self.ahead:
                raise _Unclear
            self.ahead = Multiple(multiple.factor, multiple.beside or _ANY)
            return
        before, last = self.tokens[self.place - 1], self.numbers[-1]
        if before.kind != "number" or last.multiple:
            raise _Unclear
        clear = multiple.beside == _ANY and (before.end == token.begin or token.text in ("M", "MM", "B"))
        last.multiple = Multiple(multiple.factor) if clear else multiple

    def _currency(self, currency: str) -> None:
        known = self.currency
        if known is None or currency in SHARED.get(known, ()):
            self.currency = currency
        elif known != currency and known not in SHARED.get(currency, ()):
            raise _Unclear

    def _ends(self) -> tuple[float | None, float | None]:
        if self.expects:
            raise _Unclear
        if len(self.numbers) == 2:
            return self._range(*self.numbers)
        value = -self.numbers[0].value if self.negative else self.numbers[0].value
        least, most = self.said & (AT_LEAST | OR_MORE), self.said & (AT_MOST | OR_LESS)
        if (least and most) or (self.negative and self.said) or (self.said & BETWEEN and not least):
            raise _Unclear
        return (None, value) if most else (value, None) if least else (value, value)

    def _range(self, first: _End, second: _End) -> tuple[float, float]:
        shared = second.multiple if first.written.value <= second.written.value else None
        low, high = first.times(first.multiple or shared), second.value
        if self.negative or low > high or self.said & (AT_MOST | OR_MORE | OR_LESS):
            raise _Unclear
        return low, high

    def _checked(self, low: float | None, high: float | None) -> Ends:
        """Returns the ends if they are not too large, and if each multiple has the currency that it needs."""
        for multiple in (self.ahead, *(each.multiple for each in self.numbers)):
            beside = multiple.beside if multiple else None
            if beside and self.currency not in beside and not (self.currency and beside == _ANY):
                raise _Unclear
        if max(abs(low or 0), abs(high or 0)) > MAX_AMOUNT:
            raise _Unclear
        return low, high, self.currency
