"""Maps the columns of a list to Baton's fields, by the terms' `mapping` or by usual names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from baton.domain.imports.list_import import ListFault
from baton.intake.fields.fact_fields import FACTS
from baton.intake.names.usual_names import usual_field, usual_rank

ListKind = Literal["leads", "signals"]
SEPARATORS = (",", ";", "\t", "|")
PROPERTY = "properties."
MAX_COLUMNS = 200

_OF_EACH = ("email", "message_id", "source", "campaign", "channel", *FACTS)
_OF_CONTENT = ("content", "content_title", "content_topic", "content_stage")
FIELDS: Mapping[ListKind, tuple[str, ...]] = {"leads": _OF_EACH, "signals": (*_OF_EACH, "kind", "at", *_OF_CONTENT)}
"""The fields that a column may have; a mapping may also name a property: `properties.hall`."""
NEEDED: Mapping[ListKind, tuple[str, ...]] = {"leads": ("email",), "signals": ("email", "kind")}
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_QUOTED = re.compile(r'"[^"]*"')
_SAYS_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list: how many, the column of each field counted from 1, and those left out."""

    width: int
    fields: Mapping[str, int]
    left_out: tuple[int, ...]


def normal_column_name(name: str) -> str:
    """Returns a column's name as it is compared: `E-Mail Address` as `e_mail_address`."""
    return _BETWEEN_WORDS.sub("_", normalize("NFKC", name).casefold()).strip("_")


def declared_separator(line: str) -> str | None:
    """Returns the separator that Excel's first line `sep=;` declares; None for any other line."""
    found = _SAYS_SEPARATOR.fullmatch(line.rstrip("\r\n"))
    return found[1] if found and found[1] in SEPARATORS else None


def separator_of(header: str) -> str:
    """Returns the separator that stands most often in the first row."""
    return max(SEPARATORS, key=_QUOTED.sub("", header).count)


def columns_of(header: list[str], kind: ListKind, mapping: Mapping[str, str | None]) -> Columns:
    """Returns the column of each field. The mapping goes first.

    Of several columns the one counts whose name fits best (`Email` before `Personal email`), then the leftmost.

    Raises:
        ListFault: a column that every row needs, or that the mapping names, is missing.
    """
    if len(header) > MAX_COLUMNS:
        raise ListFault(f"there are more than {MAX_COLUMNS} columns; leave out what says nothing of leads")
    names, meant = (
        [normal_column_name(name) for name in header],
        {normal_column_name(name): field for name, field in mapping.items()},
    )
    if missing := [name for name in mapping if normal_column_name(name) not in names]:
        raise ListFault(f"`mapping` names columns that are not there: {', '.join(missing)}")
    fields: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if field := meant.get(name):
            fields.setdefault(field, number)
    for number in sorted(range(1, len(header) + 1), key=lambda number: usual_rank(header[number - 1])):
        field = usual_field(header[number - 1])
        if field in FIELDS[kind] and names[number - 1] not in meant:
            fields.setdefault(str(field), number)
    if missing := [field for field in NEEDED[kind] if field not in fields]:
        raise ListFault(f"the first line names no column {' and none '.join(missing)}; say in `mapping` which it is")
    left_out = tuple(number for number in range(1, len(names) + 1) if number not in fields.values())
    return Columns(len(names), fields, left_out)
