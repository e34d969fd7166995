"""The list of accounts in the table: an account is put in place with all its aliases at once, or not at all."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table import account_items
from baton.aws.table.keys import account_keys, lead_keys
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict
from baton.domain.accounts.account import Account, AccountRefused
from baton.domain.accounts.account_events import RecordedOfAccount
from baton.domain.accounts.account_matching import aliases, list_event
from baton.domain.accounts.company_names import NAME_PREFIX
from baton.domain.basics.moments import iso

PAGE = 25
SHARE_OF_PATIENCE = 0.4
"""Of one account: the last line of an import begins after 18 seconds, and the gateway gives up at 29."""
MAX_DOMAIN = 253
CONTENDED = "too many changed the same account at once; send the same request again"

Item = dict[str, Any]
Items = dict[str, Item]
"""Items as they were read, by the domain or name that they stand under."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An account as it is now, and what putting it there has changed."""

    account: Account
    result: Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Some accounts of the list, and the cursor of the next page, if there is one."""

    accounts: list[Account]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The list that marketing and sales keep."""

    store: Store

    @classmethod
    def from_environment(cls) -> Self:
        """The list of the deployed stack."""
        return cls(Store.from_environment())

    def get(self, domain: str) -> Account | None:
        """The account with this domain, be it its main or a further one."""
        item = self.read([domain]).get(domain, {})
        main = item.get("main", {}).get("S", domain)
        return account_items.account_from(item if main == domain else self.read([main]).get(main, {}))

    def page(self, cursor: str | None) -> AccountPage:
        """A page of the list, by main domain, after the domain that the cursor is.

        Raises:
            CursorInvalid: no list gave this cursor.
        """
        if cursor and len(cursor) > MAX_DOMAIN:
            raise CursorInvalid("this cursor is not from a list; start again without one")
        found = self._index(account_keys.TARGETS, cursor or "", PAGE + 1)
        domains = [account_keys.listed_under(item) for item in found[:PAGE]]
        read = self.read(domains)
        accounts = [account_items.account_from(read.get(domain, {})) for domain in domains]
        return AccountPage([account for account in accounts if account], domains[-1] if len(found) > PAGE else None)

    def leads(self, company: str, after: str) -> list[str]:
        """The ids of some of the leads known of a company, in order, after this one; none if there are no more."""
        return [item["gsi1sk"]["S"] for item in self._index(lead_keys.leads_of_company(company), after, PAGE)]

    def read(self, unders: Iterable[str]) -> Items:
        """What stands under these domains and names now."""
        found = self.store.items([account_keys.account(under) for under in dict.fromkeys(unders)])
        return {account_keys.listed_under(item): item for item in found}

    def put(self, wanted: Account, *, by: str, now: datetime, items: Items | None = None) -> Saved:
        """Put an account in place of what stood there; what is there already is left alone.

        `items` saves reading what was read a moment ago; whatever has changed since is read again.

        Raises:
            AccountRefused: one of its domains, or its name, belongs to another account.
            Contended: too many changed the same account at once.
        """
        read_before = [items] if items is not None else []

        def attempt() -> Saved:
            is_fresh = not read_before
            found = self.read([wanted.domain, *aliases(wanted)]) if is_fresh else read_before.pop()
            if taken := _taken(wanted, found):
                if is_fresh:
                    raise AccountRefused(f"{'; '.join(taken)}. Leave it out here, or change that account first.")
                raise Conflict
            return self._put(wanted, found, by, now)

        return retry_on_conflict(attempt, CONTENDED, SHARE_OF_PATIENCE)

    def _put(self, wanted: Account, items: Items, by: str, now: datetime) -> Saved:
        item = items.get(wanted.domain, {})
        before, read = account_items.account_from(item), _version(item)
        if before and _same(before, wanted):
            return Saved(before, "unchanged")
        alerted_at = before.alerted_at if before else None
        after = wanted.model_copy(update={"version": (read or 0) + 1, "alerted_at": alerted_at})
        writes = [account_items.listed(self.store.table, after, read), *self._aliases(before, after)]
        self.store.write([*writes, *self._event(before, after, by, now)])
        return Saved(after, "changed" if before else "created")

    def remove(self, domain: str, *, by: str, now: datetime) -> None:
        """Take an account off the list, with all that led to it; one that is not listed stays so.

        Raises:
            AccountRefused: it is a further domain of an account.
            Contended: too many changed the same account at once.
        """

        def attempt() -> None:
            before = account_items.account_from(self.read([domain]).get(domain, {}))
            if before is None:
                return
            if before.domain != domain:
                raise AccountRefused(f"{domain} is one of the account {before.domain}; leave it out of its domains")
            writes = [account_items.delisted(self.store.table, before), *self._aliases(before, None)]
            self.store.write([*writes, *self._event(before, None, by, now)])

        retry_on_conflict(attempt, CONTENDED, SHARE_OF_PATIENCE)

    def _index(self, partition: str, after: str, limit: int) -> list[Any]:
        condition, values = "gsi1pk = :partition", {":partition": {"S": partition}}
        if after:
            condition, values = f"{condition} AND gsi1sk > :after", values | {":after": {"S": after}}
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            Limit=limit,
        )
        return list(found["Items"])

    def _aliases(self, before: Account | None, after: Account | None) -> list[Item]:
        had, has = aliases(before) if before else (), aliases(after) if after else ()
        writes = [account_items.aliased(self.store.table, after, under) for under in has] if after else []
        gone = [under for under in had if under not in has]
        return writes + ([account_items.freed(self.store.table, before, under) for under in gone] if before else [])

    def _event(self, before: Account | None, after: Account | None, by: str, now: datetime) -> list[Item]:
        """What follows for leads that are known already, on its way to the bus: with the account's domain only."""
        event = list_event(before, after)
        if event is None:
            return []
        number = after.version if after else before.version + 1 if before else 1
        recorded = RecordedOfAccount(event_id=f"{event.account}-{number:08d}", at=now, by=by, event=event)
        item = account_keys.account_event(event.account, number) | {
            "type": {"S": event.type},
            "at": {"S": iso(now)},
            "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
            "body": {"S": recorded.model_dump_json(exclude_none=True)},
        }
        return [{"Put": {"TableName": self.store.table, "Item": item}}]


def _version(item: Item) -> int | None:
    return int(item["version"]["N"]) if "version" in item else None


def _same(before: Account, wanted: Account) -> bool:
    return before == wanted.model_copy(update={"version": before.version, "alerted_at": before.alerted_at})


def _taken(wanted: Account, items: Items) -> list[str]:
    """Which of an account's domains and name lead to another account already, and to which."""
    taken = []
    for under in (wanted.domain, *aliases(wanted)):
        account = account_items.account_from(items.get(under, {}))
        if account and account.domain != wanted.domain:
            what = f"the name {wanted.name}" if under.startswith(NAME_PREFIX) else under
            taken.append(f"{what} belongs to the account {account.domain} already")
    return taken
