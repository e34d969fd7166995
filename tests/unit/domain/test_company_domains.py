"""The companies of addresses: customers of shared hosts are some; providers, relays and marketplaces are none."""

import csv
import random
from pathlib import Path

import pytest

from baton.domain.accounts.account_matching import domains_to_try, normalise_domain
from baton.domain.identity.company_domains import company_domain

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        (_, *read) = csv.reader(file)
    return read


@pytest.mark.parametrize("host", [host for (host,) in rows("addresses_of_nobody.csv")])
def test_an_address_of_a_provider_a_relay_or_a_marketplace_is_of_no_company(host: str) -> None:
    assert company_domain(f"ann@{host}") is None
    assert domains_to_try(f"ann@{host}") == ()


@pytest.mark.parametrize(("host", "company"), rows("addresses_of_companies.csv"))
def test_the_company_of_an_address_is_its_own_or_a_customer_of_the_host(host: str, company: str) -> None:
    assert company_domain(f"ann@{host}") == company
    assert domains_to_try(f"ann@{host}")[-1] == company


def test_two_customers_of_one_host_are_two_companies_that_may_be_listed() -> None:
    assert normalise_domain("https://www.acme.zendesk.com/hc") == "acme.zendesk.com"
    with pytest.raises(ValueError, match="no company's domain"):
        normalise_domain("onmicrosoft.com")


PIECES = (
    *(
        "acme",
        "mail",
        "www",
        "onmicrosoft",
        "zendesk",
        "com",
        "co",
        "uk",
        "de",
        "gmail",
        "yahoo",
        "marketplace",
        "amazon",
        "hey",
    ),
    *(".", "..", "-", "_", "@", " ", "ü", "ß", "\u3002", "\u200b", "xn--", "1", "[", "]", ":", "x" * 64, "", "İ"),
)


def test_ten_thousand_hosts_have_a_company_that_is_its_own_or_none() -> None:
    chance, found = random.Random(7), 0
    for number in range(10_000):
        between = "." if number % 3 else ""
        company = company_domain("ann@" + between.join(chance.choice(PIECES) for _ in range(chance.randrange(1, 6))))
        if company:
            found += 1
            assert company_domain(f"ann@{company}") == company
    assert found > 100
