"""Checks a phone number: it is kept as it was written, such as `+49 30 1234 (mobil)`, in plain digits and spaces."""

import re
from unicodedata import category, decimal, normalize
from urllib.parse import unquote

_UNSEEN = "[\u034f\u20e3\ufe00-\ufe0f]"
_DASHES = "[\u00af\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]|(?<=[0-9])\u30fc(?=[0-9])"
_SCHEME = r"(?i)(?:tel|callto|sip|whatsapp|phone)\s*:\s*/{0,2}(?=[+(0-9]|%2B|%28)"
_EXTENSION = r"(?i)\s*;\s*ext="
_STRETCH = r"[0-9][0-9 ().+/-]*"
_PLAIN = (
    r"(?i)(?:[0-9 +().,;:/#*-]|x|ext(?:ension)?|durchwahl|dw|poste|tele(?:f|ph)ono?e?|tel|mob(?:ile?)?|cell|handy|fax)+"
)
_NO_PHONE = r"(?i)[@\\<>{}\[\]]|://|www\."
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
    while found := re.match(_SCHEME, phone):
        phone = _in_plain_signs(re.sub(_EXTENSION, " ext ", unquote(phone[found.end() :])))
    if "".join(filter(str.isalnum, phone)).casefold() in _NOTHING:
        return None
    needed = _MIN_DIGITS if re.fullmatch(_PLAIN, phone) else _MIN_AMONG_WORDS
    most = max((sum(map(str.isdigit, stretch)) for stretch in re.findall(_STRETCH, phone)), default=0)
    if most < needed or re.search(_NO_PHONE, phone):
        raise ValueError(f"is not a phone number; write at least {_MIN_DIGITS} digits, such as +49 30 1234567 ext 11")
    return phone


def _in_plain_signs(answer: str) -> str:
    """Returns a text in NFC without invisible marks, its digits, dashes and full-width signs as ASCII has them."""
    plain = "".join(map(_plain_sign, re.sub(_UNSEEN, "", normalize("NFC", answer))))
    return normalize("NFC", " ".join(re.sub(_DASHES, "-", plain).split()))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " "
    if (digit := decimal(sign, None)) is not None:
        return str(digit)
    if category(sign) in ("Cf", "Cc", "Cs"):
        return ""
    return normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" or sign.isspace() else sign
