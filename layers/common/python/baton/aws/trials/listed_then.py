"""Tells which target account a lead belonged to at a moment, by the events of the list, as far as the table has them.

Names and further domains are those of today, because no event says what they were. Of an account that is no longer
listed, only its main domain is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from baton.aws.leads.commands import account_keys_of
from baton.aws.table.account_items import account_from
from baton.aws.table.keys import account_keys
from baton.aws.table.keys.item_key import EVENTS, sort_key_of
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_events import RecordedOfAccount, TargetAccountDelisted, TargetAccountListed
from baton.domain.leads.lead import Lead
from baton.domain.qualification.target_account import target_account_of
from baton.domain.qualification.triggers import TargetAccount


class Change(NamedTuple):
    """A company became a target account (`listed`) at a moment, or is none from then on."""

    at: datetime
    listed: bool


class ListedAccount(NamedTuple):
    """An account as it is listed today, if it is, with the changes of the list in order."""

    domain: str
    today: Account | None
    changes: Sequence[Change]

    def account_at(self, at: datetime) -> Account | None:
        """Returns the account as it was on the list at a moment; None if it was not there."""
        if not self.changes or self.changes[-1].at <= at:
            return self.today
        before = [each.listed for each in self.changes if each.at <= at]
        if not (before[-1] if before else not self.changes[0].listed):
            return None
        return self.today.model_copy(update={"target": True}) if self.today else Account(domain=self.domain)


@dataclass(slots=True)
class ListedThen:
    """Reads the listings of leads' companies once each."""

    store: Store
    _read: dict[str, ListedAccount | None] = field(default_factory=dict)
    _found: dict[tuple[Any, ...], dict[str, ListedAccount]] = field(default_factory=dict)

    def at(self, lead: Lead, at: datetime) -> TargetAccount | None:
        """Returns the target account of a lead at a moment."""
        then = {under: each.account_at(at) for under, each in self._listings(lead).items()}
        listed = {under: account for under, account in then.items() if account}
        return target_account_of(lead, listed) if listed else None

    def came(self, lead: Lead) -> list[datetime]:
        """Returns the moments at which an account of the lead came to the list: known leads are looked at anew then."""
        return [change.at for each in self._listings(lead).values() for change in each.changes if change.listed]

    def _listings(self, lead: Lead) -> dict[str, ListedAccount]:
        told = (lead.account, lead.emails, lead.company.name)
        found = self._found.get(told)
        if found is None:
            read = ((under, self._listing(under)) for under in map(account_keys.listed_under, account_keys_of(lead)))
            found = self._found[told] = {under: listing for under, listing in read if listing}
        return found

    def _listing(self, under: str) -> ListedAccount | None:
        if under not in self._read:
            self._read[under] = self._from_table(under)
        return self._read[under]

    def _from_table(self, under: str) -> ListedAccount | None:
        """Reads the listing of an account under a domain or a name, with the events of its main domain."""
        items = list(
            items_of_pages(
                self.store.dynamodb.query,
                TableName=self.store.table,
                KeyConditionExpression="pk = :account",
                ExpressionAttributeValues={":account": {"S": account_keys.account_partition(under)}},
            )
        )
        account = next((account_from(item) for item in items if account_keys.is_account(item)), None)
        if account and account.domain != under:
            return self._listing(account.domain)
        told = [item["body"]["S"] for item in items if sort_key_of(item).startswith(EVENTS)]
        events = [RecordedOfAccount.model_validate_json(each) for each in told]
        kinds = (TargetAccountListed, TargetAccountDelisted)
        changes = [
            Change(each.at, isinstance(each.event, kinds[0])) for each in events if isinstance(each.event, kinds)
        ]
        as_told = {"alerted_at": None, "alerted_by_form_at": None, "forms": None}  # what has happened since
        today = account and account.model_copy(update=as_told)
        return ListedAccount(under, today, changes) if today or changes else None
