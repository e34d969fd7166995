"""Sizes of companies: employees and revenue as numbers, and as ranges that are kept as they were written."""

import json
import random

import pytest

from baton.domain.leads.person_facts import Company
from baton.intake.fields.size_fields import MAX_LENGTH, company_facts, read_employees, read_revenue
from baton.intake.leads.update_reader import read_update
from tests.unit.intake.deliveries import signals_of


@pytest.mark.parametrize(
    ("written", "read", "facts"),
    [
        (1200, 1200, (1200, None)),
        (120.0, 120, (120, None)),
        ("1200", 1200, (1200, None)),
        (" 120.0 ", 120, (120, None)),
        ("1,200", 1200, (1200, None)),
        ("1.200 Mitarbeiter", 1200, (1200, None)),
        ("1 200 salariés", 1200, (1200, None)),
        ("5k", 5000, (5000, None)),
        ("0042", 42, (42, None)),
        ("51-200", "51-200", (51, "51-200")),
        ("50 – 100 employees", "50 – 100 employees", (50, "50 – 100 employees")),
        ("10,001+", "10,001+", (10_001, "10,001+")),
        ("1000+", "1000+", (1000, "1000+")),
        ("SIZE_51_TO_200", "SIZE_51_TO_200", (51, "SIZE_51_TO_200")),
        ("über 500", "über 500", (500, "über 500")),
        ("de 50 à 99 salariés", "de 50 à 99 salariés", (50, "de 50 à 99 salariés")),
        ("<50", "<50", (None, "<50")),
        ("", None, (None, None)),
    ],
)
def test_a_number_of_employees_is_read_as_people_write_it(
    written: object, read: object, facts: tuple[int | None, str | None]
) -> None:
    assert read_employees(written) == read
    company = company_facts({"employees": read} if read is not None else {})
    assert (company.get("employees"), company.get("employees_written")) == facts


@pytest.mark.parametrize(
    "written",
    ["many", "-5", -5, "1.5", 1.5, "5 EUR", "$5M", "200-51", "10-Nov", "9" * 16, True, [], float("nan"), "x" * 99],
)
def test_what_is_no_number_of_employees_is_refused_with_a_sample(written: object) -> None:
    with pytest.raises(ValueError, match=r"write it like 1200 or 51-200|is longer than 60"):
        read_employees(written)


@pytest.mark.parametrize(
    ("written", "read", "number"),
    [
        ("5000000", 5_000_000, 5_000_000),
        ("5M", 5_000_000, 5_000_000),
        ("5 Mio.", 5_000_000, 5_000_000),
        ("1.5 million", 1_500_000, 1_500_000),
        ("1234567.89", 1_234_567, 1_234_567),
        (1234567.89, 1_234_567, 1_234_567),
        ("€5M", "€5M", 5_000_000),
        ("5 Mrd. €", "5 Mrd. €", 5 * 10**9),
        ("$1M-$10M", "$1M-$10M", 1_000_000),
        ("$1M - $10M", "$1M - $10M", 1_000_000),
        ("₹ 2 crore", "₹ 2 crore", 20_000_000),
        ("over 100 Mio. EUR", "over 100 Mio. EUR", 100_000_000),
    ],
)
def test_a_revenue_may_have_a_multiple_a_currency_and_cents(written: object, read: object, number: int) -> None:
    assert read_revenue(written) == read
    assert company_facts({"revenue": read})["revenue"] == number


@pytest.mark.parametrize("written", ["2.5", "-5M", "5 EUR 6 USD", "1.250 Mio", "20 m²", "much"])
def test_what_is_no_revenue_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="neither a whole number nor a range"):
        read_revenue(written)


def test_a_tool_and_a_member_of_staff_may_give_a_range() -> None:
    sent = {"type": "note", "data": {"email": "a@example.com", "numemployees": "51-200", "annual revenue": "€5M"}}
    [signal] = signals_of("standard", json.dumps(sent).encode())
    size = {"employees": 51, "employees_written": "51-200"}
    worth = {"revenue": 5_000_000, "revenue_written": "€5M"}
    assert signal.company == Company(domain="example.com", **size, **worth)
    assert read_update(json.dumps({"company": {"employees": "51-200"}}).encode()).company == Company(**size)


PIECES = [
    *("1", "0", "51", "200", "1000", "000", " ", "\u00a0", ",", ".", "'", "-", "–", "+", "<", ">", "k", "M", "Mio."),
    *("€", "$", "to", "bis", "employees", "SIZE_", "_", "over", "\u200b", "\x00", "\ud800", "٣", "½"),
]


def test_ten_thousand_sizes_are_read_or_refused_and_read_the_same_again() -> None:
    chance, read_at_all = random.Random(7), 0
    for _ in range(10_000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 6)))
        for read in (read_employees, read_revenue):
            try:
                size = read(text)
            except ValueError:
                continue
            if size is not None:
                read_at_all += 1
                assert isinstance(size, int) or len(size) <= MAX_LENGTH
                assert read(size) == size
                assert read(str(size)) == size
    assert read_at_all > 1000
