"""Items of target accounts: one under the main domain, and a copy under each alias (further domains, the name).

The copies let one read find a lead together with its account. An item is never deleted: removed from the list, it loses
its `body`, and goes on counting its versions. `alerted_at` and `forms`, which only Baton changes, are attributes of the
main item alone, so that people's edits do not overwrite them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from baton.aws.table.keys import account_keys
from baton.aws.table.keys.item_key import Item, Key
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import keys_to_try
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.moments import iso

OWN = "main = :main"
FREE_OR_OWN = f"(attribute_not_exists(body) OR {OWN})"
"""Conditions: the item belongs to this account, or to none."""


def keys_for(linked: str | None, domains: Sequence[str], name: str | None) -> list[Key]:
    """Returns the keys under which a lead's account could be stored: linked domain, e-mail domains, company name.

    There are eight at most: a name has up to three keys.
    """
    return [account_keys.account(under) for under in keys_to_try(linked, domains, name)]


def account_from(item: Mapping[str, Any]) -> Account | None:
    """Reads an account from its item; None if the account is no longer listed.

    `alerted_at` and `forms` are on the item of the main domain only; `engaged` checks them there.
    """
    if "body" not in item:
        return None
    account = Account.model_validate_json(item["body"]["S"])
    if account_keys.listed_under(item) != account.domain:
        return account
    kept: dict[str, object] = {}
    for name in ("alerted_at", "alerted_by_form_at"):
        if name in item:
            kept[name] = datetime.fromisoformat(item[name]["S"])
    if "forms" in item:
        kept["forms"] = FormHandoffs.model_validate_json(item["forms"]["S"])
    return account.model_copy(update=kept) if kept else account


def found_in(items: Iterable[Mapping[str, Any]]) -> dict[str, Account]:
    """Reads the accounts among some items, by the domain or name of each item's key, as `match_account` takes them."""
    read = {account_keys.listed_under(item): account_from(item) for item in items if account_keys.is_account(item)}
    return {under: account for under, account in read.items() if account}


class Alerted(NamedTuple):
    """An alert to the account's owner, which is given unless another was since `quiet_since`.

    `by_form`: anybody could have caused it, so that it keeps only others of its kind from being given.
    """

    at: datetime
    quiet_since: datetime
    by_form: bool = False


def engaged(table: str, domain: str, alert: Alerted | None, forms: Sequence[FormHandoffs] = ()) -> Item:
    """Returns the write that stores the time of an alert to the account's owner, and what forms did.

    Its condition fails if the account is no longer listed, if an alert was sent after `quiet_since`, or if others have
    changed the counts of forms since they were read. `forms` are the counts after each event of a command, in order.
    """
    changes, conditions, values = list[str](), [OWN], {":main": domain}
    numbers: dict[str, int | None] = {}
    if alert:
        changes.append("alerted_by_form_at = :now" if alert.by_form else "alerted_at = :now")
        kinds = ("alerted_at", "alerted_by_form_at") if alert.by_form else ("alerted_at",)
        conditions += [f"(attribute_not_exists({kind}) OR {kind} <= :quiet_since)" for kind in kinds]
        values |= {":now": iso(alert.at), ":quiet_since": iso(alert.quiet_since)}
    if forms:
        changes.append("forms = :forms, forms_number = :forms_number")
        read, last = forms[0].number - 1, forms[-1]
        conditions.append("forms_number = :forms_read" if read else "attribute_not_exists(forms_number)")
        values[":forms"] = last.model_dump_json(exclude_defaults=True)
        numbers = {"forms_number": last.number, "forms_read": read or None}
    return _update(table, domain, f"SET {', '.join(changes)}", " AND ".join(conditions), values, **numbers)


def listed(table: str, account: Account, read: int | None) -> Item:
    """Returns the write of the main item, if it still has the version that was read (None: it never had one)."""
    index = account_keys.target(account.domain)
    places = ", ".join(f"{name} = :{name}" for name in index)
    change = f"SET main = :main, body = :body, version = :version, {places}"
    condition = f"{FREE_OR_OWN} AND {_as_read(read)}"
    values = {":main": account.domain, ":body": _body(account)}
    values |= {f":{name}": value["S"] for name, value in index.items()}
    return _update(table, account.domain, change, condition, values, version=account.version, read=read)


def delisted(table: str, account: Account) -> Item:
    """Returns the write that takes the main item off the list; its version goes on, so event numbers stay unique."""
    change = (
        "SET version = :version REMOVE main, body, gsi1pk, gsi1sk, alerted_at, alerted_by_form_at, forms, forms_number"
    )
    condition, version = f"{OWN} AND {_as_read(account.version)}", account.version + 1
    values = {":main": account.domain}
    return _update(table, account.domain, change, condition, values, version=version, read=account.version)


def aliased(table: str, account: Account, under: str) -> Item:
    """Returns the write of the copy under an alias."""
    values = {":main": account.domain, ":body": _body(account)}
    return _update(table, under, "SET main = :main, body = :body", FREE_OR_OWN, values)


def freed(table: str, account: Account, under: str) -> Item:
    """Returns the write that empties the copy under an alias."""
    return _update(table, under, "REMOVE main, body", OWN, {":main": account.domain})


def _body(account: Account) -> str:
    return account.model_dump_json(exclude={"alerted_at", "alerted_by_form_at", "forms"}, exclude_none=True)


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
