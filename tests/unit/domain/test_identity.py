"""The identity of a lead: normalised e-mail address, lead id and company domain."""

from collections.abc import Callable
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baton.domain.identity.company_domains import company_domain
from baton.domain.identity.lead_ids import lead_id_of, reference_of
from baton.domain.identity.normalised_emails import normalise_email

PEPPER = b"pepper"

local_parts = st.from_regex(r"[A-Za-zÀ-ÖØ-öø-ÿŁłŠšα-ωА-я0-9]{1,12}(\.[a-z]{1,5})?", fullmatch=True)
hosts = st.sampled_from(["example.com", "EXAMPLE.co.uk", "Münchner-Maschinen.de", "straße.de", "xn--mnchen-3ya.de"])
addresses = st.builds("{}@{}".format, local_parts, hosts)


@given(addresses, st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.lower, str.upper, str.title]), st.booleans())
def test_one_address_in_any_case_or_unicode_form_has_one_lead_id(
    typed: str, form: str, in_case: Callable[[str], str], spaced: bool
) -> None:
    email = normalise_email(typed)
    local, _, host = email.partition("@")
    assume(in_case(local).lower() == local)  # ß has no capital of its own
    otherwise = normalize(form, f"{in_case(local)}@{host}")
    assert lead_id_of(normalise_email(f" {otherwise} " if spaced else otherwise), PEPPER) == lead_id_of(email, PEPPER)


@given(addresses)
def test_a_normalised_address_is_its_own_normal_form(typed: str) -> None:
    once = normalise_email(typed)
    assert normalise_email(once) == once


@given(addresses)
def test_another_pepper_gives_another_lead_id(typed: str) -> None:
    email = normalise_email(typed)
    assert lead_id_of(email, b"one") != lead_id_of(email, b"another")


@given(addresses)
def test_a_lead_id_is_24_lower_case_letters_and_digits(typed: str) -> None:
    lead_id = lead_id_of(normalise_email(typed), PEPPER)
    assert len(lead_id) == 24
    assert lead_id.isalnum()
    assert lead_id.isascii()
    assert lead_id.islower()


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "anna@", "@example.com", "anna@localhost", "anna@x.test", "a b@example.com", "anna@example..com",
     "anna@[127.0.0.1]", '"anna"@example.com', "anna@example.com\nbcc: kim@example.com", "Anna <anna@example.com>"],
)  # fmt: skip
def test_an_undeliverable_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        normalise_email(typed)


def test_a_reference_is_the_same_for_the_same_input_and_different_for_any_other() -> None:
    reference = reference_of("lead", "first", PEPPER)
    assert reference == reference_of("lead", "first", PEPPER)
    others = [("lead", "second", PEPPER), ("another", "first", PEPPER), ("lead", "first", b"salt")]
    assert len({reference, *(reference_of(*other) for other in others)}) == 4


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        pytest.param("anna@example.com", "example.com", id="a company"),
        pytest.param("anna@mail.sales.example.com", "example.com", id="a host of it"),
        pytest.param("anna@example.co.uk", "example.co.uk", id="a suffix of two parts"),
        pytest.param("anna@EXAMPLE.com", "example.com", id="capitals"),
        pytest.param("anna@münchen.de", "xn--mnchen-3ya.de", id="letters beyond ASCII"),
        pytest.param("anna@straße.de", "xn--strae-oqa.de", id="ß, which is not ss"),
        pytest.param("anna@strasse.de", "strasse.de", id="ss"),
        pytest.param("anna@gmail.com", None, id="a free mail provider"),
        pytest.param("anna@googlemail.com", None, id="another name of it"),
        pytest.param("anna@company.example", None, id="a suffix that nobody can register under"),
        pytest.param("anna@co.uk", None, id="a suffix alone"),
        pytest.param("anna@localhost", None, id="no domain"),
        pytest.param("anna@-.com", None, id="no host"),
        pytest.param("anna@" + "a" * 64 + ".com", None, id="a name too long"),
    ],
)
def test_the_company_domain_of_an_address_is_its_registrable_domain(email: str, domain: str | None) -> None:
    assert company_domain(email) == domain
