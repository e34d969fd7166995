"""Amounts of money and counts of people as people write them, in the words and signs of their languages."""

import random
from math import inf, nan

import pytest

from baton.domain.basics.amount_words import phrases
from baton.domain.basics.amounts import Amount, amount_text, comparable, read_amount, read_count
from baton.domain.conditions.compiled_conditions import Moment, compile_condition
from baton.domain.conditions.condition_tests import answer_test
from baton.domain.leads.signal_counts import SignalCounts


def exactly(number: float, currency: str | None = None) -> Amount:
    return Amount(number, number, currency)


def all_mean(amount: Amount, *written: str) -> dict[str, Amount]:
    return dict.fromkeys(written, amount)


def cases(table: dict[str, object]) -> list[object]:
    return [pytest.param(written, means, id=written) for written, means in table.items()]


NUMBERS = {
    "50000": exactly(50_000),
    "50,000": exactly(50_000),
    "50.000": exactly(50_000),
    "1,234,567.89": exactly(1_234_567.89),
    "1.234.567,89": exactly(1_234_567.89),
    "1 234 567": exactly(1_234_567),
    "1 234 567 890": exactly(1_234_567_890),
    "1'234'567'890": exactly(1_234_567_890),
    "1’234’567": exactly(1_234_567),
    "1\u00a0234\u202f567": exactly(1_234_567),
    "1\u2009234,5": exactly(1_234.5),
    "48´000": exactly(48_000),
    "12,34,567": exactly(1_234_567),
    "1,00,000.50": exactly(100_000.5),
    "2.5": exactly(2.5),
    "2,5": exactly(2.5),
    "0,500": exactly(0.5),
    "1234.567": exactly(1_234.57),
    "50000.00": exactly(50_000),
    "-5000": exactly(-5_000),
    "−5000": exactly(-5_000),
    "５００００": exactly(50_000),
    "٥٠٠٠": exactly(5_000),
    "\u200e48 000\u200b": exactly(48_000),
    "0": exactly(0),
}
NO_NUMBERS = [
    *("", "a lot", "k", "EUR", "-", "+", "…", "half a million dollars", "fifty thousand", "N/A"),
    *("12000 or 13000", "10/20", "31.12.2026", "10:30", "030 1234", "+49 30 1234567", "007", "1e5", "NaN", "inf"),
    *("1,234,56", "12.34.567", "1.234'567", "1,2345", "1234,567", ".5", "EUR .5", "10 .5", "- 5000", "(5000)", "--5"),
    *("Q1 2027", "5000 in 2027", "3x5000", "5000 per month", "48k/year", "20 %", "1/2 million", "½ Mio."),
    *("12 months", "20 m²", "20 m2", "500 kg", "500 g", "5 l", "3 Tage", "24 Monate", "15 users", "10 licences", "5 m"),
    *("1.250 Mio", "1,200k", "20T", "50 mil", "$50 mil", "5 mil. €", "2 cr", "5 L", "5 b", "TOP 5000", "ALL IN 5000"),
    *("10k-", "50k-10k", "10-20-30", "10 and 20", "between 10k", "max 10-20k", "10-20k+", "min 5000 max", "5 EUR USD"),
    *("not 5000", "≮ 5000", "5000 less 20%", "9" * 16, "5000000 Mrd", f"5000{' ' * 80}EUR"),
]
MULTIPLES = {
    **all_mean(exactly(50_000), "50k", "50K", "50 k", "50 thousand", "50 Tsd.", "50 tausend", "50 grand"),
    **all_mean(exactly(50_000), "50 mille", "50 mila", "50 tys.", "50 tusen", "50 tusind", "50 duizend"),
    **all_mean(exactly(5_000_000), "5M", "5m", "5 M", "5MM", "5 Mio.", "5 mln", "5 million", "5 Millionen"),
    **all_mean(exactly(5_000_000), "5 millones", "5 milhões", "5 milioni", "5 miljoen", "5 milionów"),
    **all_mean(exactly(5 * 10**9), "5 Mrd", "5 bn", "5bn", "5B", "5 billion", "5 milliards", "5 mld", "5 mia."),
    "1 lakh": exactly(100_000),
    "2.5 lakhs": exactly(250_000),
    "2 crore": exactly(20_000_000),
    "5 mil millones COP": exactly(5 * 10**9, "COP"),
    "1.1 Mio": exactly(1_100_000),
    "1,5 Mio. EUR": exactly(1_500_000, "EUR"),
    "0.5 Mio": exactly(500_000),
}
CURRENCIES = {
    "48 000 kr": exactly(48_000, "kr"),
    "500 kr": exactly(500, "kr"),
    "500 kr SEK": exactly(500, "SEK"),
    "kr.500,-": exactly(500, "kr"),
    "500:- kr": exactly(500, "kr"),
    "500 tkr": exactly(500_000, "kr"),
    "5 mkr": exactly(5_000_000, "kr"),
    "2,5 Mdkr": exactly(2.5 * 10**9, "kr"),
    "5 MSEK": exactly(5_000_000, "SEK"),
    "12 MXN": exactly(12, "MXN"),
    "CHF 1’200": exactly(1_200, "CHF"),
    "CHF 1'200.–": exactly(1_200, "CHF"),
    "Fr. 1200": exactly(1_200, "CHF"),
    "48\u202f000\u00a0€": exactly(48_000, "EUR"),
    "€48k": exactly(48_000, "EUR"),
    "48k euros": exactly(48_000, "EUR"),
    "EUR50000": exactly(50_000, "EUR"),
    "50 k€": exactly(50_000, "EUR"),
    "50kEUR": exactly(50_000, "EUR"),
    "10 Tsd. EUR": exactly(10_000, "EUR"),
    "20 TEUR": exactly(20_000, "EUR"),
    "TEUR 20": exactly(20_000, "EUR"),
    "20 T€": exactly(20_000, "EUR"),
    "2 M€": exactly(2_000_000, "EUR"),
    "Mio. CHF 5": exactly(5_000_000, "CHF"),
    "50 mil euros": exactly(50_000, "EUR"),
    "R$ 50 mil": exactly(50_000, "BRL"),
    "₹12,34,567": exactly(1_234_567, "INR"),
    "Rs.5,00,000/-": exactly(500_000, "Rs"),
    "₹5L": exactly(500_000, "INR"),
    "₹ 2 Cr": exactly(20_000_000, "INR"),
    "$5 m": exactly(5_000_000, "$"),
    "US$ 500": exactly(500, "USD"),
    "$500 CAD": exactly(500, "CAD"),
    "USD 500 $": exactly(500, "USD"),
    "C$500": exactly(500, "CAD"),
    "$US 500": exactly(500, "USD"),
    "USD$500": exactly(500, "USD"),
    "500 US-Dollar": exactly(500, "USD"),
    "50 tys. zł": exactly(50_000, "PLN"),
    "-€5000": exactly(-5_000, "EUR"),
    "€-5000": exactly(-5_000, "EUR"),
    "£1.5m": exactly(1_500_000, "GBP"),
    "¥ 10,000": exactly(10_000, "¥"),
    "10 000 JPY": exactly(10_000, "JPY"),
    "12000 pesos": exactly(12_000, "peso"),
}
AROUND = {
    **dict.fromkeys(
        ["around 40,000", "ca. 40.000", "ca.40000", "~40k", "rund 40.000", "environ 40 000"], exactly(40_000)
    ),
    **dict.fromkeys(
        ["Budget: 40k", "a budget of 40k", "40k + VAT", "40k plus VAT", "40k net", "40k excl. VAT"], exactly(40_000)
    ),
    "40.000 € zzgl. MwSt.": exactly(40_000, "EUR"),
    "40 000 € HT": exactly(40_000, "EUR"),
    "40 000 € (excl. VAT)": exactly(40_000, "EUR"),
    "unos 40.000 €": exactly(40_000, "EUR"),
    "presupuesto de 40.000 €": exactly(40_000, "EUR"),
}
RANGES = {
    "$10k–$50k": Amount(10_000, 50_000, "$"),
    "10k-50k": Amount(10_000, 50_000),
    "10-50k": Amount(10_000, 50_000),
    "500-1k": Amount(500, 1_000),
    "5 000 - 10 000 kr.": Amount(5_000, 10_000, "kr"),
    "10.000 bis 50.000 EUR": Amount(10_000, 50_000, "EUR"),
    "10k to under 50k": Amount(10_000, 50_000),
    "from 10k to 50k": Amount(10_000, 50_000),
    "ab 10.000 bis 50.000 €": Amount(10_000, 50_000, "EUR"),
    "de 10 à 50 k€": Amount(10_000, 50_000, "EUR"),
    "entre 10 000 et 50 000 €": Amount(10_000, 50_000, "EUR"),
    "entre 10.000 y 50.000 €": Amount(10_000, 50_000, "EUR"),
    "de 10.000 a 50.000 €": Amount(10_000, 50_000, "EUR"),
    "tra 10 e 50 mila euro": Amount(10_000, 50_000, "EUR"),
    "van 10.000 tot 50.000 euro": Amount(10_000, 50_000, "EUR"),
    "mellan 10 och 50 tkr": Amount(10_000, 50_000, "kr"),
    "fra 10 til 50 tusen kr": Amount(10_000, 50_000, "kr"),
    "od 10 do 50 tys. zł": Amount(10_000, 50_000, "PLN"),
    "de R$ 10 mil até R$ 50 mil": Amount(10_000, 50_000, "BRL"),
    ">50k <100k": Amount(50_000, 100_000),
    "min 10k max 50k": Amount(10_000, 50_000),
    "between $1M and $10M": Amount(1_000_000, 10_000_000, "$"),
}
AT_LEAST = {
    **dict.fromkeys(
        ["more than 50k", "over 50k", ">50k", ">= 50k", "≥50k", "from 50k", "at least 50k"], Amount(50_000, None)
    ),
    **all_mean(Amount(50_000, None), "50k+", "50k or more", "50k and above", "50k plus", "50k min.", "min. 50k"),
    **all_mean(Amount(50_000, None), "mehr als 50.000", "ab 50.000", "über 50.000", "mindestens 50.000"),
    **all_mean(Amount(50_000, None), "plus de 50 000", "à partir de 50 000", "más de 50.000", "50.000 o más"),
    **all_mean(Amount(50_000, None), "più di 50.000", "oltre 50.000", "meer dan 50.000", "vanaf 50.000"),
    **all_mean(Amount(50_000, None), "mais de 50.000", "mer än 50 000", "mere end 50.000", "powyżej 50 000"),
}
AT_MOST = {
    **dict.fromkeys(
        ["5000 max", "max. 5000", "up to 5,000", "Less than 5k", "<5k", "≤ 5000", "under 5k"], Amount(None, 5_000)
    ),
    **all_mean(Amount(None, 5_000), "no more than 5k", "5k or less", "at most 5k", "a max of 5k"),
    **all_mean(Amount(None, 5_000), "bis 5.000", "bis zu 5.000", "weniger als 5.000", "höchstens 5.000"),
    **all_mean(Amount(None, 5_000), "moins de 5 000", "jusqu'à 5 000", "jusqu’à 5 000", "menos de 5.000"),
    **all_mean(Amount(None, 5_000), "hasta 5.000", "meno di 5.000", "fino a 5.000", "minder dan 5.000"),
    **all_mean(Amount(None, 5_000), "até 5.000", "mindre än 5 000", "mindre enn 5 000", "op til 5.000"),
    **all_mean(Amount(None, 5_000), "poniżej 5 000", "do 5 000", "no máximo 5.000"),
    "<$10k": Amount(None, 10_000, "$"),
}
ALL_TABLES = NUMBERS | MULTIPLES | CURRENCIES | AROUND | RANGES | AT_LEAST | AT_MOST


