"""Reads a CSV list of target accounts: one account, or the faults, for each row."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from pydantic import ValidationError

from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import normalise_domain
from baton.domain.fields.field_words import field_faults
from baton.intake.accounts.account_fields import AccountTerms
from baton.intake.fields.field_faults import FieldFault, printable_name

COLUMNS = ("domain", "name", "owner", "target", "domains", "quiet_for")
MAX_BYTES = 65_536
MAX_LINES = 500
_SEPARATORS = (",", ";", "\t")
_BETWEEN_DOMAINS = re.compile(r"[\s,;|]+")


class ListFaults(Exception):
    """The file is refused as a whole, with an HTTP status, a reason, and the faults of its columns."""

    def __init__(self, status: int, detail: str, errors: Sequence[FieldFault] = ()) -> None:
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row of the file: the number of its first line, and the account in it or its faults."""

    number: int
    domain: str
    account: Account | None
    errors: tuple[FieldFault, ...] = ()


def read_account_list(content_type: str, body: bytes) -> list[AccountRow]:
    """Returns the rows after the header, in order, each with the number of the line on which it begins.

    Raises:
        ListFaults: 413 more than 65,536 bytes or 500 lines, 415 no `text/csv`, 400 not readable as UTF-8 or as CSV,
            422 a header without `domain`, with a column twice, or with one that is not known.
    """
    if content_type.partition(";")[0].strip().lower() != "text/csv":
        raise ListFaults(415, "Send it as text/csv.")
    if len(body) > MAX_BYTES:
        raise ListFaults(413, f"It has more than {MAX_BYTES} bytes; send it in parts, each with the header.")
    rows = _rows(_text(body))
    header = next(rows, (1, []))[1]
    columns = _columns(header)
    return _checked(columns, rows)


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ListFaults(400, "It is not UTF-8; save it as `CSV UTF-8`.") from fault
    if "\0" in text:
        raise ListFaults(400, "It is no text; save it as `CSV UTF-8`.")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows that are not empty, each with the number of the line on which it begins."""
    head = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=head.count), strict=True)
    begins = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise ListFaults(
            400, f"Line {begins} is no CSV: {fault}. Close its quotes, and double those within."
        ) from fault


def _columns(header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    faults = [
        FieldFault(printable_name(name), f"is no column of the list; there are {', '.join(COLUMNS)}")
        for name in names
        if name not in COLUMNS
    ]
    faults += [FieldFault(name, "is there more than once") for name in COLUMNS if names.count(name) > 1]
    faults += [FieldFault("domain", "is missing; every line needs one")] if "domain" not in names else []
    if faults:
        raise ListFaults(422, f"The first line must name the columns: domain, and any of {COLUMNS[1:]}.", faults)
    return names


def _checked(columns: list[str], rows: Iterator[tuple[int, list[str]]]) -> list[AccountRow]:
    lines: list[AccountRow] = []
    stands_in: dict[str, int] = {}
    for number, row in rows:
        if len(lines) == MAX_LINES:
            raise ListFaults(413, f"It has more than {MAX_LINES} lines; send it in parts, each with the header.")
        line = _line(number, columns, row)
        first = stands_in.setdefault(line.domain, number) if line.account else number
        if first != number:
            line = AccountRow(number, line.domain, None, (FieldFault("domain", f"stands in line {first} already"),))
        lines.append(line)
    return lines


def _line(number: int, columns: list[str], row: list[str]) -> AccountRow:
    texts = {name: value.strip() for name, value in zip(columns, row, strict=False) if value.strip()}
    written = texts.pop("domain", "")
    if any(map(str.strip, row[len(columns) :])):
        errors = [FieldFault("line", f"has more than {len(columns)} values; put one that holds a separator in quotes")]
    else:
        errors = []
    try:
        domain = normalise_domain(written)
    except ValueError as fault:
        return AccountRow(
            number, printable_name(written), None, (*errors, FieldFault("domain", str(fault)), *_terms(texts)[1])
        )
    terms, faults = _terms(texts)
    errors += faults
    return AccountRow(number, domain, terms.account(domain) if terms and not errors else None, tuple(errors))


def _terms(texts: dict[str, str]) -> tuple[AccountTerms | None, list[FieldFault]]:
    split = {"domains": _BETWEEN_DOMAINS.split(texts["domains"].strip(",;| "))} if "domains" in texts else {}
    try:
        return AccountTerms.model_validate({**texts, **split}), []
    except ValidationError as invalid:
        faults = invalid.errors(include_url=False, include_input=False)
        return None, [FieldFault(*fault) for fault in field_faults(faults, AccountTerms)]
