"""Finds a lead's target account: by a link that a person set, by its addresses, or by its company's name."""

from collections.abc import Mapping

from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import domains_to_try, match_account
from baton.domain.leads.lead import Lead
from baton.domain.qualification.triggers import TargetAccount


def target_account_of(lead: Lead, listed: Mapping[str, Account]) -> TargetAccount | None:
    """Returns the target account of a lead, among the accounts `listed` under its link, its domains and its name."""
    if not listed:
        return None
    found = match_account(listed, linked_domain(lead), email_domains(lead), lead.company.name)
    return TargetAccount(*found) if found else None


def linked_domain(lead: Lead) -> str | None:
    """Returns the domain of the account that a person linked the lead to, such as `acme.com`."""
    return lead.account.domain if lead.account and lead.account.matched_by == "link" else None


def email_domains(lead: Lead) -> list[str]:
    """Returns the domains under which a company of the lead's addresses may be listed; its own address's first."""
    return [domain for email in lead.emails for domain in domains_to_try(email)]
