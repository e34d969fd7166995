"""A number that nobody knows is no small number: no comparison holds of it."""

from typing import Any

import pytest

from baton.domain.conditions.compiled_conditions import NUMBERS, Moment, compile_condition
from baton.domain.leads.signal_counts import SignalCounts

COMPARISONS: list[dict[str, Any]] = [
    {"at_most": 50},
    {"at_most": 0},
    {"at_least": 0},
    {"between": [0, 50]},
    {"is": 0},
    {"one_of": [0, 50]},
]


@pytest.mark.parametrize("name", sorted(NUMBERS | {"attributes.seats"}))
@pytest.mark.parametrize("test", COMPARISONS, ids=str)
def test_no_comparison_holds_of_an_unknown_number(name: str, test: dict[str, Any]) -> None:
    compare = compile_condition({name: test}, {})
    assert not compare(Moment({}, SignalCounts(1), 0))
    assert not compare(Moment({name: None}, SignalCounts(1), 0))
