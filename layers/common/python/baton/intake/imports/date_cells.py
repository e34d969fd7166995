"""Reads dates as people and spreadsheets write them: `2 Nov 2026`, `02.11.26 14:33`, `30 novembre 2026`, `46328.6`."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from baton.domain.basics.written_times import MAX_WRITTEN, read_written_time
from baton.intake.imports.cell_values import SlashDates

_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{2}|\d{4})(?!\d)(.*)", re.DOTALL)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{2}|\d{4})(?!\d)(.*)", re.DOTALL)
_OF_TWO_DAYS = "may be of two days; say in `dates` whether it is DD/MM/YYYY or MM/DD/YYYY"
_NO_DAY = "is no day and time of the calendar, such as 2026-11-24 09:30 or 24 Nov 2026"
_CENTURY_ENDS, _MONTHS_OF_A_YEAR = 70, 12
_DAYS_OF_EXCEL = re.compile(r"(\d{5})(?:[.,](\d{1,15}))?")
_DAY_NUMBERS = range(25_569, 73_416)
"""The numbers of days in spreadsheets from 1970 to 2100; the first day is the thirty-first of December 1899."""
_NO_TIME = datetime(1899, 12, 30)  # noqa: DTZ001
_MONTHS = {
    "jan": "januar janner jaenner janvier janv enero ene gennaio gennaro gen januari janeiro",
    "feb": "februar fevrier fevr fev febrero febbraio februari fevereiro",
    "mar": "marz maerz mrz mars marzo maart marco",
    "apr": "avril avr abril abr aprile",
    "may": "mai mayo maggio mag mei maio",
    "jun": "juni juin junio giugno giu junho",
    "jul": "juli juillet juil julio luglio lug julho",
    "aug": "aout agosto ago augustus",
    "sep": "septembre septiembre settembre set setembro",
    "oct": "oktober okt octobre octubre ottobre ott outubro",
    "nov": "novembre noviembre novembro",
    "dec": "dezember dez decembre diciembre dic dicembre dezembro",
}
_MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}
_SAY_NOTHING = frozenset(
    {"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"}
    | {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}
    | {"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"}
    | {"lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "domenica"}
    | {"de", "del", "le", "la", "las", "los", "el", "um", "uhr", "a", "alle", "ore", "at", "den", "der", "do"}
)
"""Weekdays, and the words between the parts of a date: `2 de noviembre de 2026 a las 14:33`."""
_WORD = re.compile(r"[^\W\d_]+\.?")
_BEHIND_THE_DAY = re.compile(r"(\d)\.(?= ?[a-z])")
_CLOCK_IN_WORDS = re.compile(r"(?<=\d) ?h ?(?=\d\d)|(?<=\d\d)\.(?=\d\d uhr)")
_HOUR_IN_WORDS = re.compile(r"(?<= )(\d{1,2}) ?(?:h|uhr)$")
_ACCENTS = str.maketrans("äáàâéèêëíîïóôöúùûüçñ", "aaaaeeeeiiiooouuuucn")


def read_date_cell(written: str, slashes: SlashDates | None, zone: tzinfo) -> str:
    """Returns a date in ISO 8601 in UTC: `24.11.2026 9:30` in Berlin as `2026-11-24T08:30:00+00:00`.

    A date without a time is midnight in `zone`; so is a number of days of a spreadsheet.

    Raises:
        ValueError: it may be one of two dates, or is none of the calendar.
    """
    if len(written) > MAX_WRITTEN:
        raise ValueError(_NO_DAY)
    plain = _year_first(written, slashes)
    at = _of_spreadsheet(plain, zone) or read_written_time(plain, zone) or read_written_time(_in_english(plain), zone)
    if at is None:
        raise ValueError(_NO_DAY)
    return at.astimezone(UTC).isoformat()


def _of_spreadsheet(written: str, zone: tzinfo) -> datetime | None:
    found = _DAYS_OF_EXCEL.fullmatch(written)
    if not found or int(found[1]) not in _DAY_NUMBERS:
        return None
    seconds = round(float(f"0.{found[2] or 0}") * 86_400)
    return (_NO_TIME + timedelta(days=int(found[1]), seconds=seconds)).replace(tzinfo=zone)


def _year_first(written: str, slashes: SlashDates | None) -> str:
    """Returns a date of digits alone with its year first; any other one as it is written."""
    if found := _DOTTED.fullmatch(written):
        day, month, year, rest = found.groups()
    elif found := _SLASHED.fullmatch(written):
        if slashes is None:
            raise ValueError(_OF_TWO_DAYS)
        first, _, second, year, rest = found.groups()
        day, month = (first, second) if slashes == "DD/MM/YYYY" else (second, first)
        if int(month) > _MONTHS_OF_A_YEAR:
            raise ValueError(f"is not written like {slashes}")
    else:
        return written
    if len(year) == len("26"):
        year = f"{'20' if int(year) < _CENTURY_ENDS else '19'}{year}"
    return f"{year}-{int(month):02}-{int(day):02}{rest}"


def _in_english(written: str) -> str:
    """Returns a date with the months of other languages in English, and without words such as `de` and `Uhr`."""
    text = " ".join(written.casefold().translate(_ACCENTS).split())
    text = _BEHIND_THE_DAY.sub(r"\1 ", text)
    text = _HOUR_IN_WORDS.sub(r"\1:00", _CLOCK_IN_WORDS.sub(":", text))
    return " ".join(_WORD.sub(_english_word, text).split()).strip(" ,")


def _english_word(found: re.Match[str]) -> str:
    word = found[0].rstrip(".")
    if word in _SAY_NOTHING:
        return ""
    return _MONTH_OF.get(word, found[0])