@pytest.mark.parametrize(("written", "means"), cases(ALL_TABLES))
def test_an_amount_is_read_as_people_mean_it(written: str, means: Amount) -> None:
    assert read_amount(written) == means


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_what_is_no_clear_amount_is_none(written: str) -> None:
    assert read_amount(written) is None


@pytest.mark.parametrize(
    ("value", "means"),
    [(5, exactly(5)), (5.25, exactly(5.25)), (True, None), (nan, None), (inf, None), (10**16, None), (None, None)],
)
def test_a_number_is_its_own_amount_and_other_values_are_none(value: object, means: Amount | None) -> None:
    assert read_amount(value) == means


@pytest.mark.parametrize(
    ("written", "means"),
    cases(
        {
            "51-200": Amount(51, 200),
            "50–100": Amount(50, 100),
            "10,001+": Amount(10_001, None),
            "1000+": Amount(1_000, None),
            "120.0": exactly(120),
            "1,200": exactly(1_200),
            "1.200 Mitarbeiter": exactly(1_200),
            "1 200 salariés": exactly(1_200),
            "1k-5k employees": Amount(1_000, 5_000),
            "SIZE_51_TO_200": Amount(51, 200),
            "SIZE_10001_OR_MORE": Amount(10_001, None),
            "more than 500 people": Amount(500, None),
            "<50": Amount(None, 50),
            "5 EUR": None,
            "10-Nov": None,
            "200-51": None,
            "51-200 companies": None,
        }
    ),
)
def test_a_number_of_people_may_be_a_range_and_name_them(written: str, means: Amount | None) -> None:
    assert read_count(written) == means


