"""The patterns of email-validator as Baton compiles them: they match the same characters as its own."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import email_validator
import pytest

from baton.domain.identity import email_patterns
from baton.domain.identity.email_patterns import quick, quick_patterns

EVERY_CHARACTER = [chr(number) for number in range(sys.maxunicode + 1)]
OF_SEVERAL_CHARACTERS = ["a.b", ".a", "a.", "a..b", "ä.ö", "a b", "日本.語", "a\n", "a.\U0010ffff", "\x7f.a", "", "a@b"]


def constants() -> ModuleType:
    """The library's patterns, compiled anew."""
    place = Path(email_validator.__file__).with_name("rfc_constants.py")
    spec = importlib.util.spec_from_file_location("rfc_constants_anew", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def stock() -> ModuleType:
    return constants()


@pytest.fixture(scope="module")
def ours() -> ModuleType:
    with quick_patterns():
        return constants()


def patterns(module: ModuleType) -> dict[str, re.Pattern[str]]:
    return {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}


def reaches_far(pattern: re.Pattern[str]) -> bool:
    return "10ffff" in ascii(pattern.pattern).lower()


def test_each_slow_pattern_of_this_version_is_written_quickly(stock: ModuleType, ours: ModuleType) -> None:
    slow = {name for name, pattern in patterns(stock).items() if reaches_far(pattern)}
    assert len(slow) == 4, "email-validator has other patterns now; see whether starting takes longer"
    assert {name for name in slow if reaches_far(patterns(ours)[name])} == set()


def test_every_pattern_matches_the_same_characters(stock: ModuleType, ours: ModuleType) -> None:
    for name, pattern in patterns(stock).items():
        quickly = patterns(ours)[name]
        if pattern.pattern == quickly.pattern:
            continue
        first, second = pattern.match, quickly.match
        assert [each for each in EVERY_CHARACTER if bool(first(each)) != bool(second(each))] == [], name
        for text in OF_SEVERAL_CHARACTERS:
            assert bool(first(text)) == bool(second(text)), (name, text)


@pytest.mark.parametrize("pattern", ["[a-z]+", r"[^\u0080-\u00ff]", "a\U0010ffff", "[\u0080-\U0010fffe]"])
def test_another_pattern_stays_as_it_is(pattern: str) -> None:
    assert quick(pattern) == pattern


def test_patterns_are_compiled_as_ever_afterwards() -> None:
    with quick_patterns():
        pass
    assert re.compile is email_patterns._compile
