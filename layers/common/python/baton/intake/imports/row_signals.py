"""Turns a row of a list into a message, or says what is wrong with it and in which column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from baton.domain.events.signal_events import IMPORTED
from baton.domain.leads.person_facts import SIZES
from baton.domain.signals.message_batches import Message
from baton.intake.fields.fact_fields import FACTS
from baton.intake.fields.json_documents import JsonObject
from baton.intake.imports.cell_values import Decimals, read_date_cell, read_number_cell, without_formula_guard
from baton.intake.imports.column_mapping import PROPERTY, Columns
from baton.intake.imports.csv_rows import CsvRow
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.signals.signal_reader import read_signal

WAY = "imports"
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
DEFAULT_SOURCE = "import"
_NUMBERS = ("budget", *SIZES)
_CONTENT = {"content": "id", "content_title": "title", "content_topic": "topic", "content_stage": "stage"}


class RowFault(ValueError):
    """The row is refused; the text says why, by field and column, and repeats nothing of it."""


class RowReader:
    """Reads the rows of one list by its terms and columns; `name` is the id of the import."""

    def __init__(self, terms: ImportTerms, columns: Columns, separator: str, name: str) -> None:
        self.terms, self.columns, self.width, self.name = terms, columns.fields, columns.width, name
        self.decimals: Decimals | None = terms.decimals or ("," if separator == ";" else None)
        self._zone = terms.zone

    def message(self, row: CsvRow, pepper: bytes, now: datetime) -> Message:
        """Returns the message of a row; without a `message_id` its id is the import's and the line: `im_1-7`.

        Raises:
            RowFault: something is wrong with it.
        """
        if row.fault:
            raise RowFault(row.fault)
        if any(map(str.strip, row.cells[self.width :])):
            raise RowFault(f"has more than {self.width} values; put one that holds a separator in quotes")
        sent = self._sent(row)
        read = read_signal(sent, pepper, now)
        if read.message is None:
            raise RowFault("; ".join(f"{self._where(each.field)} {each.detail}" for each in read.errors))
        return replace(read.message, way=WAY, attempt=f"{self.name}-{row.line}")

    def _sent(self, row: CsvRow) -> JsonObject:
        values, faults = {}, []
        for field, column in self.columns.items():
            written = (
                _LINE_BREAK.sub(" ", without_formula_guard(row.cells[column - 1].strip()))
                if column <= len(row.cells)
                else ""
            )
            if not written:
                continue
            try:
                values[field] = self._value(field, written)
            except ValueError as fault:
                faults.append(f"{self._where(field)} {fault}")
        if faults:
            raise RowFault("; ".join(faults))
        return JsonObject(list(self._as_a_signal(values, row.line)))

    def _value(self, field: str, written: str) -> str:
        if field == "at":
            return read_date_cell(written, self.terms.dates, self._zone)
        return read_number_cell(written, self.decimals, of_whole=field in SIZES) if field in _NUMBERS else written

    def _as_a_signal(self, values: Mapping[str, str], line: int) -> Iterator[tuple[str, Any]]:
        yield "message_id", values.get("message_id") or f"{self.name}-{line}"
        yield "email", values.get("email")
        yield "kind", IMPORTED if self.terms.kind == "leads" else values.get("kind")
        yield "at", values.get("at")
        yield "source", values.get("source") or self.terms.source or DEFAULT_SOURCE
        yield "campaign", values.get("campaign") or self.terms.campaign
        yield "channel", values.get("channel") or self.terms.channel
        content = [(name, values[field]) for field, name in _CONTENT.items() if field in values]
        yield "content", JsonObject(content) if content else None
        properties = [(name.removeprefix(PROPERTY), values[name]) for name in values if name.startswith(PROPERTY)]
        properties += [(name, values[name]) for name in FACTS if name in values]
        yield "properties", JsonObject(properties)

    def _where(self, field: str) -> str:
        """Returns a field with its column: `email (column 3)`."""
        name = field.removeprefix(PROPERTY)
        name = next((ours for ours, theirs in _CONTENT.items() if field == f"content.{theirs}"), name)
        column = self.columns.get(name) or self.columns.get(f"{PROPERTY}{name}")
        return f"{name} (column {column})" if column else name
