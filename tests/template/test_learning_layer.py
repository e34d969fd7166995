"""What learns, and numpy, come with a layer of their own, for the one function that needs them."""

import re

from tests.template.parsed_template import FUNCTIONS, ROOT
from tests.template.test_settings import reachable

LAYER = ROOT / "layers" / "common" / "python" / "baton"


def rooms(makefile: str, variable: str) -> set[str]:
    [named] = re.findall(rf"^{variable} = (.*)$", (ROOT / makefile).read_text(), re.MULTILINE)
    return set(named.split())


def test_a_function_has_the_layer_if_and_only_if_its_code_learns() -> None:
    learns = {
        name
        for name, function in FUNCTIONS.items()
        if any((LAYER / "learning") in module.parents for module in reachable(ROOT / function["CodeUri"] / "app.py"))
    }
    assert learns == {name for name, function in FUNCTIONS.items() if "LearningLayer" in str(function.get("Layers"))}
    assert learns == {"LearnPointsFunction"}


def test_the_layer_brings_what_the_shared_layer_leaves_out_for_it_and_numpy_alone() -> None:
    brought = rooms("layers/Makefile", "ROOMS")
    assert brought == {"learning"}
    assert brought < rooms("layers/common/Makefile", "LEFT_OUT")
    packages = re.findall(r"^([\w-]+)==", (ROOT / "layers/learning/requirements.txt").read_text(), re.MULTILINE)
    assert packages == ["numpy"]


def test_no_function_needs_a_room_that_no_layer_has() -> None:
    nowhere = rooms("layers/common/Makefile", "LEFT_OUT") - rooms("layers/Makefile", "ROOMS")
    missing = [
        (name, str(module))
        for name, function in FUNCTIONS.items()
        for module in reachable(ROOT / function["CodeUri"] / "app.py")
        if any((LAYER / room) in module.parents for room in nowhere)
    ]
    assert missing == []
