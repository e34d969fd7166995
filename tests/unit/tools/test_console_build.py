"""The console is built of its files, and only if they changed."""

import gzip
import re
from pathlib import Path

import pytest

from tools import console


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    console.build()


def test_the_built_page_names_its_assets_relatively() -> None:
    page = (console.DIST / "index.html").read_text()
    assert 'src="./assets/' in page
    assert 'src="/' not in page


def test_a_console_that_is_built_of_the_same_files_is_left_alone() -> None:
    before = (console.DIST / "index.html").stat().st_mtime_ns
    console.build()
    assert (console.DIST / "index.html").stat().st_mtime_ns == before


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in console.LOCK.read_text()


FIRST, SCREEN, EDITOR = 45, 10, 135
"""How many KB, gzipped, what is loaded first may have, each further file, and all of the agreement's editor."""


def kilobytes(files: list[Path]) -> float:
    return sum(len(gzip.compress(file.read_bytes())) for file in files) / 1000


def test_what_is_loaded_first_and_each_further_file_stay_within_their_budgets() -> None:
    page = (console.DIST / "index.html").read_text()
    files = sorted((console.DIST / "assets").iterdir())
    first = [console.DIST / "index.html", *(file for file in files if file.name in page)]
    assert len(first) >= 3
    assert kilobytes(first) <= FIRST
    editor = [file for file in files if file.name.startswith("editor")]
    assert len(editor) == 2, "the editor, and what it proposes by"
    assert kilobytes(editor) <= EDITOR
    for file in set(files) - set(first) - set(editor):
        assert kilobytes([file]) <= SCREEN, file.name


@pytest.mark.parametrize("screen", ["inbox", "review"])
def test_a_first_screen_is_one_file_beside_what_is_loaded_first(screen: str) -> None:
    """The page, its three files, the screen and the session are six requests; then the screen asks for its data."""
    page = (console.DIST / "index.html").read_text()
    [script] = (console.DIST / "assets").glob(f"{screen}-*.js")
    imported = re.findall(r'from"\./([^"]+)"', script.read_text())
    assert imported
    assert all(name in page for name in imported), imported
    assert page.count("./assets/") == 3
