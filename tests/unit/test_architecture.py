"""Which part of Baton knows which other: rooms, the folders in them, and the modules, read from the imports."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.unit.arrows import ARROWS, CATALOGUES
from tests.unit.parsed import lines_of, nodes_of, tree_of

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers" / "common" / "python"
BATON = LAYER / "baton"
MODULES = sorted(BATON.rglob("*.py"))
HANDLERS = sorted((ROOT / "functions").glob("*/*.py"))
OUTSIDE = {"functions", "tools", "tests", "bench"}

MAY_KNOW = {
    "agreement": {"agreement"},
    "domain": {"domain", "agreement"},
    "intake": {"intake", "domain", "agreement"},
    "outreach": {"outreach", "domain", "agreement"},
    "aws": {"aws", "domain", "agreement"},
    "learning": {"learning", "intake", "domain", "agreement"},
    "proposal": {"proposal", "trial", "learning", "outreach", "intake", "domain", "agreement"},
    "trial": {"trial", "outreach", "intake", "domain", "agreement"},
}
PURE = {"agreement", "domain", "intake", "learning"}
OUT_OF_THE_SHARED_LAYER = {"learning", "proposal", "trial"}
KNOWS_NUMPY = {"learning"}
NOT_PURE = {
    *("boto3", "botocore", "aws_lambda_powertools"),
    *("os", "random", "secrets", "time", "uuid", "subprocess", "threading", "logging"),
    *("socket", "ssl", "http", "requests", "httpx", "urllib3"),
    *("urllib.request", "asyncio", "tempfile"),
}
CLOCKS = {"now", "utcnow", "today"}
OUTER_CALLS = {"open", "print", "input", "exec", "eval"}
SLOW_AND_SELDOM_NEEDED = {"yaml", "multipart"}
A_HANDLER_MAY_IMPORT = {
    *("baton", "aws_lambda_powertools", "pydantic"),
    *("typing", "collections", "dataclasses", "datetime", "enum", "hashlib", "http", "functools", "__future__"),
}
MAX_MODULES_IN_A_FOLDER = 12
MAX_LINES_OF_A_MODULE = 300
MAX_LINES_OF_A_HANDLER = 60


@cache
def imports(module: Path) -> frozenset[str]:
    """The names that a module imports, at its top, later, or by their text."""
    return frozenset(_imports(module))


def _imports(module: Path) -> Iterator[str]:
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and _names_a_module(node.value):
            yield str(node.value).rstrip(".")


def _names_a_module(text: object) -> bool:
    """Whether a text begins as the full name of a module does: `baton.intake.webhooks.senders.`."""
    name = str(text)
    return name.startswith("baton.") and name.split(".")[1] in MAY_KNOW and " " not in name


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(LAYER).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: Path) -> str:
    return module.relative_to(BATON).parts[0]


def folder_of(module: Path) -> str:
    """The folder of a module, such as `domain.leads`."""
    return ".".join(module.parent.relative_to(BATON).parts)


NAMES = {name_of(module): module for module in MODULES}


def known_to(module: Path) -> set[str]:
    """The names of the modules and packages of the layer that a module imports."""
    return {name for name in imports(module) if name in NAMES}


def arrows_between_folders() -> dict[str, set[str]]:
    """For each folder the other folders that its modules import from."""
    arrows: dict[str, set[str]] = {}
    for module in MODULES:
        folder = folder_of(module)
        others = {folder_of(NAMES[name]) for name in known_to(module) if not _only_a_package(name, module)}
        arrows.setdefault(folder, set()).update(others - {folder, ""})
    return {folder: others for folder, others in arrows.items() if others}


def _only_a_package(name: str, module: Path) -> bool:
    """Whether the name is that of a folder out of which modules are imported by their own names."""
    return NAMES[name].name == "__init__.py" and any(other.startswith(f"{name}.") for other in imports(module))


def a_circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The members of a circle in a graph; none if there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        return list(fault.args[1])
    return []


def in_rooms(names: Iterable[str]) -> list[Path]:
    return [module for module in MODULES if room_of(module) in names]


def test_every_room_of_the_layer_is_known() -> None:
    rooms = {path.name for path in BATON.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms <= set(MAY_KNOW)


def test_a_room_knows_only_what_the_arrows_allow() -> None:
    offenders = [(name_of(module), wrong) for module in in_rooms(MAY_KNOW) if (wrong := _out_of_room(module))]
    assert offenders == []


def _out_of_room(module: Path) -> list[str]:
    """The imports of a module that its room must not know."""
    rooms = {f"baton.{room}" for room in MAY_KNOW[room_of(module)]}
    ours = {name for name in imports(module) if name.startswith("baton.")}
    beyond = {name for name in ours if ".".join(name.split(".")[:2]) not in rooms}
    return sorted(beyond | {name for name in imports(module) if name.split(".")[0] in OUTSIDE})


def test_folders_know_only_the_folders_that_the_arrows_name() -> None:
    assert _beyond(arrows_between_folders(), ARROWS) == []


def test_every_arrow_that_is_named_is_used() -> None:
    assert _beyond(ARROWS, arrows_between_folders()) == []


def _beyond(arrows: Mapping[str, set[str]], others: Mapping[str, set[str]]) -> list[str]:
    """The arrows that are not among others, each as `domain.leads → domain.basics`."""
    return [f"{folder} → {to}" for folder in arrows for to in sorted(arrows[folder] - others.get(folder, set()))]


def test_folders_know_each_other_in_no_circle() -> None:
    assert not a_circle(ARROWS)


def test_modules_import_each_other_in_no_circle_not_even_lazily() -> None:
    graph = {name_of(module): {name for name in known_to(module) if name != name_of(module)} for module in MODULES}
    packages = {name for name, module in NAMES.items() if module.name == "__init__.py"}
    assert not a_circle({name: known - packages for name, known in graph.items() if name not in packages})


def test_a_folder_has_at_most_twelve_modules_unless_it_is_a_catalogue() -> None:
    sizes = Counter(folder_of(module) for module in MODULES if module.name != "__init__.py")
    offenders = [each for each in sizes.items() if each[1] > MAX_MODULES_IN_A_FOLDER and each[0] not in CATALOGUES]
    assert offenders == []


def test_no_two_modules_of_the_layer_have_one_name() -> None:
    names = [module.name for module in MODULES if not module.name.startswith("__")]
    assert {name for name in names if names.count(name) > 1} == set()


def test_a_module_is_short_enough_to_be_read() -> None:
    sizes = [(name_of(module), lines_of(module)) for module in in_rooms(MAY_KNOW)]
    offenders = [(name, lines) for name, lines in sizes if lines > MAX_LINES_OF_A_MODULE]
    assert offenders == []


def test_a_pure_room_reaches_for_nothing() -> None:
    offenders = [(name_of(module), wrong) for module in in_rooms(PURE) if (wrong := _not_pure(module))]
    assert offenders == []


def _not_pure(module: Path) -> list[str]:
    return sorted(name for name in imports(module) if name in NOT_PURE or name.split(".")[0] in NOT_PURE)


def test_a_pure_room_asks_no_clock_and_opens_no_file() -> None:
    offenders = [(name_of(module), wrong) for module in in_rooms(PURE) if (wrong := _asked_and_called(module))]
    assert offenders == []


def _asked_and_called(module: Path) -> list[str]:
    """The clocks that a module asks, and what it calls that reaches out of it, such as `open`."""
    nodes = nodes_of(module)
    asked = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return sorted(asked & CLOCKS | called & OUTER_CALLS)


def test_a_handler_imports_only_from_the_layer() -> None:
    offenders = [(_said(handler), wrong) for handler in HANDLERS if (wrong := _beyond_the_layer(handler))]
    assert offenders == []


def _beyond_the_layer(handler: Path) -> list[str]:
    """What a handler imports besides; one that imports nothing of the layer reads its settings by itself."""
    roots = {name.split(".")[0] for name in imports(handler)}
    return sorted(roots - A_HANDLER_MAY_IMPORT - (set() if "baton" in roots else {"os"}))


def _said(handler: Path) -> str:
    return str(handler.relative_to(ROOT))


def test_a_handler_says_what_it_is_for() -> None:
    offenders = [_said(handler) for handler in HANDLERS if not ast.get_docstring(tree_of(handler))]
    assert offenders == []


def test_a_handler_has_at_most_sixty_lines() -> None:
    sizes = [(_said(handler), lines_of(handler)) for handler in HANDLERS]
    offenders = [(name, lines) for name, lines in sizes if lines > MAX_LINES_OF_A_HANDLER]
    assert offenders == []


def test_only_the_room_that_learns_imports_numpy() -> None:
    others = [*in_rooms(MAY_KNOW.keys() - KNOWS_NUMPY), *HANDLERS]
    assert [module.name for module in others if any(name.split(".")[0] == "numpy" for name in imports(module))] == []


def test_the_shared_layer_leaves_out_what_only_commands_on_a_computer_need() -> None:
    """`build-CommonLayer` copies the package, and takes these rooms out again."""
    [left_out] = re.findall(r"^LEFT_OUT = (.*)$", (LAYER.parent / "Makefile").read_text(), re.MULTILINE)
    assert set(left_out.split()) == OUT_OF_THE_SHARED_LAYER


def test_nothing_slow_is_imported_that_a_request_may_not_need() -> None:
    offenders = [(name_of(module), wrong) for module in in_rooms(PURE) if (wrong := _slow_at_the_top(module))]
    assert offenders == []


def _slow_at_the_top(module: Path) -> list[str]:
    at_the_top = [node for node in tree_of(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in at_the_top for alias in node.names}
    from_ = {node.module or "" for node in at_the_top if isinstance(node, ast.ImportFrom)}
    return sorted((names | from_) & SLOW_AND_SELDOM_NEEDED)
