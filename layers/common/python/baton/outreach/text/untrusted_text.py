"""Makes text of strangers safe in a plain text mail: it cannot pose as Baton's own text, and has nothing to click.

A mail client turns all that looks like an address into a link, so the dots and signs that make an address are put in
brackets.
"""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

FIELD_LIMIT = 120
QUOTE_LIMIT = 4_000
QUOTE_LINES = 80
LINE_OCTETS = 900
"""Phones wrap lines, so none is wrapped here; but SMTP takes 998 octets a line, and servers break what is longer."""
SUBJECT_LIMIT = 99  # SNS: fewer than 100 characters
_STACKED = 4  # combining marks on one letter; more would paint over the lines around it

# Letters, marks and selectors that show nothing; whatever Unicode calls control or format is dropped besides.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

_DOT = "[.\u2024\u3002\ufe52\uff0e\uff61]"  # browsers read all of these as the dot of a domain
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30})?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(mailto|tel|sms|sip|callto|skype|facetime|whatsapp|javascript|data|file):(?=\S)", re.I)
_AT = re.compile(r"(?<=\S)[@\uff20\ufe6b]+(?=\S)")
_DOMAIN = re.compile(rf"(?<=\S){_DOT}(?=[^\W\d_][^\s.\[])|(?<=www){_DOT}(?=\S)", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"(?<!\d)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?!\d)")

_ASCII_SPELLINGS = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d"}
    | {"Þ": "Th", "þ": "th", "ı": "i", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."}
)


def one_line(text: str, limit: int = FIELD_LIMIT) -> str:
    """Returns a text on one line of at most `limit` characters, without invisible ones."""
    text = text.strip()
    start = normalize("NFC", text[: limit * 4])  # what is invisible does not count
    plain = start.isascii() and start.isprintable()  # as nearly all are, at a hundredth of the time
    seen = " ".join((start if plain else "".join(_visible(start))).split())
    return seen if len(seen) <= limit and len(text) <= limit * 4 else seen[: limit - 1].rstrip() + "…"


def defang(text: str) -> str:
    """Returns a text whose addresses no mail client makes a link: `hxxps://evil[.]example`."""
    text = _SCHEME.sub(_without_scheme, text)
    text = _OTHER_SCHEME.sub(r"\1[:]", text)
    text = _AT.sub(" [at] ", text)
    text = _DOMAIN.sub("[.]", text)
    return _IP_ADDRESS.sub(r"\1[.]\2[.]\3[.]\4", text)


def defanged_line(text: str, limit: int = FIELD_LIMIT) -> str:
    """Returns a text on one line with nothing to click; brackets may make it a little longer than `limit`."""
    return defang(one_line(text, limit))


def quoted_lines(message: str) -> list[str]:
    """Returns a message as lines that begin with `> `; it is cut, with a mark, after 4,000 characters or 80 lines."""
    lines: list[str] = []
    for line in message[:QUOTE_LIMIT].strip().splitlines():
        lines += in_lines(defanged_line(line, QUOTE_LIMIT), "", LINE_OCTETS - len("> "))
    cut = len(message) > QUOTE_LIMIT or len(lines) > QUOTE_LINES
    kept = [*_without_gaps(lines[:QUOTE_LINES]), *(["[...]"] if cut else [])]
    return [f"> {line}".rstrip() for line in kept]


def in_lines(text: str, indent: str = "  ", octets: int = LINE_OCTETS) -> list[str]:
    """Returns a text as the one line that it is; as several, broken at words, if it is longer than SMTP takes."""
    if len(text) * 4 <= octets or len(text.encode()) <= octets:
        return [text]
    from textwrap import wrap  # few texts are so long  # noqa: PLC0415

    widths = (octets >> halved for halved in range(3))
    tried = (wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) for width in widths)
    return next(lines for lines in tried if all(len(line.encode()) <= octets for line in lines))


def in_ascii(text: str) -> str:
    """Returns a text in ASCII on one line, without accents; empty if that loses half of its letters or more."""
    line = one_line(text)
    plain = normalize("NFKD", line.translate(_ASCII_SPELLINGS)).encode("ascii", "ignore").decode()
    letters, kept = (sum(char.isalnum() for char in spelling) for spelling in (line, plain))
    return " ".join(plain.split()) if kept * 2 > letters else ""


def subject(before: str, who: str, after: str = "") -> str:
    """Returns a subject that SNS accepts: ASCII, one line, fewer than 100 characters; `who` is cut to fit.

    `before` and `after` are Baton's own words, short and in ASCII; `who` may be any text.
    """
    room = max(SUBJECT_LIMIT - len(before) - len(after), 10)
    return f"{before}{cut_at_word(in_ascii(who) or 'a lead', room)}{after}"[:SUBJECT_LIMIT]


def cut_at_word(text: str, room: int) -> str:
    """Returns a text of at most `room` characters, which ends with a whole word and `...` if it was longer."""
    if len(text) <= room:
        return text
    start = text[: room - 3]
    whole = start.rpartition(" ")[0] if text[room - 3] != " " else start
    return (whole if len(whole) * 2 > room else start).rstrip(" ,;:-") + "..."


def _visible(text: str) -> Iterator[str]:
    stacked = 0
    for char in text:
        kind = category(char)
        stacked = stacked + 1 if kind in {"Mn", "Me"} else 0
        if kind in {"Cc", "Zl", "Zp"}:
            yield " "
        elif kind[0] != "C" and stacked <= _STACKED and not _is_invisible(char):
            yield char


def _is_invisible(char: str) -> bool:
    return char in _INVISIBLE or any(ord(char) in selectors for selectors in _SELECTORS)


def _without_scheme(found: re.Match[str]) -> str:
    scheme = (found[1] or "").lower()
    if scheme.endswith(("http", "https")):
        return f"{scheme.replace('http', 'hxxp')}://"
    return found[0] if scheme.endswith(("hxxp", "hxxps")) else f"{found[1] or ''}[:]//"


def _without_gaps(lines: list[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
