"""What the table keeps of an account: one item under its main domain, and the same content under each of its aliases,
so that a lead's account is found in the very read that finds the lead.

Nothing is deleted: an item that is free again has lost its `body`, and goes on counting its versions. What only Baton
changes, `alerted_at`, stands beside the content and on the main item only, so that no two writers overwrite each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from baton.aws.table.keys import account_keys, item_key
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import keys_to_try
from baton.domain.basics.moments import iso

Item = dict[str, Any]

MINE = "main = :main"
FREE_OR_MINE = f"(attribute_not_exists(body) OR {MINE})"


def keys_for(linked: str | None, domains: Sequence[str], name_key: str | None) -> list[item_key.Key]:
    """The keys of all items that may tell the account of a lead; at most six."""
    return [account_keys.account(under) for under in keys_to_try(linked, domains, name_key)]


def account_from(item: Mapping[str, Any]) -> Account | None:
    """The account that an item tells of; None if nothing is listed there any more.

    `alerted_at` is known on the item of the main domain only; `alerted` asks again there.
    """
    if "body" not in item:
        return None
    account = Account.model_validate_json(item["body"]["S"])
    alerted_at = item.get("alerted_at", {}).get("S")
    if alerted_at is None or account_keys.listed_under(item) != account.domain:
        return account
    return account.model_copy(update={"alerted_at": datetime.fromisoformat(alerted_at)})


def found_in(items: Iterable[Mapping[str, Any]]) -> dict[str, Account]:
    """The accounts in the items that were read, by the domain or name they were found by, for `match_account`."""
    read = {account_keys.listed_under(item): account_from(item) for item in items if account_keys.is_account(item)}
    return {under: account for under, account in read.items() if account}


def alerted(table: str, domain: str, now: datetime, quiet_since: datetime) -> Item:
    """The part of a transaction that remembers an alert; it is refused where the account has left the list meanwhile,
    or its owner heard of it after `quiet_since`.
    """
    condition = f"{MINE} AND (attribute_not_exists(alerted_at) OR alerted_at <= :quiet_since)"
    values = {":main": domain, ":now": iso(now), ":quiet_since": iso(quiet_since)}
    return _update(table, domain, "SET alerted_at = :now", condition, values)


def listed(table: str, account: Account, read: int | None) -> Item:
    """Put the main item in place, if it still has the version that was read (None: it never had one)."""
    index = account_keys.target(account.domain)
    change = "SET main = :main, body = :body, version = :version, gsi1pk = :targets, gsi1sk = :main"
    condition = f"{FREE_OR_MINE} AND {_as_read(read)}"
    values = {":main": account.domain, ":body": _body(account), ":targets": index["gsi1pk"]["S"]}
    return _update(table, account.domain, change, condition, values, version=account.version, read=read)


def delisted(table: str, account: Account) -> Item:
    """Free the main item; its version goes on, so that no event of it has the number of another."""
    change = "SET version = :version REMOVE main, body, gsi1pk, gsi1sk, alerted_at"
    condition, version = f"{MINE} AND {_as_read(account.version)}", account.version + 1
    values = {":main": account.domain}
    return _update(table, account.domain, change, condition, values, version=version, read=account.version)


def aliased(table: str, account: Account, under: str) -> Item:
    """Let a further domain or a name lead to the account."""
    values = {":main": account.domain, ":body": _body(account)}
    return _update(table, under, "SET main = :main, body = :body", FREE_OR_MINE, values)


def freed(table: str, account: Account, under: str) -> Item:
    """Let a further domain or a name lead nowhere any more."""
    return _update(table, under, "REMOVE main, body", MINE, {":main": account.domain})


def _body(account: Account) -> str:
    return account.model_dump_json(exclude={"alerted_at"}, exclude_none=True)


def _as_read(read: int | None) -> str:
    return "attribute_not_exists(version)" if read is None else "version = :read"


def _update(
    table: str, under: str, change: str, condition: str, values: Mapping[str, str], **numbers: int | None
) -> Item:
    given = {f":{name}": {"N": str(number)} for name, number in numbers.items() if number is not None}
    return {
        "Update": {
            "TableName": table,
            "Key": account_keys.account(under),
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": text} for name, text in values.items()} | given,
        }
    }
