"""Reads the cells of a list by the fields that they are for: dates, numbers, sources in words, addresses."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from unicodedata import normalize

from baton.domain.leads.person_facts import SIZES
from baton.intake.fields.email_addresses import check_email
from baton.intake.fields.fact_fields import FACTS
from baton.intake.imports.cell_values import Spelling, is_shortened_number, read_number_cell
from baton.intake.names.consent_words import read_consent, read_opt_out
from baton.intake.signals.signal_fields import FIELDS as CHECKS
from baton.intake.signals.signal_fields import SOURCE

CONSENT = "consents."
_ALONE = ("kind", "campaign", "channel")
_WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)
MAX_MESSAGE = 4000
_NUMBERS = frozenset({"budget", *SIZES})
_BETWEEN_ADDRESSES = re.compile(r"[\s;,|/<>()\"']+")
_LONGEST_OF_ADDRESSES = 2000
_NOT_IN_A_SOURCE = re.compile(r"[^a-z0-9._]+")
_MAX_SOURCE = 60
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?")
_FIRST_YEARS = ("0001-", "0002-")
_BEYOND_LATIN = {ord("ß"): "ss", ord("ø"): "o", ord("æ"): "ae", ord("ł"): "l", ord("đ"): "d", ord("&"): " and "}


def read_cell(field: str, written: str, spelling: Spelling) -> str:
    """Returns the value of a cell as `read_signal` takes it.

    Raises:
        ValueError: it cannot be read; the text says why, and quotes nothing.
    """
    if field == "at":
        from baton.intake.imports.date_cells import read_date_cell  # many lists have no times  # noqa: PLC0415

        return read_date_cell(written, spelling.dates, spelling.zone)
    if field == "source":
        return source_in_words(written)
    if _was_made_a_date(field, written):
        raise ValueError("was made a date by a program; prepare the list without guessing types (csvkit: -I)")
    if field == "phone" and is_shortened_number(written):
        raise ValueError("was shortened by a spreadsheet; give that column the format of text")
    if field not in _NUMBERS:
        return written
    return read_number_cell(written, spelling.decimals, of_whole=field in SIZES)


def _was_made_a_date(field: str, written: str) -> bool:
    """Tells whether a fact was a word or a range before, as csvkit 2.2.0 makes `0001-05-01` of May, the first name."""
    if field not in FACTS or not _DATE.fullmatch(written):
        return False
    return field in _NUMBERS or written.startswith(_FIRST_YEARS)


def in_units(number: str, unit: int) -> str:
    """Returns a plain number times the unit in which its column counts.

    Raises:
        ValueError: it is no plain number.
    """
    whole, _, fraction = number.partition(".")
    if not (whole + fraction).isdecimal():
        raise ValueError("is no plain number, though its column counts in thousands or millions")
    return read_number_cell(f"{Decimal(number) * unit:f}", ".")


def check_constant(field: str, written: str, spelling: Spelling) -> None:
    """Checks a value that holds for all lines of a list.

    Raises:
        ValueError: it cannot be read.
    """
    if field == "opt_out":
        read_opt_out(written)
    elif field.startswith(CONSENT):
        read_consent(written)
    else:
        value = read_cell(field, written, spelling)
        if field in FACTS:
            FACTS[field](value)
        elif field in _ALONE:
            CHECKS[field](value, _WHENEVER)


def addresses_in(written: str) -> list[str]:
    """Returns the addresses in a cell, each once: `a@example.com; b@example.com` has two.

    Raises:
        ValueError: there is none that mail could reach.
    """
    try:
        return [check_email(written)]
    except ValueError:
        pieces = _BETWEEN_ADDRESSES.split(written[:_LONGEST_OF_ADDRESSES])
    found = list[str]()
    for piece in pieces:
        if "@" in piece:
            try:
                found.append(check_email(piece))
            except ValueError:
                continue
    if not found:
        check_email(written)
    return list(dict.fromkeys(found))


def source_in_words(written: str) -> str:
    """Returns a source for its name in words: `Trade Show (2026)` as `trade-show-2026`, `Empfehlung` as `empfehlung`.

    Raises:
        ValueError: it has no letter or digit that a source may have.
    """
    if SOURCE.fullmatch(written.casefold()):
        return written.casefold()
    latin = normalize("NFKD", written[: _MAX_SOURCE * 4].casefold().translate(_BEYOND_LATIN))
    plain = "".join(sign for sign in latin if not "\u0300" <= sign <= "\u036f")
    source = _NOT_IN_A_SOURCE.sub("-", plain).strip("-._")[:_MAX_SOURCE].rstrip("-._")
    if not source:
        raise ValueError("has no letter from a to z and no digit; write it like trade-show")
    return source


def message_in(written: str) -> str | None:
    """Returns a message as it is kept: printable, on several lines if need be, at most 4,000 characters."""
    text = normalize("NFC", written[: MAX_MESSAGE * 4].replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text).strip()[:MAX_MESSAGE] or None
