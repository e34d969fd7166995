"""Look-alike addresses are marked and cannot be clicked; an ordinary international one is shown in both spellings."""

import pytest

from baton.domain.accounts.account import AccountMatch
from baton.domain.identity.normalised_emails import normalise_email
from baton.domain.leads.person_facts import Company
from baton.outreach.text.shown_addresses import (
    alphabets_of_disguise,
    shown_company_domain,
    shown_domain,
    shown_email,
)
from tests.unit.outreach.given import CLICKABLE, TO_SAM, offered_to, the_alert

DISGUISED = [
    ("anna@аcme.com", ("Cyrillic",), "a Cyrillic a in the domain"),
    ("аnna@acme.com", ("Cyrillic",), "a Cyrillic a in the name"),
    ("anna@аррӏе.com", ("Cyrillic",), "all letters Cyrillic, each with a twin"),
    ("anna@xn--80ak6aa92e.com", ("Cyrillic",), "the same, as xn--"),
    ("сео@acme.com", ("Cyrillic",), "a name of twins"),
    ("anna@acme.соm", ("Cyrillic",), "Cyrillic in the end of the domain"),
    ("anna@paypaӏ.com", ("Cyrillic",), "a palochka for l"),
    ("anna@gοοgle.com", ("Greek",), "Greek o"),
    ("ａnna@acme.com", ("full-width",), "full-width"),
    ("𝐚nna@acme.com", ("mathematical",), "mathematical"),
    ("anna@ɡoogle.com", ("phonetic",), "phonetic g"),
    ("anna@gօօgle.com", ("Armenian",), "Armenian o"),
    ("a\u0337nna@acme.com", ("with marks added",), "a stroke through a letter"),
    ("anna@mail.аcme.com", ("Cyrillic",), "in the middle of the host"),
    ("anna.ѕmith@acme.com", ("Cyrillic",), "in the second half of the name"),
]
ORDINARY = [
    ("anna@acme.com", "ASCII"),
    ("jörg@bücher.example", "Latin letters with dots"),
    ("anna@straße.de", "ß"),
    ("anna@żółw.pl", "Polish"),
    ("иван@пример.рф", "Russian"),
    ("ж@customer-b.example", "a Russian name at an ASCII domain"),
    ("иван.петров@acme.com", "a Russian name of two words"),
    ("anna.иванова@acme.com", "a name of two words in two alphabets"),
    ("оса@сосна.рф", "twins, where the domain is Russian"),
    ("info@παράδειγμα.ελ", "Greek"),
    ("info@日本語テスト.jp", "Japanese of three kinds of letters"),
    ("info@東京abc.jp", "Japanese beside Latin"),
    ("info@한국.kr", "Korean"),
    ("info@उदाहरण.भारत", "Hindi with its marks"),
    ("info@مثال.example", "Arabic"),
    ("info@דוגמה.example", "Hebrew"),
]


@pytest.mark.parametrize(("address", "alphabets"), [pytest.param(*each[:2], id=each[2]) for each in DISGUISED])
def test_an_address_in_disguise_is_marked_and_cannot_be_clicked(address: str, alphabets: tuple[str, ...]) -> None:
    normalised = normalise_email(address)
    assert alphabets_of_disguise(normalised) == alphabets
    shown = shown_email(normalised)
    assert alphabets[0] in shown["CAREFUL"]
    assert not any(map(CLICKABLE.search, shown.values()))


@pytest.mark.parametrize("address", [pytest.param(each[0], id=each[1]) for each in ORDINARY])
def test_an_ordinary_international_address_is_not_marked(address: str) -> None:
    assert alphabets_of_disguise(normalise_email(address)) == ()
    shown = shown_email(normalise_email(address))
    assert "CAREFUL" not in shown
    assert shown["E-mail"] == normalise_email(address)


def test_an_international_address_is_shown_in_both_spellings() -> None:
    both = {"E-mail": "jörg@bücher.example", "E-mail in ASCII": "jörg@xn--bcher-kva.example"}
    assert shown_email("jörg@bücher.example") == both


def test_a_mail_says_that_an_address_is_in_disguise() -> None:
    alert = the_alert(email="anna@аррӏе.com", company=Company(domain="xn--80ak6aa92e.com"))
    text = alert.text
    careful = (
        "CAREFUL: the address is written with letters of another alphabet: "
        "Cyrillic; its domain is xn--80ak6aa92e[.]com\n"
    )
    assert f"E-mail: anna [at] аррӏе[.]com\n{careful}" in text
    assert "Company: xn--80ak6aa92e[.]com\n" in text
    assert "xn--80ak6aa92e[.]com" in alert.subject


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        pytest.param("acme.com", "acme.com", id="ASCII"),
        pytest.param("acme.co.uk", "acme.co.uk", id="several dots"),
        pytest.param("xn--bcher-kva.example", "bücher[.]example, xn--bcher-kva.example", id="international"),
        pytest.param("xn--80ak6aa92e.com", "xn--80ak6aa92e[.]com", id="in disguise"),
        pytest.param("acme.com/pay", "acme[.]com/pay", id="with a path"),
        pytest.param("acme.com evil.example", "acme[.]com evil[.]example", id="two"),
        pytest.param("user@acme.com", "user [at] acme[.]com", id="an address"),
        pytest.param("https://acme.com", "hxxps://acme[.]com", id="with a scheme"),
        pytest.param("1.2.3.4", "1[.]2[.]3[.]4", id="an IP address"),
        pytest.param("acme", "acme", id="no dot"),
        pytest.param("", "", id="none"),
        pytest.param(None, "", id="unknown"),
    ],
)
def test_only_a_plain_domain_can_be_tapped(domain: str | None, shown: str) -> None:
    assert shown_domain(domain) == shown


@pytest.mark.parametrize(
    ("email", "domain", "can_be_tapped"),
    [
        pytest.param("anna@example.com", "example.com", True, id="of the address"),
        pytest.param("anna@mail.example.com", "example.com", True, id="above the host of the address"),
        pytest.param("anna@bücher.example", "xn--bcher-kva.example", True, id="international"),
        pytest.param("anna@example.com", "evil.example", False, id="another one"),
        pytest.param("anna@example.com", "mple.com", False, id="the end of a name"),
        pytest.param("anna@gmail.com", "acme.com", False, id="of no company"),
    ],
)
def test_a_companys_domain_can_be_tapped_if_it_is_that_of_the_address(
    email: str, domain: str, *, can_be_tapped: bool
) -> None:
    shown = shown_company_domain(offered_to(*TO_SAM, email=email, company=Company(domain=domain)))
    assert bool(CLICKABLE.search(shown)) is can_be_tapped


def test_the_domain_of_a_listed_account_can_be_tapped() -> None:
    lead = offered_to(*TO_SAM, email="anna@gmail.com", company=Company(domain="acme.com"))
    listed = lead.model_copy(update={"account": AccountMatch(domain="acme.com", matched_by="link")})
    assert (shown_company_domain(lead), shown_company_domain(listed)) == ("acme[.]com", "acme.com")
