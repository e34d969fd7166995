"""Regular expressions in an agreement: the texts that a pattern finds, and a bounded time for every pattern."""

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from baton.agreement.conditions import patterns
from baton.agreement.conditions.patterns import MAX_SUBJECT, BadPattern, checked_pattern, compile_search
from tests.unit.effort import effort
from tests.unit.examples import examples


def is_found_in(text: str, pattern: str) -> bool:
    """Whether a lead's fact, as it is kept for conditions, contains what the pattern describes."""
    return compile_search(pattern)(text.casefold()[:MAX_SUBJECT]) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("vice president", "Senior Vice President, Sales", True),
        (r"\bvp\b", "VP Sales", True),
        (r"\bvp\b", "VPN engineer", False),
        (r"\b(vice[ -]president|[es]?vp)\b", "svp", True),
        ("^head", "Deputy head", False),
        ("sales$", "sales\n", False),
        (r"vice\s+president", "vice   president", True),
        (r"einkäufer", "EINKÄUFER", True),
        (r"KÄUFER", "käufer", True),
        ("straße", "Hauptstrasse", True),
        ("strasse", "Hauptstraße", True),
        ("[äö]l", "ÖL", True),
        (r"a\.b", "axb", False),
        ("c.o", "CFO", True),
        ("x", "a" * 600 + "x", False),
        ("a.b", "a\ud800b", True),
        ("a.+b", "a\ud800b", True),
    ],
)
def test_a_pattern_finds_a_text_without_regard_to_case(pattern: str, text: str, found: bool) -> None:
    assert checked_pattern(pattern) == pattern
    assert is_found_in(text, pattern) is found


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "missing "),
        ("(?=x)", "no look-around"),
        (r"(a)\1", "no back-references"),
        ("((a{100}){100}){100}", "repetition"),
        ("a**", "repetition"),
        ("[ß]", "write it without the brackets"),
        ("\ud800", "half a character"),
    ],
)
def test_a_pattern_that_cannot_be_searched_is_refused(pattern: str, said: str) -> None:
    with pytest.raises(BadPattern, match=said):
        checked_pattern(pattern)


CATASTROPHES = [
    "(a+)+$",
    "(a|aa)+$",
    "(a|a?)+$",
    "(.*a){20}$",
    "a?" * 50 + "a" * 50,
    "(a|a)" * 55 + "b",
    "(?:(?:a|a)(?:a|a))" * 14 + "b",
    "(a|b|ab)*c",
    "a{1,500}" * 2 + "b",
    "(a?a?a?a?a?)" + "(a|aa)" * 40 + "c",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
]


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_a_pattern_with_catastrophic_backtracking_is_searched_in_bounded_time(pattern: str) -> None:
    assert effort(lambda: compile_search(pattern)("a" * MAX_SUBJECT)) < 20


ATOMS = ("a", "b", "vp", "k", "s", "ä", "ß", "Σ", ".", " ", "-", "^", "$")
CLASSES = (
    r"\b",
    r"\w",
    r"\d",
    r"\s",
    r"\S",
    r"\W",
    "[ab]",
    "[^k]",
    "[a-k]",
    "[^a-k ]",
    "[äb]",
    "[A-K]",
    r"[\s-]",
    r"\.",
)
plain = st.lists(st.sampled_from(ATOMS + CLASSES), min_size=1, max_size=4).map("".join)
written = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        inner.map("({})".format),
        inner.map("(?:{})?".format),
        inner.map("({})+".format),
        inner.map("(?:{}){{2}}".format),
    ),
    max_leaves=6,
).filter(lambda pattern: len(pattern) <= 300)
subjects = st.text(st.sampled_from("aAbBkKvVpPsSäÄßΣσς ſK-._1\n\t\v$1٣") | st.characters(), max_size=40)


@examples(1500)
@given(written, subjects)
@example("[^k]", "\u212a")
@example(r"\s", "\v")
@example("a$", "a\n")
@example("i", "\u0130")
@example(r"\d", "٣")
def test_python_and_re2_find_the_same_texts(pattern: str, text: str) -> None:
    by_re2 = patterns._safe(patterns.folded_pattern(pattern))(text[:500].casefold()) is not None
    assert is_found_in(text, pattern) is by_re2


@examples(500)
@given(st.text(min_size=1, max_size=60), subjects)
def test_a_random_pattern_is_refused_or_finds_the_same_texts_in_python_and_re2(pattern: str, text: str) -> None:
    try:
        checked_pattern(pattern)
    except BadPattern:
        return
    by_re2 = patterns._safe(patterns.folded_pattern(pattern))(text[:500].casefold()) is not None
    assert is_found_in(text, pattern) is by_re2


def test_simple_patterns_are_searched_by_python_and_all_others_by_re2() -> None:
    for pattern in (r"\b(vice[ -]president|[es]?vp)\b", "vice president", "^(head|chief|director) of", r"\bc[eot]o\b"):
        assert patterns._quick(pattern) is not None
    for pattern in ("a+", "a{2}", "(a|b|c)(a|b|c)(a|b|c)(a|b|c)", "(?i)a", r"\pL"):
        assert patterns._quick(pattern) is None
    assert re2.compile("a")
