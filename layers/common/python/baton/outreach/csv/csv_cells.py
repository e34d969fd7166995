"""Cells and lines of CSV (RFC 4180) that are safe to open in a spreadsheet, whoever wrote what is in them."""

import re
from collections.abc import Iterable

MEDIA_TYPE = "text/csv; charset=utf-8"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_FORMULA_IN_THE_NEXT_CELL = re.compile(r'([;\t\r\n]["\s]*)(?=[=+\-@＝＋－＠])')
"""Where a comma is no separator (Excel in German), a cell ends at a semicolon, whatever quotes are around it."""
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]')


def line(cells: Iterable[object]) -> str:
    """A line with its end."""
    return ",".join(map(cell, cells)) + "\r\n"


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula, whoever named it: a text that might be one, in this
    cell or in one that it goes on in, is led by an apostrophe, as spreadsheets mark what is text.
    """
    text = _FORMULA_IN_THE_NEXT_CELL.sub(r"\1'", "" if value is None else str(value))
    if text.startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(text) else text
