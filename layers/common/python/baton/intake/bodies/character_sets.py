"""Decodes text that is not in UTF-8, or not all of it: the character set that the page names, or else Western.

The names of character sets mean what they mean to browsers: `ISO-8859-1` is windows-1252.
"""

import re
from collections.abc import Iterable, Sequence

_FAMILIES = (
    (re.compile(r"(?:windows|x-cp|cp)-?(125[0-8])"), "cp{}"),
    (re.compile(r"iso-?_?8859-?_?(1[013-6]|[2-9])(?:-[ei])?"), "iso8859_{}"),
    (re.compile(r"(utf-?16(?:le|be)?)"), "{}"),
)
_WESTERN = "cp1252"
_CODECS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1"), _WESTERN),
    **dict.fromkeys(("us-ascii", "ascii", "ansi"), _WESTERN),
    **dict.fromkeys(("latin2", "latin-2", "l2"), "iso8859_2"),
    **dict.fromkeys(("iso-8859-9", "latin5", "latin-5"), "cp1254"),
    **dict.fromkeys(("iso-8859-15", "latin9", "latin-9"), "iso8859_15"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "cp932"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    "iso-2022-jp": "iso2022_jp",
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949", "cp949"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac_roman"),
    "tis-620": "cp874",
    "windows-874": "cp874",
}
_SEVERAL_BYTES = frozenset({"cp932", "euc_jp", "iso2022_jp", "cp949", "gb18030", "big5hkscs"})
"""Codecs in which a letter may look like UTF-8 by chance, so that they go first where a page names one."""
_ENTITY = re.compile(r"&#([0-9]{2,7});")
CHARSET = b"_charset_"
"""The hidden field in which browsers name the character set of a form."""


def codec_of(charset: str | None) -> str | None:
    """Returns Python's codec for a character set as pages name it; None for UTF-8 and for one that nobody knows."""
    named = (charset or "").strip().strip("\"'").lower()
    if named in _CODECS:
        return _CODECS[named]
    found = ((family.fullmatch(named), codec) for family, codec in _FAMILIES)
    return next((codec.format(match[1].replace("-", "_")) for match, codec in found if match), None)


def decoded(raw: bytes, codec: str | None) -> tuple[str, bool]:
    """Returns the text, and whether it is in another character set than UTF-8."""
    first, then = (codec, "utf-8") if codec in _SEVERAL_BYTES else ("utf-8", codec)
    for each in (first, then, _WESTERN):
        try:
            if each:
                return raw.decode(each), each != "utf-8"
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), True


def decoded_pairs(pairs: Sequence[tuple[bytes, bytes]], charset: str | None) -> list[tuple[str, str]]:
    """Returns pairs as text, in the character set that the field `_charset_` or the content type names.

    A value in UTF-8 among others is read as such. A browser writes a letter that the page's character set lacks as
    `&#8364;`, which becomes that letter again.
    """
    named = next((value.decode("ascii", "ignore") for name, value in pairs if name == CHARSET), None)
    codec = codec_of(named) or codec_of(charset)
    return without_entities(
        ((decoded(name, codec), decoded(value, codec)) for name, value in pairs if name != CHARSET), codec
    )


def without_entities(
    pairs: Iterable[tuple[tuple[str, bool], tuple[str, bool]]], codec: str | None
) -> list[tuple[str, str]]:
    """Returns decoded pairs as text; in a page that is not in UTF-8, letters stand for their numbers again."""
    known = list(pairs)
    if codec or any(other for pair in known for _, other in pair):
        return [(name, _ENTITY.sub(_letter, value)) for (name, _), (value, _) in known]
    return [(name, value) for (name, _), (value, _) in known]


def _letter(number: re.Match[str]) -> str:
    code = int(number[1])
    return chr(code) if code > 0x9F and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else number[0]
