"""The start of no function costs more than was kept: calls of Python during its imports, which vary with no machine."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tools.start_up_cost import FUNCTIONS, KEPT, ROOT, YARDSTICK

NAMES = sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))
GROWTH = 1.03
BETWEEN_PYTHONS = 1.10
"""Another version of Python than the kept one is compared by the cost of pydantic, and less strictly."""


@cache
def measured() -> dict[str, Any]:
    """The costs of today, counted in a process of their own, because this one has imported much already."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "layers" / "common" / "python")}
    counting = (sys.executable, "-m", "tools.start_up_cost")
    done = subprocess.run(counting, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def limits() -> dict[str, float]:
    kept, now = json.loads(KEPT.read_text()), measured()
    factor = GROWTH if kept["python"] == now["python"] else BETWEEN_PYTHONS * now[YARDSTICK] / kept[YARDSTICK]
    return {name: calls * factor for name, calls in kept["functions"].items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_function_starts_with_no_more_calls_than_were_kept(limits: dict[str, float], name: str) -> None:
    calls = measured()["functions"][name]
    assert name in limits, "a new function: keep its cost with `python -m tools.start_up_cost keep`"
    times = calls / limits[name] * GROWTH
    assert calls <= limits[name], (
        f"{times:.2f} of what was kept; `python -m tools.start_up_cost {name}` shows the modules. Import later what "
        "few requests need, or keep the new cost with `python -m tools.start_up_cost keep`"
    )


def test_no_function_that_is_gone_is_kept() -> None:
    assert sorted(json.loads(KEPT.read_text())["functions"]) == NAMES
