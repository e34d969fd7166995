"""The keys of company names: the spellings of one company share a key, and two companies do not."""

import csv
import random
from pathlib import Path

import pytest

from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import aliases, companies_of, former_aliases, keys_to_try, match_account
from baton.domain.accounts.company_names import company_name_keys

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        (_, *read) = csv.reader(file)
    return [(one, other) for one, other in read]


@pytest.mark.parametrize(("company", "spelling"), rows("company_spellings.csv"))
def test_each_spelling_of_a_company_shares_a_key_with_it(company: str, spelling: str) -> None:
    assert set(company_name_keys(company)) & set(company_name_keys(spelling))


@pytest.mark.parametrize(("company", "other"), rows("different_companies.csv"))
def test_two_companies_share_no_key(company: str, other: str) -> None:
    assert not set(company_name_keys(company)) & set(company_name_keys(other))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        pytest.param("Müller GmbH", ("mueller", "muller"), id="an umlaut"),
        pytest.param("Mueller GmbH", ("mueller",), id="two letters"),
        pytest.param("AB SA", (), id="nothing but forms"),
        pytest.param("华为", ("华为",), id="two Chinese letters are a name"),
        pytest.param("李", (), id="one is not"),
        pytest.param("١٢٣ شركة", ("123 \u0634\u0631\u06a9\u0647",), id="Arabic digits"),
        pytest.param("&", (), id="a sign"),
        pytest.param("And", ("and",), id="a connective alone"),
        pytest.param("x" * 300, (), id="too long"),
        pytest.param("\u0301\u0301\u0301", (), id="marks alone"),
        pytest.param("\x00\u202e\ufeff", (), id="nothing to see"),
    ],
)
def test_a_name_at_the_edge_has_a_key_or_none(name: str, keys: tuple[str, ...]) -> None:
    assert company_name_keys(name) == keys


def test_a_lead_finds_an_account_that_was_saved_when_names_had_other_keys() -> None:
    account = Account(domain="mueller.de", name="Müller GmbH")
    assert former_aliases(account) == ("name:müller",)
    assert aliases(account) == ("name:mueller", "name:muller")
    assert companies_of(account) == ("mueller.de", "name:mueller", "name:muller", "name:müller")
    assert keys_to_try(None, (), "Müller AG") == ("name:mueller", "name:muller", "name:müller")
    assert match_account({"name:müller": account}, None, (), "MÜLLER GMBH")
    assert former_aliases(Account(domain="acme.com", name="Acme Inc.")) == ()


PIECES = (
    *(
        "Acme",
        "Müller",
        "Ä",
        "ø",
        "é",
        "ß",
        "İ",
        "ŉ",
        "ｱ",
        "ﬁ",
        "株式会社",
        "(주)",
        "จำกัด",
        "&",
        "and",
        "y",
        "e",
        "the",
        "The",
        "+",
    ),
    *(
        "S.A.",
        "S. A.",
        "de",
        "C.V.",
        "sp.",
        "z",
        "o.o.",
        "GmbH",
        "AB",
        "(publ)",
        "PT",
        "Tbk",
        "UAB",
        "OÜ",
        "a",
        "B",
        ".",
        "-",
        "'",
    ),
    *("´", "™", "(R)", "\u0301", "\u200b", "\u202e", '"', "בע״מ", "ش.م.م", "١", "9", "½", "²", "\x00", "🏢", "İI"),
)


def test_ten_thousand_names_have_keys_that_are_their_own_keys() -> None:
    chance, found = random.Random(6), 0
    for _ in range(10_000):
        name = chance.choice(("", " ")).join(chance.choice(PIECES) for _ in range(chance.randrange(1, 8)))
        for key in company_name_keys(name):
            found += 1
            assert company_name_keys(key) == (key,), (name, key)
    assert found > 5_000
