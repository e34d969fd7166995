"""Tells which company a lead belongs to, for handoffs by which one rep gets all leads of a company."""

from baton.domain.leads.lead import Lead


def company_of(lead: Lead) -> str | None:
    """Returns the domain of a lead's account or company, such as `acme.com`; None if nothing tells of one.

    A linked account goes first, then the company of the lead's addresses, then the company's domain that is known of
    it. Providers of mail for everybody are no companies, and a company's name alone tells of none.
    """
    if lead.account and lead.account.matched_by != "name":
        return lead.account.domain
    from baton.domain.identity.company_domains import company_domain  # slow, and few handoffs ask  # noqa: PLC0415

    said = [f"@{lead.company.domain}"] if lead.company.domain else []
    return next(filter(None, map(company_domain, (*lead.emails, *said))), None)


def company_key(domain: str) -> str:
    """Returns the key under which a company's rep is stored: a hash, as it may be the domain of one person."""
    from hashlib import sha256  # as above  # noqa: PLC0415

    return sha256(domain.encode()).hexdigest()[:32]
