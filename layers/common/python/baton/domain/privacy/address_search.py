"""Finds an erased person's address in a text or a file; parsed addresses are compared, not pieces of text.

Both sides are compared as Unicode composes them, in small letters, the domain by IDNA 2008. So `hanna@acme.com` is not
`anna@acme.com`, and `anna@acme.com.example` is neither.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from unicodedata import category, normalize

from baton.domain.identity.pasted_addresses import without_marks

_OVERLAP_BYTES = 4_096
_INNER_BYTES = bytes(range(0x80, 0xC0))
"""The bytes of a letter of UTF-8 behind its first one."""

_AT = "[@\uff20\ufe6b]"
_BEFORE, _BEHIND = 200, 600
"""So many letters of a text are looked at around an `@`."""
_SPACE = " \t\r\n\xa0"
_ENDS = '\\s,;:<>()\\[\\]"\\\\@\u00ab\u00bb\u2018-\u201f\u3001\u300c-\u3011\uff08\uff09\uff0c\uff1a\uff1b'
"""Signs that no address has, as a class of a pattern."""
_BACKWARDS = re.compile(f"[^{_ENDS}]*")
_DOMAIN = re.compile(f"[^{_ENDS}=&?/|{{}}`*#!^~$%+_'\u2026]*")
_DOTS = ".-\u3002\uff0e\uff61"
_IN_NAMES = "._-+"
_MAY_DIVIDE = "=&?/|{}`*#!^~$%"
"""Signs that an address may have before its `@`, and that usually stand before a whole address: `email=anna@…`."""


class SoughtAddress:
    """A normalised address that is searched for."""

    def __init__(self, address: str) -> None:
        name, _, domain = address.rpartition("@")
        self._name, self._domain = _folded(name), _ascii(domain)

    def is_in(self, text: str, *, from_start: bool = True, to_end: bool = True) -> bool:
        """Tells whether a text names the address.

        Of a text that goes on before or behind, an address at that end does not count, because it may be longer.
        """
        found = re.finditer(_AT, text)
        return any(self._is_at(text, at.start(), at.end(), from_start=from_start, to_end=to_end) for at in found)

    def _is_at(self, text: str, at: int, behind: int, *, from_start: bool, to_end: bool) -> bool:
        rest = text[behind : behind + _BEHIND].lstrip(_SPACE)
        found = _DOMAIN.match(rest)
        domain = found[0] if found else ""
        if rest.isascii() and self._domain not in domain.lower():
            return False
        if not to_end and len(domain) == len(rest) and behind + _BEHIND >= len(text):
            return False
        if _ascii(without_marks(domain).rstrip(_DOTS)) != self._domain:
            return False
        before = text[max(0, at - _BEFORE) : at].rstrip(_SPACE)[::-1]
        backwards = _BACKWARDS.match(before)
        token = backwards[0][::-1] if backwards else ""
        return self._ends_with_name(token, is_cut=not from_start and len(token) == len(before) and at <= _BEFORE)

    def _ends_with_name(self, token: str, *, is_cut: bool) -> bool:
        """Tells whether the text before an `@` ends with the name, and no letter of a longer one is before that."""
        form = _folded(without_marks(token))
        before = form[: len(form) - len(self._name)]
        return form.endswith(self._name) and (_divides(before) if before else not is_cut)


def _divides(before: str) -> bool:
    """Tells whether a name begins anew behind this text, as in `email=`."""
    last = before[-1]
    if last == "'":  # a quote, unless it is one of the name, as in `o'neill`
        return len(before) == 1 or not _is_of_name(before[-2])
    return last in _MAY_DIVIDE or not _is_of_name(last)


def _is_of_name(sign: str) -> bool:
    return sign.isalnum() or sign in _IN_NAMES or sign == "\ufffd" or category(sign)[0] == "M"


def _folded(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())


def _ascii(domain: str) -> str:
    """Returns a domain in the ASCII form of IDNA 2008; in small letters, if it has none."""
    if domain.isascii() and "xn--" not in domain.lower():
        return domain.lower()
    import idna  # slow, and few functions search  # noqa: PLC0415

    try:
        return idna.encode(domain, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        return _folded(domain)


def texts_in(piece: bytes, *, is_first: bool = True) -> Iterator[str]:
    """Yields a piece of a file as text, in each encoding that it may have; only the first one begins with a letter.

    What is no UTF-8 is read as what Windows calls ANSI, line by line, as lists are.
    """
    if b"\0" in piece:
        yield piece.decode("utf-16-le", "replace")
        yield piece.decode("utf-16-be", "replace")
    first, *rest = [piece] if piece.isascii() or _is_utf_8(piece, is_first=is_first) else piece.split(b"\n")
    whole = [_narrow(line, is_last=False) for line in rest[:-1]] + [_narrow(line, is_last=True) for line in rest[-1:]]
    yield "\n".join([_narrow(first if is_first else _from_a_letter(first), is_last=not rest), *whole])


def _is_utf_8(piece: bytes, *, is_first: bool) -> bool:
    try:
        getincrementaldecoder("utf-8")().decode(piece if is_first else _from_a_letter(piece))
    except UnicodeDecodeError:
        return False
    return True


def _narrow(line: bytes, *, is_last: bool) -> str:
    try:
        return getincrementaldecoder("utf-8")().decode(line, final=not is_last)
    except UnicodeDecodeError:
        return line.decode("windows-1252", "replace")


def _from_a_letter(piece: bytes) -> bytes:
    """Returns a piece from its first whole letter on, behind a sign that stands for what is cut off."""
    whole = piece.lstrip(_INNER_BYTES)
    return piece if whole == piece else "\ufffd".encode() + whole


def last_bytes(piece: bytes) -> bytes:
    """Returns the end of a piece, to be searched again with what follows; no address is as long.

    It begins at an even byte, as the letters of UTF-16 do.
    """
    return piece[max(0, len(piece) - _OVERLAP_BYTES) // 2 * 2 :]
