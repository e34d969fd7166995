"""Which part of Baton knows which other: the arrows of the design, read from the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BATON = ROOT / "layers" / "common" / "python" / "baton"
MODULES = sorted(BATON.rglob("*.py"))
HANDLERS = sorted((ROOT / "functions").glob("*/*.py"))

MAY_KNOW = {
    "agreement": {"agreement"},
    "domain": {"domain", "agreement"},
    "intake": {"intake", "domain", "agreement"},
    "outreach": {"outreach", "domain", "agreement"},
    "aws": {"aws", "domain", "agreement"},
}
PURE = {"agreement", "domain", "intake"}
NOT_PURE = {
    *("boto3", "botocore", "aws_lambda_powertools"),
    *("os", "random", "secrets", "time", "uuid", "subprocess", "threading", "logging"),
    *("socket", "ssl", "http", "requests", "httpx", "urllib3"),
    *("urllib.request", "asyncio", "tempfile"),
}
CLOCKS = {"now", "utcnow", "today"}
A_HANDLER_MAY_IMPORT = {
    *("baton", "aws_lambda_powertools", "pydantic"),
    *("typing", "collections", "dataclasses", "datetime", "enum", "http", "functools", "__future__"),
}


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: Path) -> str:
    return module.relative_to(BATON).parts[0]


def in_rooms(names: set[str]) -> list[object]:
    found = [module for module in MODULES if room_of(module) in names]
    return [pytest.param(module, id=str(module.relative_to(BATON))) for module in found]


def test_every_room_of_the_layer_is_known() -> None:
    rooms = {path.name for path in BATON.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert rooms <= set(MAY_KNOW)


@pytest.mark.parametrize("module", in_rooms(set(MAY_KNOW)))
def test_a_room_knows_only_what_the_arrows_allow(module: Path) -> None:
    known = {name.split(".")[1] for name in imports(module) if name.startswith("baton.")}
    assert known <= MAY_KNOW[room_of(module)]
    assert not any(name.split(".")[0] in ("functions", "tools", "tests", "bench") for name in imports(module))


@pytest.mark.parametrize("module", in_rooms(PURE))
def test_a_pure_room_reaches_for_nothing(module: Path) -> None:
    reached = {name for name in imports(module) if name in NOT_PURE or name.split(".")[0] in NOT_PURE}
    assert not reached


@pytest.mark.parametrize("module", in_rooms(PURE))
def test_a_pure_room_asks_no_clock_and_opens_no_file(module: Path) -> None:
    tree = ast.parse(module.read_text())
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & CLOCKS
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not asked
    assert not called & {"open", "print", "input", "exec", "eval"}


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_handler_imports_only_from_the_layer(handler: Path) -> None:
    assert {name.split(".")[0] for name in imports(handler)} <= A_HANDLER_MAY_IMPORT


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_handler_says_what_it_is_for(handler: Path) -> None:
    assert ast.get_docstring(ast.parse(handler.read_text()))


@pytest.mark.parametrize("module", in_rooms({"domain", "agreement", "intake"}))
def test_nothing_slow_is_imported_that_a_request_may_not_need(module: Path) -> None:
    at_the_top = [node for node in ast.parse(module.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in at_the_top for alias in node.names} | {
        node.module for node in at_the_top if isinstance(node, ast.ImportFrom)
    }
    assert not names & {"yaml", "multipart"}
