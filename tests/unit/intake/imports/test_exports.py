"""Exports of tools and spreadsheets go in as they are downloaded, or with a mapping of at most three lines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from baton.domain.imports.list_import import Import, ReadRow
from baton.domain.signals.signal_recording import Signal
from baton.intake.imports.file_parts import read_part
from baton.intake.imports.import_terms import ImportTerms
from tests.exports import EXPORTS, Export

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SAID_OF_EVERY_LIST = {"kind", "source", "time_zone", "dates", "decimals", "existing"}


def rows(export: Export) -> list[ReadRow]:
    terms = ImportTerms.model_validate({"kind": "leads", **export.terms})
    new = Import(import_id="im", terms=terms.model_dump(mode="json"), by="max@example.com", created_at=NOW)
    return list(read_part(new, export.file, b"pepper", NOW, at_end=True).lines)


def known(signal: Signal) -> dict[str, Any]:
    company = {name: value for name, value in signal.company if name != "name"}
    at = signal.occurred_at
    return {
        **dict(signal),
        **company,
        **dict(signal.profile),
        **signal.bant,
        "company": signal.company.name,
        "at": at.isoformat() if at else None,
    }


def facts(export: Export) -> Iterator[dict[str, Any]]:
    accepted = (row.message for row in rows(export) if row.message)
    for message, wanted in zip(accepted, export.leads, strict=True):
        told = known(message.signal)
        yield {name: told[name] for name in wanted}


@pytest.mark.parametrize("export", [pytest.param(export, id=name) for name, export in EXPORTS.items()])
def test_an_export_goes_in_with_all_that_it_says(export: Export) -> None:
    assert list(facts(export)) == export.leads


@pytest.mark.parametrize("export", [pytest.param(export, id=name) for name, export in EXPORTS.items()])
def test_each_line_and_cell_of_an_export_that_is_left_out_is_named(export: Export) -> None:
    told = [row.why for row in rows(export) if row.why]
    assert len(told) == len(export.why), told
    assert [part for part, why in zip(export.why, told, strict=True) if part not in why] == []


@pytest.mark.parametrize("export", [pytest.param(export, id=name) for name, export in EXPORTS.items()])
def test_an_export_needs_no_more_than_a_mapping_of_three_lines(export: Export) -> None:
    lines = sum(
        len(said) if isinstance(said, dict) and name == "mapping" else 1
        for name, said in export.terms.items()
        if name not in SAID_OF_EVERY_LIST
    )
    assert lines <= 3