@pytest.mark.parametrize("meaning", ALL_TABLES.values(), ids=str)
def test_an_amount_that_was_written_out_is_read_as_the_same(meaning: Amount) -> None:
    assert read_amount(amount_text(meaning)) == meaning


PIECES = [
    *("1", "0", "50", "500", "1000", "12", "000", " ", "\u202f", "\u00a0", ",", ".", "'", "’", "-", "–", "+", "<", ">"),
    *("k", "m", "M", "T", "Mio.", "mil", "EUR", "€", "$", "kr", "Rs", "₹", "US$", "max", "bis", "up to", "between"),
    *("²", "½", "\u200b", "\u202e", "\ufeff", "\u0338", "٣", "５", "ł", "Ø", "\x00", "\n", "\ud800", "漢", "%"),
    *("/", "_", "(", ")", "=", "and"),
]


def test_ten_thousand_texts_are_read_without_fault_and_read_the_same_when_written_out() -> None:
    chance = random.Random(12)
    words = [" ".join((first, *rest)) for first, listed in phrases().items() for rest, _ in listed]
    clear = 0
    for _ in range(10_000):
        text = "".join(chance.choice(PIECES if chance.random() < 0.8 else words) for _ in range(chance.randint(1, 7)))
        for read in (read_amount, read_count):
            amount = read(text)
            if amount is not None:
                clear += 1
                assert amount.low is None or amount.high is None or amount.low <= amount.high
                assert any(map(str.isdecimal, text))
                assert read(amount_text(amount)) == amount
    assert clear > 500


