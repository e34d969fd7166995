"""A function's environment has the settings that it reads, and no others."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.template.parsed_template import FUNCTIONS, GLOBALS, ROOT

LAYER = ROOT / "layers" / "common" / "python"
FOR_ALL = GLOBALS["Environment"]["Variables"]
OF_POWERTOOLS = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"}
OF_NUMPY = {"OPENBLAS_NUM_THREADS"}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


@cache
def imported(file: Path) -> set[Path]:
    """The layer's modules that this one imports."""
    names: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {path for name in names if (path := LAYER / f"{name.replace('.', '/')}.py").exists()}


def reachable(app: Path) -> set[Path]:
    """The function's file, and every module of the layer that it imports, itself or through others."""
    found, to_do = {app}, [app]
    while to_do:
        new = imported(to_do.pop()) - found
        found |= new
        to_do += new
    return found


@cache
def names_in(node: ast.AST) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The names in some code, and its attributes of a name, such as `("Store", "from_environment")`."""
    names, attributes = set(), set()
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                attributes.add((owner, name))
            case ast.Attribute(attr=name) | ast.Name(id=name):
                names.add(name)
    return frozenset(names), frozenset(attributes)


def uses(node: ast.AST, classes: set[str]) -> set[str]:
    """What is named in some code; a method of a class by both names (`Store.from_environment`)."""
    names, attributes = names_in(node)
    found = set(names)
    for owner, name in attributes:
        found |= {f"{owner}.{name}", owner} if owner in classes else {owner, name}
    return found


@cache
def classes_in(file: Path) -> set[str]:
    return {node.name for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)}


@cache
def settings_in(node: ast.AST) -> set[str]:
    """The settings that some code reads by `setting`, or by `os.environ.get` but for Lambda's own."""
    return {name for call in ast.walk(node) if isinstance(call, ast.Call) for name in setting_read(call)}


def setting_read(call: ast.Call) -> list[str]:
    match call:
        case ast.Call(func=ast.Name(id="setting"), args=[ast.Constant(value=str(name)), *_]):
            return [name]
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="os"), attr="environ"), attr="get"),
            args=[ast.Constant(value=str(name)), *_],
        ) if not name.startswith("AWS_"):
            return [name]
        case _:
            return []


@cache
def read_by(app: Path) -> set[str]:
    """The settings read in whatever code the function can come to, following names from its own file."""
    files = reachable(app)
    classes = set[str]().union(*map(classes_in, files))
    code: dict[str, list[ast.AST]] = {}
    for file in files - {app}:
        for node in tree(file).body:
            for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(inner, ast.FunctionDef):
                    names = [inner.name]
                    if isinstance(node, ast.ClassDef):
                        called_on_the_class = inner.name == "from_environment"
                        names = [f"{node.name}.{inner.name}"] + ([] if called_on_the_class else [inner.name])
                    for name in names:
                        code.setdefault(name, []).append(inner)
    named, read = uses(tree(app), classes), settings_in(tree(app))
    seen: set[str] = set()
    while to_do := named - seen:
        seen |= to_do
        for name in to_do:
            for part in code.get(name, []):
                named |= uses(part, classes)
                read |= settings_in(part)
    return read


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_given_the_settings_that_it_reads_and_no_others(function: str) -> None:
    own = FUNCTIONS[function].get("Environment", {}).get("Variables", {}).keys()

    read = read_by(ROOT / FUNCTIONS[function]["CodeUri"] / "app.py")

    assert read - FOR_ALL.keys() == set(own) - OF_NUMPY


def test_every_setting_of_all_functions_is_read_by_some_function() -> None:
    everything = {name for function in FUNCTIONS.values() for name in read_by(ROOT / function["CodeUri"] / "app.py")}

    assert FOR_ALL.keys() - OF_POWERTOOLS <= everything
