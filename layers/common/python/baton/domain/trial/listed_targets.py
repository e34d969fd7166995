"""Tells which target account a lead belonged to at a moment, by a list that says from when to when each was listed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import aliases, keys_to_try
from baton.domain.leads.lead import Lead
from baton.domain.qualification.target_account import email_domains, linked_domain, target_account_of
from baton.domain.qualification.triggers import TargetAccount


class Listing(NamedTuple):
    """An account that was listed from `since` on and before `until`; None: it always was, or still is."""

    account: Account
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tells whether the account was listed at a moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class ListedTargets:
    """The list of target accounts with its past. One account may be listed several times, one after the other."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._under: dict[str, list[Listing]] = {}
        for listing in listings:
            for key in dict.fromkeys((listing.account.domain, *aliases(listing.account))):
                self._under.setdefault(key, []).append(listing)
        self._last: tuple[object, dict[str, list[Listing]]] = (None, {})

    def at(self, lead: Lead, at: datetime) -> TargetAccount | None:
        """Returns the target account of a lead by the list as it was at a moment."""
        then = {
            key: listing.account
            for key, listings in self._of(lead).items()
            for listing in listings
            if listing.holds(at)
        }
        return target_account_of(lead, then) if then else None

    def came(self, domains: Sequence[str], names: Iterable[str]) -> list[datetime]:
        """Returns the moments at which an account of these domains or names came to the list.

        The product looks at the leads that it knows of the company then.
        """
        keys = {key for name in (None, *names) for key in keys_to_try(None, domains, name)}
        listings = [listing for key in keys for listing in self._under.get(key, ())]
        return sorted({listing.since for listing in listings if listing.since and listing.account.target})

    def _of(self, lead: Lead) -> dict[str, list[Listing]]:
        """Returns the listings of a lead's company; they are found anew only if its addresses or names change."""
        told = (linked_domain(lead), lead.emails, lead.company.name)
        if self._last[0] != told:
            keys = keys_to_try(told[0], email_domains(lead), told[2])
            self._last = told, {key: self._under[key] for key in keys if key in self._under}
        return self._last[1]