def holds(test: dict[str, object], budget: object) -> bool:
    """Whether a condition on the budget holds, which agrees with the test of an answer."""
    moment = Moment({"budget": comparable(read_amount(budget))}, SignalCounts(1), 0)
    assert answer_test(test)(budget) == compile_condition({"budget": test}, {})(moment)
    return answer_test(test)(budget)


@pytest.mark.parametrize(
    ("test", "meets", "does_not"),
    [
        pytest.param(
            {"at_least": 10_000},
            ["10k", "$10k–$50k", "more than 10k", "10k+", 10_000],
            [
                "500 kr",
                "12 MXN",
                "5000 max",
                "12 months",
                "20 m²",
                "500 kg",
                "Less than $50k",
                "up to 50k",
                "5k-50k",
                "?",
            ],
            id="at least: the lower end",
        ),
        pytest.param(
            {"at_most": 10_000}, ["10k", "<10k", "5-10k", 1], ["5k-50k", "5k+", "20k", "?"], id="at most: the upper end"
        ),
        pytest.param({"between": [5, 10]}, ["5-10", "7"], ["5+", "<10", "4-9", "6-11", "11"], id="between: both ends"),
        pytest.param({"is": 10}, ["10", "10-10"], ["5-10", "10+"], id="is: no range"),
        pytest.param({"one_of": [10, 20]}, ["20"], ["10-20"], id="one of: no range"),
    ],
)
def test_a_range_passes_a_test_only_if_all_of_it_does(
    test: dict[str, object], meets: list[object], does_not: list[object]
) -> None:
    assert [each for each in meets if not holds(test, each)] == []
    assert [each for each in does_not if holds(test, each)] == []
