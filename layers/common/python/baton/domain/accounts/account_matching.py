"""Matches leads with target accounts: by an explicit link, by the domain of the address, or by the company's name."""

from collections.abc import Mapping, Sequence

from baton.domain.accounts.account import Account, AccountMatch, MatchedBy
from baton.domain.accounts.account_events import TargetAccountDelisted, TargetAccountListed
from baton.domain.accounts.company_names import NAME_PREFIX, company_name_keys

MAX_LEVELS = 4


def domains_to_try(email: str) -> tuple[str, ...]:
    """Returns the domains that an address's company may be listed under: its host first, its registrable domain last.

    `ann@eu.acme.com` gives `eu.acme.com` and `acme.com`. At most four; none for an address at a free mail provider.
    """
    from baton.domain.identity.company_domains import company_domain  # slow to import, and not every command needs it  # noqa: PLC0415

    registrable = company_domain(email)
    if registrable is None:
        return ()
    labels = _ascii(email.rpartition("@")[2]).split(".")
    levels = len(labels) - registrable.count(".")
    return tuple(".".join(labels[level:]) for level in range(max(0, levels - MAX_LEVELS), levels))


def normalise_domain(text: str) -> str:
    """Returns a company's domain as it is listed, `https://www.ACME.com/en` as `acme.com`: lower case, ASCII.

    Raises:
        ValueError: it is no company's domain; the text says why, and what to write instead.
    """
    host = text.strip().rpartition("://")[2].partition("/")[0].strip().rstrip(".")
    tried = domains_to_try(f"info@{host}") if "@" not in host else ()
    if not tried:
        raise ValueError("is no company's domain, but a free mail provider's, a suffix or none; write it like acme.com")
    exact = _ascii(host)
    if exact != tried[0]:
        raise ValueError(f"has too many levels; write one with at most {MAX_LEVELS - 1} below the company's own")
    while exact.startswith("www.") and len(tried) > 1:
        exact, tried = tried[1], tried[1:]
    return exact


def _ascii(host: str) -> str:
    import idna  # with the company's domain  # noqa: PLC0415

    return idna.encode(host, uts46=True).decode("ascii").lower().rstrip(".")


def keys_to_try(linked: str | None, domains: Sequence[str], name: str | None) -> tuple[str, ...]:
    """Returns the keys that a lead's account may be listed under, the strongest first: link, domains, `name:acme`."""
    return tuple(dict.fromkeys(key for key in (linked, *domains, *_named(name), *_formerly_named(name)) if key))


def aliases(account: Account) -> tuple[str, ...]:
    """Returns the further keys of an account: its other domains, and those of its name if that is long enough."""
    return tuple(dict.fromkeys((*account.domains, *_named(account.name))))


def former_aliases(account: Account) -> tuple[str, ...]:
    """Returns the key that an account may be stored under besides, if names had other keys when it was saved."""
    return tuple(key for key in _formerly_named(account.name) if key not in _named(account.name))


def companies_of(account: Account) -> tuple[str, ...]:
    """Returns the companies that leads of an account are indexed under: registrable domains, and `name:acme`."""
    domains = {domains_to_try(f"info@{domain}")[-1] for domain in (account.domain, *account.domains)}
    return tuple(sorted(domains.union(_named(account.name), _formerly_named(account.name))))


def _named(name: str | None) -> tuple[str, ...]:
    return tuple(f"{NAME_PREFIX}{key}" for key in company_name_keys(name))


def _formerly_named(name: str | None) -> tuple[str, ...]:
    from baton.domain.accounts.former_names import former_name_key  # only for a name that is compared  # noqa: PLC0415

    key = former_name_key(name)
    return (f"{NAME_PREFIX}{key}",) if key else ()


def match_account(
    found: Mapping[str, Account], linked: str | None, domains: Sequence[str], name: str | None
) -> tuple[Account, AccountMatch] | None:
    """Returns the target account of a lead: by an explicit link, else by the most specific domain, else by the name.

    `found` holds the accounts listed under `keys_to_try`. The first listed key decides, even if its account is no
    target: a subsidiary can be left out, and a lead of a known company is not matched with its namesake.
    """
    for key in keys_to_try(linked, domains, name):
        if account := found.get(key):
            by: MatchedBy = "link" if key == linked else "name" if key.startswith(NAME_PREFIX) else "domain"
            return (account, AccountMatch(domain=account.domain, matched_by=by)) if account.target else None
    return None


def list_event(before: Account | None, after: Account | None) -> TargetAccountListed | TargetAccountDelisted | None:
    """Returns the event of a change to the list, or None if the change can match no further leads and ends no target.

    `TargetAccountListed` follows if more leads may belong to the account, `TargetAccountDelisted` if none do any more.
    """
    was = {before.domain, *aliases(before)} if before and before.target else set()
    now = {after.domain, *aliases(after)} if after and after.target else set()
    if after and now - was:
        return TargetAccountListed(account=after.domain)
    return TargetAccountDelisted(account=before.domain) if before and was and not now else None
