"""Reads times as programs write them: ISO 8601 and its variants, RFC 2822, a browser's `Date` as text, Unix times."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from baton.domain.basics.days import in_utc

MAX_WRITTEN = 120
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD_OF_A_MONTH = re.compile(
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = re.compile("(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?")
_HOURS_OF_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "ut": 0,
    "wet": 0,
    "west": 1,
    "cet": 1,
    "mez": 1,
    "cest": 2,
    "mesz": 2,
    "eet": 2,
    "eest": 3,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "cst": -6,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
}
_NUMBER = re.compile(r"([0-9]{9,19})(?:\.[0-9]{1,9})?")
_OF_DOTNET = re.compile(r"/?date\(([0-9]{9,14})(?:[+-][0-9]{4})?\)/?")
_REMARK = re.compile(r" ?(?:\([^()]*\)|\[[^\[\]]*\])$")
_PART = re.compile(
    r"(?P<iso>[0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{1,2}(?![0-9]))(?:t(?=[0-9]))?"
    r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))"
    r"|(?P<named>[0-9]{1,2}-[a-z]{3,9}-[0-9]{2}(?:[0-9]{2})?(?![0-9]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,12})?)?(?![0-9:]))"
    r"|(?P<half>[ap])\.?m\b\.?"
    r"|(?P<offset>(?:utc|gmt|z)?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9:]))"
    r"|(?P<year>[0-9]{4}(?![0-9]))"
    r"|(?P<day>[0-9]{1,2}(?![0-9]))(?:st|nd|rd|th)?"
    r"|(?P<word>[a-z]{1,9})\.?(?![a-z])"
)
_BETWEEN = re.compile(r"[ ,]*")
_MILLISECONDS_FROM, _MICROSECONDS_FROM, _NANOSECONDS_FROM, _TOO_MUCH = 10**11, 10**14, 10**17, 10**19
_MAX_SECONDS = 4 * 10**9
_NOON, _MIDNIGHT, _CENTURY_ENDS, _LEAP = 12, 24, 50, 60

Parts = Mapping[str, str]


def read_unix_time(number: float) -> datetime | None:
    """Returns the moment of a Unix time in seconds, or in thousandths, millionths or billionths; None if it is none."""
    if not 0 < number < _TOO_MUCH:
        return None
    steps = (_MILLISECONDS_FROM, _MICROSECONDS_FROM, _NANOSECONDS_FROM)
    seconds = number / 1000 ** sum(number >= step for step in steps)
    return datetime.fromtimestamp(seconds, UTC) if seconds < _MAX_SECONDS else None


def read_written_time(written: str, zone: tzinfo = UTC) -> datetime | None:
    """Returns the moment that a text names, in UTC; None if it names none, or may name two.

    A text without a time zone is in `zone`, and one without a time is midnight there.
    """
    if len(written) > MAX_WRITTEN:
        return None
    text = " ".join(unicodedata.normalize("NFKC", written).replace("\u2212", "-").split())
    try:
        return _iso(text, zone) or _number(text.lower()) or _moment(_parts(_REMARK.sub("", text.lower())), zone)
    except (ValueError, OverflowError):
        return None


def _iso(text: str, zone: tzinfo) -> datetime | None:
    if _NUMBER.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return in_utc(at if at.tzinfo else at.replace(tzinfo=zone))


def _number(text: str) -> datetime | None:
    found = _NUMBER.fullmatch(text)
    if found:
        return read_unix_time(float(text) if len(found[1]) < len(str(_MILLISECONDS_FROM)) else int(found[1]))
    of_dotnet = _OF_DOTNET.fullmatch(text)
    return read_unix_time(int(of_dotnet[1])) if of_dotnet else None


def _parts(text: str) -> Parts:
    """Returns the parts of a text by their kinds.

    Raises:
        ValueError: something in it is no part of a time, or is there twice.
    """
    parts, place = dict[str, str](), 0
    while place < len(text):
        found = _PART.match(text, place)
        if found is None or found.lastgroup is None:
            raise ValueError("is no part of a time")
        kind, part = _kind(found, parts)
        if kind in parts:
            raise ValueError("is there twice")
        if kind:
            parts[kind] = part
        between = _BETWEEN.match(text, found.end())
        place = between.end() if between else found.end()
    return parts


def _kind(found: re.Match[str], before: Parts) -> tuple[str, str]:
    """Returns the kind of a part, and the part; an empty kind for what says nothing, such as a weekday."""
    kind = found.lastgroup or ""
    part = found[kind]
    if kind != "word":
        return kind, part
    if _WORD_OF_A_MONTH.fullmatch(part):
        return "month", part
    if _WEEKDAY.fullmatch(part) or part == "at" or ("offset" in before and "zone" not in before):
        return "", part
    if part in _HOURS_OF_ZONES:
        return "zone", part
    raise ValueError("is no word of a time")


def _moment(parts: Parts, zone: tzinfo) -> datetime | None:
    day = _day(parts)
    hour, minute, second, microsecond = _clock(parts)
    later = timedelta(days=1) if hour == _MIDNIGHT and not (minute or second or microsecond) else timedelta()
    at = datetime(*day, 0 if later else hour, minute, second, microsecond, tzinfo=_zone(parts) or zone)
    return in_utc(at + later)


def _day(parts: Parts) -> tuple[int, int, int]:
    """Returns year, month and day.

    Raises:
        ValueError: none is named, or more than one.
    """
    named = parts.keys() & {"iso", "dotted", "named"}
    alone = parts.keys() & {"year", "month", "day"}
    if (len(named), len(alone)) not in {(1, 0), (0, 3)}:
        raise ValueError("names no day, or two")
    if "iso" in parts:
        year, month, day = map(int, re.split("[-/.]", parts["iso"]))
    elif "dotted" in parts:
        day, month, year = map(int, parts["dotted"].split("."))
    elif "named" in parts:
        first, word, last = parts["named"].split("-")
        day, month, year = int(first), _month(word), _year(last)
    else:
        year, month, day = int(parts["year"]), _month(parts["month"]), int(parts["day"])
    return year, month, day


def _month(word: str) -> int:
    if not _WORD_OF_A_MONTH.fullmatch(word):
        raise ValueError("is no month")
    return _MONTHS.index(word[:3]) + 1


def _year(digits: str) -> int:
    """Returns the year of four digits, or of two as RFC 2822 has it: `26` is 2026, `50` is 1950."""
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (2000 if int(digits) < _CENTURY_ENDS else 1900)


def _clock(parts: Parts) -> tuple[int, int, int, int]:
    """Returns hour, minute, second and microsecond; a leap second is the second before it."""
    if "clock" not in parts:
        if "half" in parts:
            raise ValueError("has no hour")
        return 0, 0, 0, 0
    whole, _, fraction = parts["clock"].replace(",", ".").partition(".")
    hour, minute, second = (*map(int, whole.split(":")), 0)[:3]
    if "half" in parts:
        if not 1 <= hour <= _NOON:
            raise ValueError("is no hour of twelve")
        hour = hour % _NOON + (_NOON if parts["half"] == "p" else 0)
    return hour, minute, min(second, _LEAP - 1) if second == _LEAP else second, int(f"{fraction:0<6}"[:6])


def _zone(parts: Parts) -> tzinfo | None:
    """Returns the zone that a text names; the offset counts where it names both: `Z+0100`, `+0100 CET`."""
    if "offset" in parts:
        offset = re.sub("[a-z:]", "", parts["offset"])
        hours, minutes = (offset[1:-2], offset[-2:]) if len(offset) > len("+01") else (offset[1:], "0")
        length = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-length if offset[0] == "-" else length)
    return timezone(timedelta(hours=_HOURS_OF_ZONES[parts["zone"]])) if "zone" in parts else None
