"""The console is built of its files, and only if they changed."""

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
