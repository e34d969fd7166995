"""Writes cells and rows of CSV (RFC 4180) that a spreadsheet cannot run as formulas, even with text of strangers."""

import re
from collections.abc import Iterable

MEDIA_TYPE = "text/csv; charset=utf-8"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_FORMULA_IN_THE_NEXT_CELL = re.compile(r'([;\t\r\n]["\s]*)(?=[=+\-@＝＋－＠])')
"""Excel in German separates cells by semicolons, even within quotes, so a formula may begin after one."""
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]')


def csv_row(cells: Iterable[object]) -> str:
    """Returns one row of CSV with its line end."""
    return ",".join(map(csv_cell, cells)) + "\r\n"


def csv_cell(value: object) -> str:
    """Returns a value as a cell that no spreadsheet takes for a formula.

    A text that might be one, in this cell or in the next one, gets an apostrophe before it: spreadsheets mark texts so.
    """
    text = _FORMULA_IN_THE_NEXT_CELL.sub(r"\1'", "" if value is None else str(value))
    if text.startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(text) else text
