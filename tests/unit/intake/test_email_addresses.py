"""E-mail addresses as people paste them from phones, browsers and mail programs."""

import random

import pytest

from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.intake.fields.field_checks import check_answer

EMAIL = FormField(kind=FieldKind.EMAIL, max_length=254)
ANNA = "anna@acme.com"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("anna@acme.com", id="as it is"),
        pytest.param(" Anna@ACME.com ", id="blanks and capitals"),
        pytest.param("\u202aanna@acme.com\u202c", id="turned round"),
        pytest.param("\u200eanna@acme.com", id="a mark of the direction"),
        pytest.param("anna@acme.com\u200b", id="a blank of no width"),
        pytest.param("an\u200bna@ac\u200cme.com", id="blanks of no width within"),
        pytest.param("\ufeffanna@acme.com", id="a mark of byte order"),
        pytest.param("anna\u2060@acme.com", id="a word joiner"),
        pytest.param("an\u00adna@acme.com", id="a soft hyphen"),
        pytest.param("mailto:anna@acme.com", id="a link"),
        pytest.param("MAILTO:anna%40acme.com?subject=Hi%20there", id="a link with a subject"),
        pytest.param("<mailto:anna@acme.com>", id="a link in angles"),
        pytest.param("anna@acme.com.", id="a dot behind"),
        pytest.param("anna@acme.com,", id="a comma behind"),
        pytest.param("anna@acme.com;", id="a semicolon behind, as Outlook has it"),
        pytest.param("Anna Ruiz <anna@acme.com>", id="a name and angles"),
        pytest.param('"Ruiz, Anna" <Anna@Acme.com>;', id="a quoted name, as Outlook copies it"),
        pytest.param("<anna@acme.com>", id="angles"),
        pytest.param("'anna@acme.com'", id="quotes"),
        pytest.param("\u201eanna@acme.com\u201c", id="German quotes"),
        pytest.param("(anna@acme.com)", id="brackets"),
        pytest.param("anna @ acme.com", id="blanks around the sign"),
        pytest.param("\uff41nna\uff20acme\uff0ecom", id="full width"),
        pytest.param("anna\u00a0@acme.com", id="a hard blank"),
        pytest.param("E-Mail: anna@acme.com", id="a label"),
    ],
)
def test_an_address_is_read_without_what_copying_adds(typed: str) -> None:
    assert check_answer(EMAIL, typed) == ANNA


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("anna", id="no sign"),
        pytest.param("anna@acme", id="no dot"),
        pytest.param("anna(at)acme.com", id="a guess"),
        pytest.param("anna@acme,com", id="a comma for a dot"),
        pytest.param("anna@acme.com, kim@acme.com", id="two addresses"),
        pytest.param("Anna <anna@acme.com> <kim@acme.com>", id="two in angles"),
        pytest.param("anna kim@acme.com", id="a blank within"),
        pytest.param("mailto:anna@acme.com,kim@acme.com", id="a link to two"),
        pytest.param("anna@acme.com\nbcc: kim@acme.com", id="a smuggled header"),
        pytest.param("mailto:anna@acme.com%0Abcc:kim@acme.com", id="a smuggled header in a link"),
    ],
)
def test_an_address_is_never_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=r"line break|write it like"):
        check_answer(EMAIL, typed)


@pytest.mark.parametrize(
    "typed", ["o'brien@acme.com", "anna+news@acme.com", "\ufb01na@acme.com", "a.b_c-d=e@acme.com"], ids=ascii
)
def test_an_address_that_is_fine_as_it_stands_is_not_changed(typed: str) -> None:
    assert check_answer(EMAIL, typed) == typed


PIECES = [
    *(
        "anna",
        "@",
        "acme",
        ".",
        "com",
        "kim@firm.de",
        " ",
        "<",
        ">",
        "(",
        ")",
        '"',
        "'",
        ",",
        ";",
        ":",
        "mailto:",
        "MAILTO:",
    ),
    *("%40", "%0A", "?subject=x", "\u200b", "\u202a", "\ufeff", "\u00ad", "\u2060", "\uff20", "\uff0e", "ü", "u\u0308"),
    *("\u00a0", "\x00", "\ud800", "[", "]", "{", "}", "E-Mail: ", "+tag", "\u201e", "ﬁ", "。", "xn--"),
]


def test_ten_thousand_addresses_are_read_the_same_again_or_refused_in_words() -> None:
    dice = random.Random(4)
    for _ in range(10_000):
        start = dice.choice(["", "", ANNA, "anna@"])
        typed = "".join(
            [*dice.choices(PIECES, k=dice.randint(0, 3)), start, *dice.choices(PIECES, k=dice.randint(0, 3))]
        )
        try:
            kept = check_answer(EMAIL, typed)
        except ValueError as fault:
            assert str(fault)
            continue
        if kept is not None:
            assert check_answer(EMAIL, kept) == kept, ascii(typed)
