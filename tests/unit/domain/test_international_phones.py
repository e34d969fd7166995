"""Phone numbers as E.164 has them, where the number or a country says how."""

import random

import pytest

from baton.domain.identity.international_phones import international_phone, same_phone

CERTAIN = [
    ("+49 89 5550-1234", None, "+498955501234"),
    ("089 5550 1234", "DE", "+498955501234"),
    ("089/5550 1234", "DE", "+498955501234"),
    ("0 30 / 90 18 20", "DE", "+4930901820"),
    ("30 901820", "DE", "+4930901820"),
    ("498955501234", "DE", "+498955501234"),
    ("+49 (0)89/55 50-12.34", None, "+498955501234"),
    ("0049 (0)89 5550 1234", None, "+498955501234"),
    ("0049 89 5550 1234", "US", "+498955501234"),
    ("011 49 89 5550 1234", "US", "+498955501234"),
    ("+39 (0)6 6982 1234", None, "+390669821234"),
    ("06 6982 1234", "IT", "+390669821234"),
    ("(212) 555-0100", "US", "+12125550100"),
    ("212-555-0100 x11", "US", "+12125550100"),
    ("212-555-0100 ext. 11", "US", "+12125550100"),
    ("212-555-0100ext11", "US", "+12125550100"),
    ("212-555-0100 #11", "US", "+12125550100"),
    ("+49 30 901820 Durchwahl 12", None, "+4930901820"),
    ("+49301234567 ext 11", None, "+49301234567"),
    ("0171 1234567 (mobil)", "DE", "+491711234567"),
    ("Tel.: 030 901820", "DE", "+4930901820"),
    ("+81(03)1234-5678", None, "+81312345678"),
    ("03-1234-5678", "JP", "+81312345678"),
    ("020 7946 0958", "GB", "+442079460958"),
    ("8 800 555 35 35", "RU", "+78005553535"),
    ("(11) 91234-5678", "BR", "+5511912345678"),
    ("9812345678", "IN", "+919812345678"),
    ("+1-800-356-9377", "DE", "+18003569377"),
    ("+231 77 012 3456", None, "+231770123456"),
    ("+241 06 03 12 34", None, "+24106031234"),
    ("+54 9 11 2345 6789", None, "+5491123456789"),
    ("011 15-2345-6789", "AR", "+5491123456789"),
]
NOT_CERTAIN = [
    ("030 901820", None, "no country"),
    ("1234567", "DE", "no area code"),
    ("+1 555 0100", None, "no valid number"),
    ("030 901820 fax", "DE", "a fax"),
    ("030 901820 / 0171 1234567", "DE", "two numbers"),
    ("030 901820/21", "DE", "two extensions"),
    ("030 901820 or 0171 1234567", "DE", "two numbers with a word"),
    ("030 901820 (ab 10 Uhr)", "DE", "another number"),
    ("+49 30 901820, +49 30 901821", None, "two numbers with a comma"),
    ("12345", "XK", "too short"),
    ("call me", "DE", "no digits"),
    ("", "DE", "nothing"),
]


@pytest.mark.parametrize(("phone", "country", "number"), CERTAIN)
def test_a_phone_number_is_written_as_e164_where_it_is_certain(phone: str, country: str | None, number: str) -> None:
    assert international_phone(phone, country) == number
    assert international_phone(number, None) == number


@pytest.mark.parametrize(("phone", "country"), [pytest.param(p, c, id=why) for p, c, why in NOT_CERTAIN])
def test_a_phone_number_is_never_guessed(phone: str, country: str | None) -> None:
    assert international_phone(phone, country) is None


PIECES = [
    "+49",
    "+1",
    "(0)",
    "030",
    "0171",
    "1234567",
    "90",
    "18",
    " ",
    "-",
    "/",
    ".",
    "(",
    ")",
    "x11",
    "#",
    "fax",
    "Uhr",
    "+",
]


def test_ten_thousand_phone_numbers_read_the_same_again() -> None:
    dice = random.Random(6)
    for _ in range(10_000):
        typed, country = "".join(dice.choices(PIECES, k=dice.randint(1, 7))), dice.choice([None, "DE", "US", "IT"])
        number = international_phone(typed, country)
        if number:
            assert international_phone(number, None) == number
            assert number[1:].isdecimal()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("089 5550 1234", "+49 (0)89 5550-1234", True),
        ("089 5550 1234 x11", "+49 89 55501234 ext. 11", True),
        ("089 5550 1234 x11", "089 5550 1234", False),
        ("089 5550 1234 x11", "089 5550 1234 x12", False),
        ("12345", "12345", False),
    ],
)
def test_phone_numbers_are_the_same_by_number_and_extension(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other, "DE") is same
