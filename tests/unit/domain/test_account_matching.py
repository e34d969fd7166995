"""Matching a lead to an account by link, e-mail domain or company name."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import (
    aliases,
    companies_of,
    domains_to_try,
    keys_to_try,
    list_event,
    match_account,
    normalise_domain,
)
from baton.domain.accounts.company_names import company_name_keys

ACME = Account(domain="acme.com", name="Acme Inc.", domains=("acme.de",))


def listed(*accounts: Account) -> dict[str, Account]:
    return {under: account for account in accounts for under in (account.domain, *aliases(account))}


def matched(
    found: dict[str, Account], *, email: str = "anna@gmail.com", name: str | None = None, linked: str | None = None
) -> tuple[str, str] | None:
    at = match_account(found, linked, domains_to_try(email), name)
    return (at[1].domain, at[1].matched_by) if at else None


@pytest.mark.parametrize(
    ("email", "domains"),
    [
        ("a@acme.com", ("acme.com",)),
        ("a@mail.emea.acme.co.uk", ("mail.emea.acme.co.uk", "emea.acme.co.uk", "acme.co.uk")),
        ("a@a.b.c.d.acme.com", ("b.c.d.acme.com", "c.d.acme.com", "d.acme.com", "acme.com")),
        ("a@ACME.com", ("acme.com",)),
        ("a@bücher.de", ("xn--bcher-kva.de",)),
        ("a@gmail.com", ()),
        ("a@co.uk", ()),
        ("a@localhost", ()),
        ("a@not a host", ()),
        ("", ()),
    ],
)
def test_an_email_address_is_matched_from_its_host_up_to_its_registrable_domain(
    email: str, domains: tuple[str, ...]
) -> None:
    assert domains_to_try(email) == domains


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("acme.com", "acme.com"),
        (" Acme.COM. ", "acme.com"),
        ("https://www.acme.co.uk/about?x=1", "acme.co.uk"),
        ("www.emea.acme.com", "emea.acme.com"),
        ("Bücher.de", "xn--bcher-kva.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
    ],
)
def test_a_domain_is_listed_in_one_spelling(written: str, domain: str) -> None:
    assert normalise_domain(written) == domain


@pytest.mark.parametrize(
    "written",
    ["", "gmail.com", "co.uk", "com", "acme", "1.2.3.4", "a@acme.com", "acme.com:80", "ac me.com", "a.b.c.d.acme.com"],
)
def test_a_text_that_names_no_company_domain_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"no company's domain|too many levels"):
        normalise_domain(written)


LABELS = st.text("abcdefgh0123456789-üß", min_size=1, max_size=8)
HOSTS = st.builds(
    lambda labels, suffix: ".".join([*labels, suffix]),
    st.lists(LABELS | st.just("www"), min_size=1, max_size=6),
    st.sampled_from(["com", "co.uk", "de", "github.io", "museum"]),
)


@given(HOSTS | st.text(max_size=30))
def test_a_normalised_domain_is_its_own_normal_form(written: str) -> None:
    try:
        once = normalise_domain(written)
    except ValueError:
        return
    assert normalise_domain(once) == once
    assert domains_to_try(f"anybody@{once}")[0] == once, "whoever writes from it is found under it"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME GmbH & Co. KG", "acme"),
        ("Acme S.A.", "acme"),
        ("Acme S. A.", "acme"),
        ("Acme A/S", "acme"),
        ("Acme B.V.", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("ＡＣＭＥ", "acme"),
        ("Straße & Söhne AG", "strasse soehne"),
        ("A. P. Møller - Mærsk A/S", "ap moeller maersk"),
        ("O'Reilly Media", "oreilly media"),
        ("O’Reilly Media", "oreilly media"),
        ("Company", "company"),
        ("3M Co.", None),
        ("HP Inc", None),
        ("Inc.", "inc"),
        ("A" * 300, None),
        ("", None),
        (None, None),
    ],
)
def test_a_company_name_is_compared_without_its_legal_form_and_punctuation(name: str | None, key: str | None) -> None:
    assert next(iter(company_name_keys(name)), None) == key


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["Acme", "GmbH", "&", "Co.", "S. A.", "x", "sp z oo"])).map(" ".join)
)
def test_the_key_of_a_company_name_is_its_own_key(name: str) -> None:
    assert all(company_name_keys(once) == (once,) for once in company_name_keys(name))


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ({"email": "a@acme.com"}, ("acme.com", "domain")),
        ({"email": "a@mail.acme.com"}, ("acme.com", "domain")),
        ({"email": "a@acme.de"}, ("acme.com", "domain")),
        ({"name": "ACME Incorporated"}, ("acme.com", "name")),
        ({"email": "a@acme.com", "name": "Other"}, ("acme.com", "domain")),
        ({"email": "a@unlisted.com", "name": "Acme"}, ("acme.com", "name")),
        ({"email": "a@other.com", "name": "Acme"}, ("other.com", "domain")),
        ({"email": "a@quiet.com", "name": "Acme"}, None),
        ({"email": "a@other.com", "linked": "acme.com"}, ("acme.com", "link")),
        ({"email": "a@acme.com", "linked": "quiet.com"}, None),
        ({"email": "a@acme.com", "linked": "gone.com"}, ("acme.com", "domain")),
        ({"email": "a@unlisted.com"}, None),
        ({}, None),
    ],
    ids=[
        "its domain",
        "a subdomain",
        "a further domain",
        "its name",
        "the domain, whatever the name",
        "the name, where nobody is listed under the domain",
        "another account's domain, whatever the name",
        "the domain of one that is known to be no target, whatever the name",
        "a link, whatever the domain",
        "a link to one that is no target, whatever the domain",
        "the domain, where the link leads nowhere any more",
        "nothing, from a company that is not listed",
        "nothing, from a free mail provider",
    ],
)
def test_a_lead_is_matched_by_link_before_domain_and_by_domain_before_company_name(
    lead: dict[str, str], expected: tuple[str, str] | None
) -> None:
    found = listed(ACME, Account(domain="other.com"), Account(domain="quiet.com", target=False))
    assert matched(found, **lead) == expected


def test_a_subsidiary_may_have_an_account_of_its_own_or_be_left_out() -> None:
    asia, lab = Account(domain="asia.acme.com", owner="kim@x.com"), Account(domain="lab.acme.com", target=False)
    found = listed(ACME, asia, lab)
    assert matched(found, email="a@mail.asia.acme.com") == ("asia.acme.com", "domain")
    assert matched(found, email="a@lab.acme.com") is None
    assert matched(found, email="a@acme.com") == ("acme.com", "domain")


DOMAINS = st.sampled_from(["acme.com", "asia.acme.com", "acme.de", "other.com", "other.co.uk"])
NAMES = st.sampled_from([None, "Acme Inc.", "Other Ltd", "HP"])
ACCOUNTS = st.builds(
    Account, domain=DOMAINS, name=NAMES, target=st.booleans(), domains=st.lists(DOMAINS, max_size=2).map(tuple)
)


@given(
    ACCOUNTS, st.sampled_from(["a@acme.com", "a@x.asia.acme.com", "a@acme.de", "a@other.co.uk", "a@gmail.com"]), NAMES
)
def test_an_account_is_found_by_each_of_its_aliases(account: Account, email: str, name: str | None) -> None:
    domains = domains_to_try(email)
    tried = keys_to_try(None, domains, name)
    found = {under: one for under, one in listed(account).items() if under in tried}
    at = match_account(found, None, domains, name)
    assert (at is not None) == (account.target and bool(found))
    assert len(tried) == len(set(tried)) <= 5


def test_the_companies_of_an_account_are_its_registrable_domains_and_its_name() -> None:
    account = Account(domain="asia.acme.co.uk", name="Acme Inc.", domains=("acme.de", "lab.acme.de"))
    assert companies_of(account) == ("acme.co.uk", "acme.de", "name:acme")


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        (None, ACME, "TargetAccountListed"),
        (None, ACME.model_copy(update={"target": False}), None),
        (ACME, None, "TargetAccountDelisted"),
        (ACME.model_copy(update={"target": False}), None, None),
        (ACME, ACME.model_copy(update={"target": False}), "TargetAccountDelisted"),
        (ACME.model_copy(update={"target": False}), ACME, "TargetAccountListed"),
        (ACME, ACME.model_copy(update={"domains": ("acme.de", "acme.fr")}), "TargetAccountListed"),
        (ACME, ACME.model_copy(update={"domains": ()}), None),
        (ACME, ACME.model_copy(update={"name": "Acme Holding"}), "TargetAccountListed"),
        (ACME, ACME.model_copy(update={"name": "ACME LLC"}), None),
        (ACME, ACME.model_copy(update={"owner": "kim@sales.example.com"}), None),
        (ACME, ACME.model_copy(update={"quiet_for": timedelta(days=3)}), None),
    ],
    ids=[
        *("new", "new, but no target", "removed", "removed, but no target", "turned off", "turned on"),
        *("a further domain", "a domain less", "another name", "the same name written otherwise", "owner", "quiet"),
    ],
)
def test_an_account_change_has_an_event_only_if_more_leads_may_match_or_a_target_ends(
    before: Account | None, after: Account | None, follows: str | None
) -> None:
    event = list_event(before, after)
    assert (event.type if event else None) == follows
