"""Addresses of disposable mail providers are recognised."""

import pytest
from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

from baton.domain.identity.disposable_domains import is_disposable


@pytest.mark.parametrize("email", ["anna@mailinator.com", "anna@MAILINATOR.com", "anna@mail.mailinator.com"])
def test_an_address_of_a_disposable_mail_provider_is_recognised(email: str) -> None:
    assert is_disposable(email)


@pytest.mark.parametrize("email", ["anna@example.com", "anna@gmail.com", "anna@mailinator.com.example", "anna@com", ""])
def test_other_addresses_are_not_disposable(email: str) -> None:
    assert not is_disposable(email)


def test_no_disposable_domain_is_a_registry_of_other_peoples_domains() -> None:
    is_registry = PublicSuffixList().is_public
    assert is_registry("web.id")
    assert not [domain for domain in blocklist if is_registry(domain)]
