"""Takes off an e-mail address what phones, browsers and mail programs put around it when it is copied."""

import re
from unicodedata import normalize
from urllib.parse import unquote

_MARKS = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
_IN_ANGLES = r"[^<>]*<([^<>@]+@[^<>@]+)>[^<>@]*"
_SCHEME = r"(?is)mailto:/{0,2}([^?]*)(?:\?.*)?"
_LABEL = r"(?i)e-?mail\s*:\s*"
_BEFORE, _BEHIND = (
    " \t\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb([{<",
    " \t\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb)]}>.,;:",
)


def without_marks(text: str) -> str:
    """Returns a text without invisible marks."""
    return text if text.isascii() else re.sub(_MARKS, "", text)


def plain_text(text: str) -> str:
    """Returns a text without invisible marks, full-width letters, and space around `@` and around it."""
    plain = text
    if not text.isascii():  # each sign by itself, because normalising a hostile text takes the square of its length
        plain = "".join(normalize("NFKC", sign) for sign in without_marks(text))
    return "@".join(map(str.strip, plain.split("@")))


def bare_address(answer: str) -> str:
    """Returns an address without marks, `mailto:`, a name with angle brackets, and the signs around it."""
    bare = plain_text(answer)
    if found := re.fullmatch(_IN_ANGLES, bare):
        bare = found[1].strip()
    bare = re.sub(_LABEL, "", bare.lstrip(_BEFORE), count=1)
    if found := re.fullmatch(_SCHEME, bare):
        bare = plain_text(unquote(found[1]))
    return bare.lstrip(_BEFORE).rstrip(_BEHIND)
