"""Reads numbers as people write them in spreadsheets, and takes off guards against formulas."""

import re
from datetime import tzinfo
from typing import Literal, NamedTuple

SlashDates = Literal["DD/MM/YYYY", "MM/DD/YYYY"]
Decimals = Literal[",", "."]

_SIGNS = str.maketrans(
    {**dict.fromkeys("\u00a0\u202f\u2007\u2009", " "), **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'")}
)
_LONGEST = 80
_NUMBER = re.compile(r"[+-]?\d+(?:[.,' ]\d+)*")
_WITH_POWER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)E\+?(\d{1,2})", re.IGNORECASE)
_IN_GROUPS = re.compile(r"([+-]?\d{1,3}(?:([ '])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?")
_WHOLE = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3})")
_MOST_ZEROS = 15
_EMPTY = frozenset(
    {
        "NULL",
        "null",
        "(null)",
        "[null]",
        "N/A",
        "n/a",
        "n.a.",
        "(blank)",
        "(empty)",
        "(none)",
        "(not set)",
        "(unknown)",
        "nan",
        "NaN",
    }
    | {"-", "--", "---", "–", "—", "#N/A", "#NV", "#REF!", "#VALUE!", "#WERT!", "#BEZUG!", "#NAME?", "#DIV/0!", "#NUM!"}
    | {"#VALEUR!", "#NOM?", "#¿NOMBRE?", "#¡VALOR!", "#¡REF!"}
)
"""What tools write for nothing, and spreadsheets for a formula that failed."""
_KEPT_FROM_BEING_A_FORMULA = re.compile(r"""(^|[;\t\r\n]["\s]*)'(?=[=+\-@＝＋－＠\t\r\n])""")
_TEXT_AS_A_FORMULA = re.compile(r'="([^"]*)"')


class Spelling(NamedTuple):
    """How dates and numbers of a list are written: the order of slashed dates, the decimal mark, the time zone."""

    dates: SlashDates | None
    decimals: Decimals | None
    zone: tzinfo


def without_formula_guard(written: str) -> str:
    """Returns a cell without its guard against formulas: `'+49 30 1` and `="+49 30 1"` as `+49 30 1`."""
    if "'" not in written and '="' not in written:
        return written
    formula = _TEXT_AS_A_FORMULA.fullmatch(written)
    return formula[1] if formula else _KEPT_FROM_BEING_A_FORMULA.sub(r"\1", written)


def is_empty_cell(written: str) -> bool:
    """Tells whether a cell has nothing: it is blank, or `NULL`, `N/A`, `--`, `#NV`, as programs write it."""
    return not written or written in _EMPTY


def is_shortened_number(written: str) -> bool:
    """Tells whether a spreadsheet has shortened a long number, such as a phone's: `4.93055502E+11`."""
    return len(written) <= _LONGEST and _WITH_POWER.fullmatch(written) is not None


def read_number_cell(written: str, decimals: Decimals | None, *, of_whole: bool = False) -> str:
    """Returns a number in plain digits: `1.250,50` as `1250.50`, `12 000` as `12000`, `1,5E+07` as `15000000`.

    A text that is no number stays as it is. `of_whole` says that the column has whole numbers: `1,200` is 1200.

    Raises:
        ValueError: it may be one of two numbers, or it is not written as `decimals` says.
    """
    text = written.translate(_SIGNS) if len(written) <= _LONGEST else written
    if found := _WITH_POWER.fullmatch(text):
        return _with_power(found[1].replace(",", "."), int(found[2])) or written
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return written
    if found := _IN_GROUPS.fullmatch(text):
        whole, point, fraction = re.sub("[ ']", "", found[1]), found[3], found[4] or ""
        if point and decimals and point != decimals:
            raise ValueError(_not_so(decimals))
    elif "'" in text or " " in text:
        return written
    else:
        whole, _, fraction = text.partition(decimals or _point_of(text, of_whole=of_whole))
        if re.search(r"[.,]", fraction) or not _WHOLE.fullmatch(whole):
            if decimals:
                raise ValueError(_not_so(decimals))
            return written
    plain = re.sub(r"[.,]", "", whole)
    return f"{plain}.{fraction}" if fraction.strip("0") else plain


def _not_so(decimals: Decimals) -> str:
    return f"is not written with `{decimals}` before its decimals, as `decimals` says or `;` between the columns"


def _with_power(number: str, zeros: int) -> str | None:
    whole, _, fraction = number.partition(".")
    if zeros > _MOST_ZEROS or len(fraction.rstrip("0")) > zeros:
        return None
    return f"{whole}{fraction.rstrip('0'):0<{zeros}}"


def _point_of(text: str, *, of_whole: bool) -> str:
    """Returns the mark before the decimals, as the number itself shows: `,` in `1.250,50`."""
    marks = [letter for letter in text if letter in ".,"]
    if len(marks) == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        if of_whole:
            return "." if "," in marks else ","
        raise ValueError("may be thousands or decimals; say in `decimals` whether `,` or `.` stands before decimals")
    if len(set(marks)) == 2 or len(marks) == 1:
        return marks[-1]
    return "." if "," in marks else ","
