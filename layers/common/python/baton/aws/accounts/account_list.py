"""The list of target accounts in the table; an account is saved with all its aliases in one transaction."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table import account_items
from baton.aws.table.keys import account_keys, lead_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict
from baton.domain.accounts.account import Account, AccountRefused, check_account_version
from baton.domain.accounts.account_events import RecordedOfAccount
from baton.domain.accounts.account_matching import aliases, former_aliases, list_event
from baton.domain.accounts.company_names import NAME_PREFIX
from baton.domain.basics.moments import iso

PAGE = 25
SHARE_OF_PATIENCE = 0.4
"""The share for one account: the last row of an import begins after 18 seconds; the gateway's limit is 29."""
MAX_DOMAIN = 253
CONTENDED = "too many changed the same account at once; send the same request again"

Items = dict[str, Item]
"""Items that were read, by the domain or name of their key."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An account after it was saved, and whether that created or changed it."""

    account: Account
    result: Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of the list: accounts, and the cursor of the next page, None on the last."""

    accounts: list[Account]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The list of target accounts, which marketing and sales maintain."""

    store: Store

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the list of the deployed stack."""
        return cls(Store.from_environment())

    def get(self, domain: str) -> Account | None:
        """Reads the account with this domain, its main or a further one."""
        item = self.read([domain]).get(domain, {})
        main = item.get("main", {}).get("S", domain)
        return account_items.account_from(item if main == domain else self.read([main]).get(main, {}))

    def page(self, cursor: str | None) -> AccountPage:
        """Reads a page of the list, sorted by main domain; the cursor is the last domain of the page before.

        Raises:
            CursorInvalid: it is no cursor of this list.
        """
        if cursor and len(cursor) > MAX_DOMAIN:
            raise CursorInvalid("this cursor is not from a list; start again without one")
        found = self._index(account_keys.TARGETS, cursor or "", PAGE + 1)
        domains = [account_keys.listed_under(item) for item in found[:PAGE]]
        read = self.read(domains)
        accounts = [account_items.account_from(read.get(domain, {})) for domain in domains]
        return AccountPage([account for account in accounts if account], domains[-1] if len(found) > PAGE else None)

    def leads(self, company: str, after: str) -> list[str]:
        """Reads the ids of the next leads of a company, in order, after the id `after`; empty at the end."""
        found = self._index(lead_keys.leads_of_company(company), after, PAGE)
        return list(dict.fromkeys(map(lead_keys.lead_id_of, found)))  # of several events that named it

    def read(self, unders: Iterable[str]) -> Items:
        """Reads the items of these domains and names."""
        found = self.store.items([account_keys.account(under) for under in dict.fromkeys(unders)])
        return {account_keys.listed_under(item): item for item in found}

    def put(
        self, wanted: Account, *, by: str, now: datetime, version: int | None = None, items: Items | None = None
    ) -> Saved:
        """Saves an account; if it is the same as the stored one, nothing is written.

        `version` is the one that the change was made from; None replaces any. `items` are items that the caller has
        just read; if they are outdated, they are read again.

        Raises:
            AccountRefused: one of its domains, or its name, belongs to another account.
            Refused: the stored account has another version than `version`, and says something else.
            Contended: the account changed at every attempt.
        """
        read_before = [items] if items is not None else []

        def attempt() -> Saved:
            is_fresh = not read_before
            found = self.read([wanted.domain, *aliases(wanted)]) if is_fresh else read_before.pop()
            if taken := _names_of_other_accounts(wanted, found):
                if is_fresh:
                    raise AccountRefused(f"{'; '.join(taken)}. Leave it out here, or change that account first.")
                raise Conflict
            return self._put(wanted, found, version, by, now)

        return retry_on_conflict(attempt, CONTENDED, SHARE_OF_PATIENCE)

    def _put(self, wanted: Account, items: Items, version: int | None, by: str, now: datetime) -> Saved:
        item = items.get(wanted.domain, {})
        before, read = account_items.account_from(item), _version(item)
        if before and _same(before, wanted) and _is_under_all_names(wanted, items):
            return Saved(before, "unchanged")
        check_account_version(before, version)
        after = wanted.model_copy(update={"version": (read or 0) + 1, **_kept(before)})
        writes = [account_items.listed(self.store.table, after, read), *self._aliases(before, after)]
        self.store.write([*writes, *self._event(_as_found(before, wanted, items), after, by, now)])
        return Saved(after, "changed" if before else "created")

    def remove(self, domain: str, *, by: str, now: datetime) -> None:
        """Removes an account and its aliases from the list; if it is not listed, nothing changes.

        Raises:
            AccountRefused: the domain is not the main one of its account.
            Contended: the account changed at every attempt.
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
        new = aliases(after) if after else ()
        writes = [account_items.aliased(self.store.table, after, under) for under in new] if after else []
        if before is None:
            return writes
        gone = [under for under in (*aliases(before), *former_aliases(before)) if under not in new]
        own = [under for under, item in (self.read(gone) if gone else {}).items() if _belongs_to(item, before)]
        return writes + [account_items.freed(self.store.table, before, under) for under in own]

    def _event(self, before: Account | None, after: Account | None, by: str, now: datetime) -> list[Item]:
        """Builds the write of the event by which the account's existing leads are evaluated again, if there is one."""
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
    return before == wanted.model_copy(update={"version": before.version, **_kept(before)})


def _kept(account: Account | None) -> dict[str, object]:
    """Returns what only Baton changes of an account, so that no edit of the list does."""
    return {name: getattr(account, name, None) for name in ("alerted_at", "alerted_by_form_at", "forms")}


def _belongs_to(item: Item, account: Account) -> bool:
    return "body" in item and item.get("main", {}).get("S") == account.domain


def _is_under_all_names(account: Account, items: Items) -> bool:
    """Tells whether an account is stored under all its keys; one that was saved when names had others is not."""
    return all(_belongs_to(items.get(under, {}), account) for under in aliases(account))


def _as_found(before: Account | None, wanted: Account, items: Items) -> Account | None:
    """Returns the account as leads found it: without its name, if it is not stored under the name's keys of today."""
    if before is None or before.name != wanted.name or _is_under_all_names(before, items):
        return before
    return before.model_copy(update={"name": None})


def _names_of_other_accounts(wanted: Account, items: Items) -> list[str]:
    """Describes which of an account's domains and name belong to another account."""
    taken = []
    for under in (wanted.domain, *aliases(wanted)):
        account = account_items.account_from(items.get(under, {}))
        if account and account.domain != wanted.domain:
            what = f"the name {wanted.name}" if under.startswith(NAME_PREFIX) else under
            taken.append(f"{what} belongs to the account {account.domain} already")
    return taken
