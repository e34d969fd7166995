"""Target accounts: the companies on the list that marketing and sales keep, and which of them a lead belongs to."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Literal

from baton.agreement.durations import Duration
from baton.domain.account_events import TargetAccountDelisted, TargetAccountListed
from baton.domain.model import Fact, Instant, Refused

MOST_LEVELS = 4
LONGEST_NAME = 200
FEWEST_LETTERS = 3
NAME = "name:"
"""Begins the key of a name, so that it cannot be taken for a domain."""

_LEGAL_FORMS = (
    "ab ag aktiebolag aktiengesellschaft aps as asa bv bvba co company corp corporation doo eg ek ev gbr gmbh inc"
    " incorporated kft kg kgaa kk lda llc llp limited lp ltd ltda mbh nv og ohg oy oyj plc pte pty sa sarl sas sasu sca"
    " se sl slu snc spa srl sro ug zrt"
)
_ENDINGS = frozenset([*_LEGAL_FORMS.split(), "and", "et", "und", "y"])
_IN_POLAND = ("sp", "z", "oo")
_DROPPED = frozenset(".'\u2019")


MatchedBy = Literal["link", "domain", "name"]


class Account(Fact):
    """A company on the list, under its main domain; `domains` are further ones.

    `quiet_for` is how long its owner hears nothing new after an alert (None: as the agreement says), `alerted_at` is
    when the last alert was given. An account with `target` off stays on the list, and nothing follows from it.
    """

    domain: str
    name: str | None = None
    owner: str | None = None
    target: bool = True
    domains: tuple[str, ...] = ()
    quiet_for: Duration | None = None
    alerted_at: Instant | None = None
    version: int = 0


class AccountMatch(Fact):
    """Which account a lead belongs to (its main domain), and what says so; a name says it weakly."""

    domain: str
    matched_by: MatchedBy


class AccountRefused(Refused):
    """A domain or name of the account belongs to another one already."""


def domains_to_try(email: str) -> tuple[str, ...]:
    """Under which domains an address's company may be listed: its host first, its registrable domain last.

    At most four; none for an address that names no company, such as a free mail provider's.
    """
    from baton.domain.company import company_domain  # slow to import, and not every command needs it  # noqa: PLC0415

    registrable = company_domain(email)
    if registrable is None:
        return ()
    labels = _ascii(email.rpartition("@")[2]).split(".")
    levels = len(labels) - registrable.count(".")
    return tuple(".".join(labels[level:]) for level in range(max(0, levels - MOST_LEVELS), levels))


def normalise_domain(text: str) -> str:
    """A company's domain in the one spelling in which it is listed: lower case, ASCII, without scheme, path or `www.`.

    Raises:
        ValueError: no company can be known by it; the text says why, and what to write instead.
    """
    host = text.strip().rpartition("://")[2].partition("/")[0].strip().rstrip(".")
    tried = domains_to_try(f"info@{host}") if "@" not in host else ()
    if not tried:
        raise ValueError("is no company's domain, but a free mail provider's, a suffix or none; write it like acme.com")
    exact = _ascii(host)
    if exact != tried[0]:
        raise ValueError(f"has too many levels; write one with at most {MOST_LEVELS - 1} below the company's own")
    while exact.startswith("www.") and len(tried) > 1:
        exact, tried = tried[1], tried[1:]
    return exact


def _ascii(host: str) -> str:
    import idna  # with the company's domain  # noqa: PLC0415

    return idna.encode(host, uts46=True).decode("ascii").lower().rstrip(".")


def name_to_try(name: str | None) -> str | None:
    """A company's name as it is compared: letters and digits, without legal forms at its end (`Acme, Inc.` is `acme`).

    None if fewer than three letters remain, because too many would share them.
    """
    words = _words(name or "")
    while len(words) > 1 and (ending := _ending(words)):
        words = words[:-ending]
    key = " ".join(words)
    letters = sum(unicodedata.category(sign)[0] == "L" for sign in key)
    return key if letters >= FEWEST_LETTERS and len(key) <= LONGEST_NAME else None


def _words(name: str) -> list[str]:
    """The words of a name; letters that stand alone belong together: `A. P. Moller` is `ap moller`, `A/S` is `as`."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    signs = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded if sign not in _DROPPED)
    runs = groupby("".join(signs).split(), key=lambda word: len(word) == 1)
    return [word for alone, run in runs for word in (["".join(run)] if alone else run)]


def _ending(words: Sequence[str]) -> int:
    """Of how many words the legal form at the end is made; 0 if there is none."""
    if words[-1] in _ENDINGS:
        return 1
    return len(_IN_POLAND) if tuple(words[-3:]) == _IN_POLAND and len(words) > len(_IN_POLAND) else 0


def keys_to_try(linked: str | None, domains: Sequence[str], name_key: str | None) -> tuple[str, ...]:
    """Everything under which a lead's account may be found, the strongest first, each once."""
    named = f"{NAME}{name_key}" if name_key else None
    return tuple(dict.fromkeys(key for key in (linked, *domains, named) if key))


def aliases(account: Account) -> tuple[str, ...]:
    """Under what else an account is found: its further domains, and its name where that is long enough."""
    return keys_to_try(None, account.domains, name_to_try(account.name))


def companies_of(account: Account) -> tuple[str, ...]:
    """Under which companies the leads of an account may be known: registrable domains, and its name."""
    named = name_to_try(account.name)
    domains = {domains_to_try(f"info@{domain}")[-1] for domain in (account.domain, *account.domains)}
    return tuple(sorted(domains | ({f"{NAME}{named}"} if named else set())))


def match(
    found: Mapping[str, Account], linked: str | None, domains: Sequence[str], name_key: str | None
) -> tuple[Account, AccountMatch] | None:
    """The target account that a lead belongs to: an explicit link first, then the most specific domain, then the name.

    `found` is what is listed under each of `keys_to_try`. The first that is listed decides, also when it is no target:
    so one subsidiary may be left out, and who writes from a company that is known is never taken for its namesake.
    """
    for key in keys_to_try(linked, domains, name_key):
        if account := found.get(key):
            by: MatchedBy = "link" if key == linked else "name" if key.startswith(NAME) else "domain"
            return (account, AccountMatch(domain=account.domain, matched_by=by)) if account.target else None
    return None


def what_follows(before: Account | None, after: Account | None) -> TargetAccountListed | TargetAccountDelisted | None:
    """What a change of the list means for leads: some may belong to a target account now that did not before, or it is
    a target account no more; None if nothing follows from it.
    """
    was = {before.domain, *aliases(before)} if before and before.target else set()
    now = {after.domain, *aliases(after)} if after and after.target else set()
    if after and now - was:
        return TargetAccountListed(account=after.domain)
    return TargetAccountDelisted(account=before.domain) if before and was and not now else None
