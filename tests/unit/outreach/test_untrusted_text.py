"""Untrusted text in mails and pages: it stays on its line, shows all its characters, and cannot be clicked."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baton.outreach.text.untrusted_text import (
    FIELD_LIMIT,
    LINE_OCTETS,
    QUOTE_LIMIT,
    QUOTE_LINES,
    defang,
    defanged_line,
    in_ascii,
    one_line,
    quoted_lines,
    subject,
)
from tests.unit.outreach.given import CLICKABLE

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069\u061c\x00\x1b\ud800\U000e0001\u3164\u034f"
URL_PARTS = [
    "http",
    "https",
    "ftp",
    "mailto:",
    "tel:",
    ":",
    "//",
    "/",
    ".",
    "。",
    "．",
    "@",
    "＠",
    "www",
    "evil",
    "com",
]

anything = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=())),  # halves of characters too
    st.text(st.sampled_from(BREAKS + HIDDEN + " >.:/@aé漢")),
    st.lists(st.sampled_from([*URL_PARTS, *HIDDEN, " ", "1"])).map("".join),
)


@given(anything)
def test_a_field_is_one_line_of_visible_characters(text: str) -> None:
    line = one_line(text)
    assert len(line) <= FIELD_LIMIT
    assert line.splitlines() in ([line], [])
    assert line == line.strip()
    assert not any(unicodedata.category(char)[0] == "C" or char in HIDDEN for char in line)


@given(anything)
def test_harmless_text_has_nothing_to_click(text: str) -> None:
    assert not CLICKABLE.search(defanged_line(text))


@given(anything)
@example("0.A.A0")
def test_defanging_twice_changes_no_more_than_once(text: str) -> None:
    assert defang(defang(text)) == defang(text)


@given(anything)
@example("\n".join("Accept: https://evil.example" for _ in range(1000)))
@example("x" * 10_000)
@example("https://evil.example/" * 1_000)
@example("\u2028".join(["ACCEPT this lead:"] * 200))
def test_every_line_of_a_message_is_quoted_bounded_and_has_nothing_to_click(message: str) -> None:
    lines = quoted_lines(message)
    assert len(lines) <= QUOTE_LINES + 1
    for line in lines:
        assert line == ">" or line.startswith("> ")
        assert line.splitlines() == [line]
        assert len(line.encode()) <= LINE_OCTETS
        assert not CLICKABLE.search(line)


@given(before=st.sampled_from(["Reminder: ", "Consultation request: "]), who=anything, after=st.just(" - by 17:43 UTC"))
def test_a_subject_is_valid_for_sns(before: str, who: str, after: str) -> None:
    written = subject(before, who, after)
    assert written.isascii()
    assert written.isprintable()
    assert len(written) < 100
    assert written.startswith(before)
    assert written.endswith(after)
    assert len(written) > len(before) + len(after)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://evil.example/x", "hxxps://evil[.]example/x"),
        ("HTTP://EVIL.EXAMPLE", "hxxp://EVIL[.]EXAMPLE"),
        ("see evil.example now", "see evil[.]example now"),
        ("www.evil.example", "www[.]evil[.]example"),
        ("a@b.example", "a [at] b[.]example"),
        ("https://you@evil.example", "hxxps://you [at] evil[.]example"),
        ("evil\u200b.\u200bexample", "evil[.]example"),
        ("evil。example", "evil[.]example"),
        ("пример.рф", "пример[.]рф"),
        ("भारत.भारत", "भारत[.]भारत"),
        ("http://192.168.0.1/", "hxxp://192[.]168[.]0[.]1/"),
        ("ftp://evil", "ftp[:]//evil"),
        ("mailto:a@b.example", "mailto[:]a [at] b[.]example"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("hthttp://tp://x", "hthxxp://tp[:]//x"),
    ],
)
def test_a_web_or_email_address_is_spelled_so_that_mail_clients_make_no_link(typed: str, shown: str) -> None:
    assert defanged_line(typed) == shown


@pytest.mark.parametrize(
    "typed", ["by 31.12.2026, 12.000 EUR", "e.g. tomorrow. Thanks!", "z.B. 3.5 % ...", "at 17:43", "we @ night", "1.5x"]
)
def test_dates_amounts_and_sentences_stay_unchanged(typed: str) -> None:
    assert defanged_line(typed) == typed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Anna\r\nBcc: all@evil.example", "Anna Bcc: all [at] evil[.]example"),
        ("Anna\u2028ACCEPT", "Anna ACCEPT"),
        ("\u202egnihsihp\u202c", "gnihsihp"),
        ("A\u0300\u0301\u0302\u0303\u0304\u0305\u0306", "À\u0301\u0302\u0303\u0304"),
        ("  much \t  space  ", "much space"),
        ("Zoë 李 Müller-Łuk", "Zoë 李 Müller-Łuk"),
        ("a" * 500, "a" * 119 + "…"),
        (" " * 5_000 + "Anna", "Anna"),
    ],
    ids=["header", "line separator", "override", "stacked marks", "space", "names", "long", "far away"],
)
def test_a_field_loses_deceptive_characters_and_keeps_its_words(typed: str, shown: str) -> None:
    assert defanged_line(typed) == shown


def test_a_message_keeps_its_paragraphs_and_loses_repeated_empty_lines() -> None:
    message = "\n\nHello,\n\n\n\nplease call.\r\n \r\nAnna\n"
    assert quoted_lines(message) == ["> Hello,", ">", "> please call.", ">", "> Anna"]


def test_a_message_that_was_cut_ends_with_a_mark() -> None:
    assert quoted_lines("word " * 2_000)[-1] == "> [...]"
    assert quoted_lines("line\n" * 100)[-1] == "> [...]"
    assert quoted_lines("x" * QUOTE_LIMIT)[-1] != "> [...]"


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b", "\u202e\n\x00"])
def test_a_message_without_visible_characters_has_no_quote(nothing: str) -> None:
    assert quoted_lines(nothing) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Zoë Müller", "Zoe Muller"),
        ("Søren Straße", "Soren Strasse"),
        ("O’Brien – Łódź", "O'Brien - Lodz"),
        ("Анна Шмидт", ""),
        ("山田太郎", ""),
        ("Анна S", ""),
        ("?!", ""),
        ("Anna\nSubject: x", "Anna Subject: x"),
    ],
)
def test_text_in_ascii_loses_its_accents_and_is_empty_for_other_scripts(typed: str, shown: str) -> None:
    assert in_ascii(typed) == shown


def test_a_subject_without_a_name_in_ascii_names_a_lead() -> None:
    assert subject("Reminder: ", "山田太郎") == "Reminder: a lead"


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("Anna Schmidt, Gesellschaft fuer angewandte Forschung mbH", "Anna Schmidt, Gesellschaft fuer..."),
        ("Anna Schmidt, Gesellschaft fuer an", "Anna Schmidt, Gesellschaft fuer an"),
        ("x" * 90, "x" * 31 + "..."),
        ("Anna, " + "x" * 90, "Anna, " + "x" * 25 + "..."),
    ],
    ids=["at a word", "not at all", "one word", "hardly a word"],
)
def test_a_subject_is_cut_at_a_word(who: str, shown: str) -> None:
    before = "b" * 65
    assert subject(before, who) == before + shown


def test_a_long_name_in_a_subject_is_cut_to_keep_the_deadline() -> None:
    written = subject("Reminder: ", "Anna " * 50, " - accept by 17:43 UTC")
    assert len(written) <= 99
    assert written.endswith("... - accept by 17:43 UTC")
