"""Random drafts of an agreement are read or refused; the editors' schema accepts every draft that Baton reads."""

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.agreement.reading.agreement_reader import AgreementFaults, read_agreement
from baton.agreement.terms.agreement import Agreement
from tests.unit.agreement.test_shipped_agreements import SHIPPED, schema_faults

DOCUMENTS = [yaml.load(text, yaml.CSafeLoader) for text in SHIPPED.values()]
words = st.sampled_from(
    [
        "title",
        "kind",
        "score",
        "is",
        "matches",
        "not",
        "all",
        "any",
        "bant",
        "id",
        "visit",
        "stage",
        "customer",
        "7d",
        "50%",
    ]
)
scalars = (
    st.none() | st.booleans() | st.integers(-2_000, 2_000) | st.floats() | words | st.text(max_size=5) | st.dates()
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)


def _places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [path, *(place for name, each in inner for place in _places(each, (*path, name)))]


@st.composite
def drafts(draw: st.DrawFn) -> Any:
    """One of the shipped agreements, with something put, moved or taken out at a place or two."""
    draft = copy.deepcopy(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from([place for place in _places(draft) if place]))
        part = draft
        for name in way:
            part = part[name]
        match draw(st.sampled_from(["put", "move", "take out", "add"])):
            case "take out":
                del part[last]
            case "put":
                part[last] = draw(values)
            case "add" if isinstance(part, dict):
                part[draw(words)] = draw(values)
            case _:
                elsewhere = draw(st.sampled_from(_places(draft)))
                found = draft
                for name in elsewhere:
                    found = found[name]
                part[last] = copy.deepcopy(found)
    return draft


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(drafts())
def test_random_draft_is_read_or_refused_with_places_and_reasons(draft: Any) -> None:
    text = yaml.dump(draft, Dumper=yaml.CSafeDumper, allow_unicode=True)
    try:
        agreement = read_agreement(text)
    except AgreementFaults as refused:
        assert refused.faults
        assert all(each.place and each.detail and "\n" not in each.place for each in refused.faults)
    else:
        assert schema_faults(text) == []
        assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement
