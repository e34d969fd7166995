"""The stretches of index 1 in which an asked list of leads stands."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.aws.lists.asked_list import AskedList
from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.leads.stage_and_status import Status

if TYPE_CHECKING:
    from baton.domain.accounts.account import Account


class Stretch(NamedTuple):
    """A stretch of a partition of index 1, from one rank to another."""

    partition: str
    first: str = BEFORE_ALL
    last: str = AFTER_ALL


def account_asked_for(asked: AskedList, store: Store) -> "Account | None":
    """Reads the account of which a list is; its leads name it by its main domain, whichever of them was asked for."""
    if asked.account is None:
        return None
    from baton.aws.accounts.account_list import Accounts  # few lists are of an account  # noqa: PLC0415

    return Accounts(store).get(asked.account)


def stretches(
    asked: AskedList, account: "Account | None", agreement: Agreement, store: Store, now: datetime
) -> list[Stretch]:
    """Returns where the leads of a list stand; some that stand there may not be meant.

    The shortest list that is named is read: that of an owner, of an account, of the people of a team, of a queue.
    """
    due = iso(now) if asked.overdue else AFTER_ALL
    if asked.owner == handoff_keys.NOBODY:
        return [_waiting(team) for team in asked.teams] or [_waiting(None)]
    if asked.owner:
        return [Stretch(handoff_keys.worklist(asked.owner), last=due)]
    if asked.account:
        return [Stretch(lead_keys.leads_of_company(each)) for each in _companies(asked.account, account)]
    if asked.teams or asked.overdue:
        return list(_of_teams(_teams(asked, agreement), agreement, store, due))
    return [Stretch(lead_keys.queue(str(asked.queue), shard)) for shard in range(lead_keys.QUEUE_SHARDS)]


def _waiting(team: str | None) -> Stretch:
    nobody = handoff_keys.worklist(None)
    return Stretch(nobody, handoff_keys.before_team(team), handoff_keys.after_team(team)) if team else Stretch(nobody)


def _companies(domain: str, account: "Account | None") -> list[str]:
    """Returns the names that index 1 has an account's leads under."""
    from baton.domain.accounts.account_matching import companies_of  # few lists are of one  # noqa: PLC0415

    return list(companies_of(account)) if account else [domain]


def _teams(asked: AskedList, agreement: Agreement) -> Iterable[str]:
    """Returns the teams whose people may owe the leads of a list something."""
    if asked.teams:
        return asked.teams
    if asked.queue is None:
        return agreement.rosters
    sales = [team for team in agreement.rosters if team != agreement.marketing.team]
    return sales if asked.queue is Status.WITH_SALES else [agreement.marketing.team]


def _of_teams(teams: Iterable[str], agreement: Agreement, store: Store, due: str) -> Iterator[Stretch]:
    """Yields a worklist for each person, and one for all duties of marketing; each by due time; and the lines."""
    holders: dict[str, None] = {}
    for team in teams:
        if team == agreement.marketing.team:
            holders[team] = None
        else:
            holders |= dict.fromkeys(rep.email for rep in store.roster(team))
            yield _waiting(team)
    yield from (Stretch(handoff_keys.worklist(holder), last=due) for holder in holders)
