"""Decodes a part of a file into lines of text, in any encoding, also if the part is cut within a letter.

A spreadsheet saves as UTF-8 (with a byte order mark or without), as UTF-16, or as what Windows calls ANSI. A mark says
which; without one the first line with other letters than those of ASCII does: it is UTF-8 if it can be.
"""

import codecs
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import AnyStr, NamedTuple

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOKED_AT = 400
_END_OF_BYTES = re.compile(rb"\r\n|\r|\n")
_END_OF_TEXT = re.compile(r"\r\n|\r|\n")


class Encoding(StrEnum):
    """The encoding of a file; `ascii` while no other letter has been seen."""

    ASCII = "ascii"
    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS = "windows-1252"

    @property
    def is_wide(self) -> bool:
        """Returns whether each letter takes at least two bytes."""
        return self in {Encoding.UTF_16_LE, Encoding.UTF_16_BE}


class TextLine(NamedTuple):
    """A line of text with its line end: its size in bytes, its encoding, and whether it could be decoded."""

    text: str
    size: int
    encoding: Encoding
    readable: bool = True


def encoding_of(beginning: bytes) -> tuple[Encoding, int]:
    """Returns the encoding of a file by its first bytes, and the size of its byte order mark."""
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return Encoding(name), len(mark)
    looked_at = beginning[:_LOOKED_AT]
    for name, zeros in ((Encoding.UTF_16_LE, looked_at[1::2]), (Encoding.UTF_16_BE, looked_at[::2])):
        if zeros and zeros.count(0) * 2 > len(zeros):
            return name, 0
    return Encoding.ASCII, 0


def lines_in(window: bytes, encoding: Encoding, *, at_end: bool) -> Iterator[TextLine]:
    """Yields the lines that end in these bytes; the last one without a line end only if the file ends here.

    A carriage return at the very end may be half of a line end, so its line is left for the next part.
    """
    if encoding.is_wide:
        yield from _wide(window, encoding, at_end=at_end)
        return
    for piece in _pieces(_END_OF_BYTES, window, b"\r", at_end=at_end):
        line = _narrow(piece, encoding)
        encoding = line.encoding
        yield line


def _pieces(end: re.Pattern[AnyStr], window: AnyStr, cut: AnyStr, *, at_end: bool) -> Iterator[AnyStr]:
    """Yields the lines with their ends, in linear time also for a line that never ends."""
    taken = 0
    for found in end.finditer(window):
        if found.end() == len(window) and found[0] == cut and not at_end:
            return
        yield window[taken : found.end()]
        taken = found.end()
    if at_end and taken < len(window):
        yield window[taken:]


def _narrow(piece: bytes, encoding: Encoding) -> TextLine:
    if piece.isascii():
        return TextLine(piece.decode("ascii"), len(piece), encoding)
    if encoding is not Encoding.WINDOWS:
        try:
            return TextLine(piece.decode("utf-8"), len(piece), Encoding.UTF_8)
        except UnicodeDecodeError:
            if encoding is Encoding.UTF_8:
                return TextLine(piece.decode("utf-8", "replace"), len(piece), encoding, readable=False)
    text = piece.decode("windows-1252", "replace")
    return TextLine(text, len(piece), Encoding.WINDOWS, readable="\ufffd" not in text)


def _wide(window: bytes, encoding: Encoding, *, at_end: bool) -> Iterator[TextLine]:
    whole = window[: len(window) // 2 * 2]
    text = codecs.getincrementaldecoder(encoding)("surrogatepass").decode(whole)
    for piece in _pieces(_END_OF_TEXT, text, "\r", at_end=at_end):
        size, clean = len(piece.encode(encoding, "surrogatepass")), piece.encode("utf-8", "replace").decode()
        yield TextLine(clean, size, encoding, readable=clean == piece)
