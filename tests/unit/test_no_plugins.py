"""Pydantic asks for plugins, and is told that there are none, without importing what would look for them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pydantic

LAYER = Path(__file__).parents[2] / "layers" / "common" / "python"
PYDANTIC = Path(pydantic.__file__).parent


def said_by(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(LAYER)}
    return subprocess.check_output([sys.executable, "-c", code], text=True, env=environment).strip()


def test_pydantics_own_loader_finds_no_plugins_with_the_setting() -> None:
    code = "import os; os.environ['PYDANTIC_DISABLE_PLUGINS'] = '__all__'\n"
    assert said_by(f"{code}from pydantic.plugin._loader import get_plugins; print(get_plugins())") == "()"


def test_pydantic_asks_its_loader_for_nothing_but_the_plugins() -> None:
    asked = [line for path in PYDANTIC.rglob("*.py") for line in re.findall(r".*_loader\b.*", path.read_text())]
    assert [line.strip() for line in asked] == ["from ._loader import get_plugins"]


def test_a_model_is_built_without_a_look_at_any_packages_metadata() -> None:
    code = "from baton.domain.basics.facts import Staff; import sys; Staff(email='a@b.example'); "
    assert said_by(f"{code}print('importlib.metadata' in sys.modules)") == "False"
