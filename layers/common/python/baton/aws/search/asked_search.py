"""Reads from a query whom somebody searches for, and finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from baton.aws.lists.asked_list import MAX_PAGE, PAGE
from baton.aws.runtime.secrets import Secrets
from baton.aws.search.lead_search import Found, LeadSearch
from baton.aws.table.store import Store
from baton.aws.web.http import Problem
from baton.aws.web.page_limits import page_limit
from baton.domain.search.queries import QueryRefused

SEARCHES = ("q", "email")
BESIDES = ("limit", "format")


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """Searches for what queries ask."""

    search: LeadSearch

    @classmethod
    def of(cls, store: Store) -> Self:
        """Searches in this table, with the secrets of the deployed stack."""
        return cls(LeadSearch(store, Secrets.from_environment()))

    def found_by(self, query: Mapping[str, str], me: str) -> Found:
        """Returns the leads that a query with `q` or `email` finds; `me` is the address of the caller.

        Raises:
            Problem: nothing can be searched for that, or it asks for a list as well (422).
        """
        given = {name: value for name, value in query.items() if value}
        if further := sorted(given.keys() - {*BESIDES} - {next(name for name in SEARCHES if name in given)}):
            raise Problem(422, "search, or ask for a list", [(name, "is for lists; leave it out") for name in further])
        number = page_limit(given.get("limit"), PAGE, MAX_PAGE)
        try:
            email = given.get("email")
            found = self.search.by_address(email) if email else self.search.by_words(given["q"], me)
            return Found(found.leads[:number], more=found.more or len(found.leads) > number)
        except QueryRefused as fault:
            raise Problem(422, "nothing can be searched for that", [("q", str(fault))]) from fault
        except ValueError as fault:
            raise Problem(422, "nothing can be searched for that", [("email", f"is no address: {fault}")]) from fault
