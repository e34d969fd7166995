"""Functions have the memory that `python -m bench memory` has chosen by what it measured."""

import re

import pytest

from bench.memory import BOUNDS, BY_OTHER_WORK, SIZES, Work, kind_of, needed
from bench.report import RESULTS
from tests.template.parsed_template import FUNCTIONS, GLOBALS

SECTION = RESULTS.read_text().split("## Memory of functions\n", 1)[1].split("\n## ", 1)[0]
ROWS = {row[0]: row for row in (re.split(r" *\| *", line.strip("| ")) for line in SECTION.splitlines() if "_" in line)}
MEASURED = {name: row for name, row in ROWS.items() if len(row) > 9}
TEMPLATE = {
    function["CodeUri"].removeprefix("functions/"): function.get("MemorySize", GLOBALS["MemorySize"])
    for function in FUNCTIONS.values()
}


@pytest.mark.parametrize("function", MEASURED)
def test_a_measured_function_has_the_memory_that_the_table_says(function: str) -> None:
    assert TEMPLATE[function] == int(MEASURED[function][9])


@pytest.mark.parametrize("function", MEASURED)
def test_a_functions_memory_follows_from_its_figures_and_the_bounds(function: str) -> None:
    """The bounds may have changed since it was measured: then `bench keep memory` chooses anew."""
    who, *figures, needs, has = MEASURED[function][1:10]
    start, first, first_waits, warm, warm_waits, peak = map(float, figures)
    work = Work(start / 1000, first / 1000, first_waits, warm / 1000, warm_waits, peak)

    assert who == kind_of(function)
    assert needed(work, BOUNDS[who]).megabytes == int(needs) <= int(has)


@pytest.mark.parametrize("function", sorted(TEMPLATE.keys() - BY_OTHER_WORK.keys() - MEASURED.keys()))
def test_a_function_without_figures_has_the_memory_of_its_kind(function: str) -> None:
    kind = {row[9] for name, row in MEASURED.items() if kind_of(name) == kind_of(function)}

    assert {str(TEMPLATE[function])} == kind


def test_only_a_function_with_other_work_has_a_memory_of_its_own_without_figures() -> None:
    assert {name for name, size in TEMPLATE.items() if size != GLOBALS["MemorySize"]} <= {*BY_OTHER_WORK, *MEASURED}
    assert BY_OTHER_WORK.keys() <= TEMPLATE.keys()
    assert set(TEMPLATE.values()) <= set(SIZES)


def test_every_function_that_somebody_waits_for_was_measured() -> None:
    assert {name for name in TEMPLATE if kind_of(name) == "somebody waits"} <= MEASURED.keys()
