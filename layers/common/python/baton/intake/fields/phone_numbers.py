"""Checks a phone number: it is kept as it was written, such as `+49 30 1234 (mobil)`, in plain digits and spaces."""

import re
from unicodedata import category, decimal, normalize
from urllib.parse import unquote

_UNSEEN = re.compile("[\u034f\u20e3\ufe00-\ufe0f]")
_DASHES = re.compile("[\u00af\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]|(?<=[0-9])\u30fc(?=[0-9])")
_SCHEME = re.compile(r"(?:tel|callto|sip|whatsapp|phone)\s*:\s*/{0,2}(?=[+(0-9]|%2B|%28)", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*;\s*ext=", re.IGNORECASE)
_STRETCH = re.compile(r"[0-9][0-9 ().+/-]*")
_PLAIN = re.compile(
    r"(?:[0-9 +().,;:/#*-]|x|ext(?:ension)?|durchwahl|dw|poste|tele(?:f|ph)ono?e?|tel|mob(?:ile?)?|cell|handy|fax)+",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(r"[@\\<>{}\[\]]|://|www\.", re.IGNORECASE)
_MIN_DIGITS, _MIN_AMONG_WORDS = 5, 7
_NOTHING = frozenset(
    {
        *("", "0", "x", "xx", "xxx", "na", "nil", "no", "non", "none", "null", "nope", "nothing", "notapplicable"),
        *("notavailable", "notprovided", "unknown", "undefined", "empty", "tba", "tbd", "unbekannt", "kein", "keine"),
        *("keines", "keineangabe", "nichtvorhanden", "ka", "nv", "aucun", "neant", "ninguno", "nessuno", "nenhum"),
        *("geen", "nvt", "ingen", "brak"),
    }
)
"""What people write who have no number to give: letters and digits of `n/a`, `k. A.`, `-`."""


def check_phone(answer: str) -> str | None:
    """Returns the phone number as it was written, in plain digits, dashes and single spaces; None if there is none.

    Words beside the number stay: `030 1234567 (mobil)`. `tel:+49301234567;ext=11` becomes `+49301234567 ext 11`, and
    `n/a` says that there is none.

    Raises:
        ValueError: no stretch of it has 5 digits, or 7 among words; the text says the remedy.
    """
    phone = _in_plain_signs(answer)
    while found := _SCHEME.match(phone):
        phone = _in_plain_signs(_EXTENSION.sub(" ext ", unquote(phone[found.end() :])))
    if "".join(filter(str.isalnum, phone)).casefold() in _NOTHING:
        return None
    needed = _MIN_DIGITS if _PLAIN.fullmatch(phone) else _MIN_AMONG_WORDS
    most = max((sum(map(str.isdigit, stretch)) for stretch in _STRETCH.findall(phone)), default=0)
    if most < needed or _NO_PHONE.search(phone):
        raise ValueError(f"is not a phone number; write at least {_MIN_DIGITS} digits, such as +49 30 1234567 ext 11")
    return phone


def _in_plain_signs(answer: str) -> str:
    """Returns a text in NFC without invisible marks, its digits, dashes and full-width signs as ASCII has them."""
    plain = "".join(map(_plain_sign, _UNSEEN.sub("", normalize("NFC", answer))))
    return normalize("NFC", " ".join(_DASHES.sub("-", plain).split()))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " "
    if (digit := decimal(sign, None)) is not None:
        return str(digit)
    if category(sign) in ("Cf", "Cc", "Cs"):
        return ""
    return normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" or sign.isspace() else sign
