"""Builds drafts of the shipped agreement with changed values, and reads the faults of a refused one."""

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import (
    AgreementFaults,
    agreement_from_document,
    packaged_text,
    read_agreement,
)
from baton.agreement.reading.yaml_loader import load
from baton.agreement.terms.agreement import Agreement

GONE = object()
Draft = str | dict[str, Any]
"""A draft as YAML, or as the document that its YAML loads as, which is read in a tenth of the time."""


@cache
def _shipped_document() -> dict[str, Any]:
    document: dict[str, Any] = load(packaged_text())
    return document


def shipped_document_with(*changes: tuple[str, object]) -> dict[str, Any]:
    """The shipped agreement's document with other values at some places; GONE takes one out."""
    document = deepcopy(_shipped_document())
    for path, value in changes:
        *way, last = path.split(".")
        place: Any = document
        for name in way:
            place = place[int(name)] if isinstance(place, list) else place[name]
        if value is GONE:
            place.pop(last, None)
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return document


def shipped_text_with(*changes: tuple[str, object]) -> str:
    """The same as YAML."""
    return yaml.dump(shipped_document_with(*changes), Dumper=yaml.CSafeDumper, sort_keys=False)


def read_draft(draft: Draft, *, signed: bool = False) -> Agreement:
    """The agreement; of one that is signed, rules that can never fire are no faults."""
    if isinstance(draft, str):
        return read_agreement(draft, signed=signed)
    return agreement_from_document(draft, signed=signed)


def faults_of(draft: Draft) -> dict[str, str]:
    with pytest.raises(AgreementFaults) as refused:
        read_draft(draft)
    return {fault.place: fault.detail for fault in refused.value.faults}
