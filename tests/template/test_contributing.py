"""CONTRIBUTING.md leads to files that exist, and shows lines of code that stand where it says."""

import re

import pytest

from tests.template.parsed_template import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text()
BATON = ROOT / "layers" / "common" / "python" / "baton"
TABLE = re.search(r"## To change this, go there(.*?)\n## ", PAGE, re.DOTALL)
ROWS = re.findall(r"^\| (?!to change|---)(.+?) \| (.+) \|$", TABLE[1] if TABLE else "", re.MULTILINE)
PATHS = sorted({path for _, there in ROWS for path in re.findall(r"`([\w.-]+(?:/[\w.-]+)*)`", there)})
SHOWN = re.findall(r"^# (\S+): [^\n]+\n(?!#)([^\n]+)$", PAGE, re.MULTILINE)


def test_contributing_names_places_for_at_least_twenty_changes() -> None:
    assert len(ROWS) >= 20


@pytest.mark.parametrize("path", PATHS)
def test_each_place_named_for_a_change_exists(path: str) -> None:
    assert (BATON / path).exists() or (ROOT / path).exists()


def test_contributing_shows_the_way_of_a_command_in_ten_lines() -> None:
    assert len(SHOWN) == 10


@pytest.mark.parametrize(("path", "line"), SHOWN, ids=[path for path, _ in SHOWN])
def test_each_shown_line_stands_in_its_file(path: str, line: str) -> None:
    assert line in [each.partition("  # ")[0].strip() for each in (ROOT / path).read_text().splitlines()]
