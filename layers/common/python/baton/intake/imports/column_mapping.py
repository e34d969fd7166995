"""Maps the columns of a list to Baton's fields, by the terms' `mapping` or by usual names."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import normalize

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.imports.list_import import ListFault
from baton.intake.fields.fact_fields import FACTS, SALUTATION
from baton.intake.names.usual_names import usual_field, usual_rank

ListKind = Literal["leads", "signals"]
SEPARATORS = (",", ";", "\t", "|")
PROPERTY, CONSENT = "properties.", "consents."
MAX_COLUMNS, MAX_NAME = 200, 200
MAX_COLUMNS_OF_A_FIELD = 6

_OF_EACH = ("email", "message_id", "source", "campaign", "channel", "at", "message", "opt_out", *FACTS)
_OF_CONTENT = ("content", "content_title", "content_topic", "content_stage")
FIELDS: Mapping[ListKind, tuple[str, ...]] = {"leads": _OF_EACH, "signals": (*_OF_EACH, "kind", *_OF_CONTENT)}
"""The fields that a column may have, besides `properties.<name>` and `consents.<purpose>`."""
NEEDED: Mapping[ListKind, tuple[str, ...]] = {"leads": ("email",), "signals": ("email", "kind")}
_HOLDS = {"email": "e-mail addresses", "kind": "what each person did"}
USUAL_CONSENT = f"{CONSENT}newsletter"
"""The field of a column that says who agreed to mails, and not to which."""
_KEPT_AS = {"consent": USUAL_CONSENT, SALUTATION: f"{PROPERTY}{SALUTATION}"}
"""What the usual names that are no fields of their own lead to."""
_OFTEN_SEVERAL = frozenset({"email", "phone", "opt_out", USUAL_CONSENT})
_NOTHING: Mapping[str, str] = {}
_AMOUNTS = ("revenue", "budget", "employees")
_UNITS = {
    1_000: re.compile(
        r"\b(?:000s?|thousands?|tausend|tsd|teur|tchf|tusd|k[$€£]|k ?eur|milliers|miles)\b", re.IGNORECASE
    ),
    1_000_000: re.compile(
        r"\b(?:000,?000s?|millions?|mio|mill?iones|millionen|mn|meur|m[$€£]|m ?eur)\b", re.IGNORECASE
    ),
}
"""What the names of columns say of their numbers: `Revenue (in 000s USD)`, `Umsatz (TEUR)`."""
_ATTRIBUTE = r"attributes\.[a-z][a-z0-9_-]{0,39}"
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_QUOTED = re.compile(r'"[^"]*"')
_SAYS_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list: how many, the column of each field counted from 1, and those left out.

    `further` are the columns to read where that of the field is empty. `units` are the columns of numbers that stand
    for more, such as thousands. `only` are the columns that say whether a line
    is meant, each with the value that it must have.
    """

    width: int
    fields: Mapping[str, int]
    left_out: tuple[int, ...]
    further: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)
    only: Mapping[int, str] = field(default_factory=dict)


def normal_column_name(name: str) -> str:
    """Returns a column's name as it is compared: `E-Mail Address` as `e_mail_address`."""
    return _BETWEEN_WORDS.sub("_", normalize("NFKC", name).casefold()).strip("_")


def name_of_attribute(name: str) -> str | None:
    """Returns the field of a column that is called like an attribute, `attributes.plan`; None for another name."""
    written = name.strip()
    return written if re.fullmatch(_ATTRIBUTE, written) else None


def declared_separator(line: str) -> str | None:
    """Returns the separator that Excel's first line `sep=;` declares; None for any other line."""
    found = _SAYS_SEPARATOR.fullmatch(line.rstrip("\r\n"))
    return found[1] if found and found[1] in SEPARATORS else None


def separator_of(header: str) -> str:
    """Returns the separator that stands most often in the first row."""
    return max(SEPARATORS, key=_QUOTED.sub("", header).count)


def columns_of(
    header: list[str],
    kind: ListKind,
    mapping: Mapping[str, str | None],
    *,
    constants: Container[str] = (),
    only: Mapping[str, str] = _NOTHING,
) -> Columns:
    """Returns the column of each field. The mapping goes first; a field among the `constants` needs no column.

    Of several columns the one counts whose name fits best (`Email` before `Personal email`), then the leftmost. Where
    it is empty, other columns of addresses, phones and wishes are read, and all that the mapping names.

    Raises:
        ListFault: a column that every row needs, or that `mapping` or `only` names, is missing.
    """
    if len(header) > MAX_COLUMNS:
        raise ListFault(f"there are more than {MAX_COLUMNS} columns; leave out what says nothing of leads")
    names = [normal_column_name(name) for name in header]
    for what, named in (("mapping", mapping), ("only", only)):
        if missing := [name for name in named if normal_column_name(name) not in names]:
            raise ListFault(f"`{what}` names columns that are not there: {', '.join(missing)}")
    read: dict[str, list[int]] = {}
    for name, number in _mapped(names, mapping):
        read.setdefault(name, []).append(number)
    mapped = frozenset(read)
    for name, number in _usual(header, names, kind, mapping):
        if name not in mapped and (name not in read or name in _OFTEN_SEVERAL):
            read.setdefault(name, []).append(number)
    if missing := [name for name in NEEDED[kind] if name not in read and name not in constants]:
        lacks = " and ".join(f"{_HOLDS[name]} (`{name}`)" for name in missing)
        raise ListFault(f"no column was found with {lacks}; name it so in the first line of the file")
    read = {name: numbers[:MAX_COLUMNS_OF_A_FIELD] for name, numbers in read.items()}
    meant = {names.index(normal_column_name(name)) + 1: value for name, value in only.items()}
    left_out = set(range(1, len(names) + 1)) - {number for numbers in read.values() for number in numbers} - set(meant)
    return Columns(
        len(names),
        {name: numbers[0] for name, numbers in read.items()},
        tuple(sorted(left_out)),
        {name: tuple(numbers[1:]) for name, numbers in read.items() if len(numbers) > 1},
        {number: unit for name in _AMOUNTS for number in read.get(name, ()) if (unit := _unit(header[number - 1])) > 1},
        meant,
    )


def _mapped(names: list[str], mapping: Mapping[str, str | None]) -> Iterator[tuple[str, int]]:
    meant = {normal_column_name(name): field for name, field in mapping.items()}
    for number, name in enumerate(names, 1):
        if field := meant.get(name):
            yield field, number


def _usual(
    header: list[str], names: list[str], kind: ListKind, mapping: Mapping[str, str | None]
) -> Iterator[tuple[str, int]]:
    """Yields the fields of columns with usual names, those with the best names first."""
    meant = {normal_column_name(name) for name in mapping}
    for number in sorted(range(1, len(header) + 1), key=lambda number: usual_rank(header[number - 1])):
        field = name_of_attribute(header[number - 1]) or usual_field(header[number - 1])
        field = _KEPT_AS.get(field or "", field)
        is_field = field in FIELDS[kind] or field in _KEPT_AS.values()
        if field and (is_field or field.startswith(ATTRIBUTE)) and names[number - 1] not in meant:
            yield field, number


def _unit(name: str) -> int:
    """Returns how much a one of a column stands for: 1000 in `Revenue (in 000s USD)`."""
    return max((unit for unit, says in _UNITS.items() if says.search(name[:MAX_NAME])), default=1)
