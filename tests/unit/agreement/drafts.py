"""Builds drafts of the shipped agreement with changed values, and reads the faults of a refused one."""

import pytest
import yaml

from baton.agreement.reading.agreement_reader import AgreementFaults, packaged_text, read_agreement

GONE = object()


def shipped_text_with(*changes: tuple[str, object]) -> str:
    """The shipped text with other values at some places; GONE takes one out."""
    document = yaml.load(packaged_text(), yaml.CSafeLoader)
    for path, value in changes:
        *way, last = path.split(".")
        place = document
        for name in way:
            place = place[int(name)] if isinstance(place, list) else place[name]
        if value is GONE:
            place.pop(last, None)
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False)


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(AgreementFaults) as refused:
        read_agreement(text)
    return dict(refused.value.faults)
