"""The glossary leads to the code: each place that it names is there, and no folder is left out."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.template.parsed_template import ROOT

LAYER = ROOT / "layers" / "common" / "python" / "baton"
NOT_IN_THE_LAYER = ("docs/", "events/", "functions/", "tests/")
TEXT, _, DOUBLE = (ROOT / "docs" / "glossary.md").read_text().partition("## Words that mean two things")
ROWS = [row for row in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE) if row[0] != "word"]


def quoted(text: str) -> list[str]:
    """What stands in a text as code."""
    return re.findall(r"`([^`]+)`", text)


def file_of(path: str) -> Path:
    """The file or folder that a path in the glossary means."""
    return (ROOT if path.startswith(NOT_IN_THE_LAYER) else LAYER) / path


def places(where: str) -> dict[Path, list[str]]:
    """The files and folders in the last column of a row, each with the names that stand behind it."""
    found: dict[Path, list[str]] = {}
    for code in quoted(re.sub(r"\(published as [^)]*\)", "", where)):
        if "/" in code:
            names = found[file_of(code)] = []
        else:
            names.append(code)
    return found


@cache
def defined_in(module: Path) -> frozenset[str]:
    """The names that a module defines: its own, and those of its classes as `Lead.stage`."""
    return frozenset(names_in(ast.parse(module.read_text()).body))


def names_in(body: list[ast.stmt], owner: str = "") -> set[str]:
    """The names that are defined in a module or in a class, its `owner`."""
    names: set[str] = set()
    for part in body:
        match part:
            case ast.ClassDef(name=name, body=inner):
                names |= {owner + name} | names_in(inner, f"{owner}{name}.")
            case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(owner + name)
            case ast.Assign(targets=targets):
                named = (each for target in targets for each in ast.walk(target))
                names |= {owner + each.id for each in named if isinstance(each, ast.Name)}
    return names


def test_each_row_of_the_glossary_names_a_word_its_meaning_and_a_place() -> None:
    lines = [line for line in TEXT.splitlines() if line.startswith("|") and not line.startswith(("| word", "|---"))]

    assert len(ROWS) == len(lines)
    assert [word for word, _, where in ROWS if not places(where)] == []


def test_no_word_has_two_rows_in_the_glossary() -> None:
    words = [word for word, _, _ in ROWS]

    assert sorted(set(words)) == sorted(words)


def test_each_file_that_the_glossary_names_exists() -> None:
    assert [path for _, _, where in ROWS for path in places(where) if not path.exists()] == []


def test_each_name_in_the_glossary_is_defined_in_the_file_named_before() -> None:
    undefined = [
        (word, module.name, name)
        for word, _, where in ROWS
        for module, names in places(where).items()
        for name in names
        if name not in defined_in(module)
    ]

    assert undefined == []


def test_each_stored_name_occurs_in_a_file_of_its_row() -> None:
    unknown = [
        (word, name)
        for word, meaning, where in ROWS
        for stored in re.findall(r"stored as ([^;)]+)", meaning)
        for name in quoted(stored)
        if not any(re.search(rf"\b{name}", path.read_text()) for path in places(where) if path.is_file())
    ]

    assert unknown == []


def test_each_folder_of_the_layer_stands_in_the_glossary_once() -> None:
    told = quoted("".join(re.findall(r"^Folders:.*?\.$", TEXT, re.MULTILINE | re.DOTALL)))
    folders = {str(module.parent.relative_to(LAYER)) for module in LAYER.rglob("*.py") if module.name != "__init__.py"}

    assert sorted(told) == sorted(folders)


def test_each_place_of_a_word_with_two_meanings_exists() -> None:
    assert [path for path in quoted(DOUBLE) if "/" in path and not file_of(path).exists()] == []
