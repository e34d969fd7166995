"""The target account of a lead, among the accounts listed under its link, its domains and its company name."""

import pytest

from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.accounts.company_names import NAME_PREFIX
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company
from baton.domain.qualification.target_account import email_domains, linked_domain, target_account_of
from tests.unit.given import download, received

ACME, PARENT = Account(domain="acme.com", target=True), Account(domain="parent.com", target=True)
BOTH = {"parent.com": PARENT, "acme.com": ACME}
NO_TARGET = Account(domain="acme.com", target=False)


def lead(link: str | None = None, company: str | None = None) -> Lead:
    known = received(download(email="anna@mail.acme.com", company=Company(name=company)))
    linked = AccountMatch(domain=link, matched_by="link") if link else None
    return known.model_copy(update={"account": linked})


@pytest.mark.parametrize(
    ("known", "listed", "domain", "by"),
    [
        pytest.param(lead(), {"acme.com": ACME}, "acme.com", "domain", id="by the address's domain"),
        pytest.param(lead("parent.com"), BOTH, "parent.com", "link", id="by a link"),
        pytest.param(
            lead(company="Acme Holding"), {f"{NAME_PREFIX}acme holding": ACME}, "acme.com", "name", id="by its name"
        ),
        pytest.param(lead(), {"acme.com": NO_TARGET}, None, None, id="listed, and no target"),
        pytest.param(lead(), {"other.com": ACME}, None, None, id="listed under other keys only"),
        pytest.param(lead(), {}, None, None, id="nothing is listed"),
    ],
)
def test_a_lead_belongs_to_the_account_listed_under_its_strongest_key(
    known: Lead, listed: dict[str, Account], domain: str | None, by: str | None
) -> None:
    target = target_account_of(known, listed)
    assert (target.account.domain if target else None) == domain
    assert (target.match.matched_by if target else None) == by


def test_only_an_account_match_set_by_a_person_counts_as_a_link() -> None:
    by_domain = lead().model_copy(update={"account": AccountMatch(domain="acme.com", matched_by="domain")})
    assert (linked_domain(lead("acme.com")), linked_domain(by_domain), linked_domain(lead())) == (
        "acme.com",
        None,
        None,
    )


def test_the_domains_of_an_address_are_tried_from_its_host_to_its_company() -> None:
    assert email_domains(lead()) == ["mail.acme.com", "acme.com"]
