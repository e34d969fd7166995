"""Reads leads, histories and rosters from the table, and saves each decision on a lead in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.account_items import found_in
from baton.aws.table.item_writes import put_item
from baton.aws.table.keys import account_keys, lead_keys, team_keys
from baton.aws.table.keys.item_key import Item, Key, sort_key_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.pool_items import company_from
from baton.aws.table.query_pages import items_of_pages, pages
from baton.aws.table.team_items import rep_from, roster_from, team_log_from
from baton.aws.table.write_outcomes import ConditionFailed, why_cancelled
from baton.domain.accounts.account import Account
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import CompanyTurn
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, TeamLog

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

    from baton.aws.table.form_limits import Ceiling
    from baton.aws.table.lead_writes import RepeatKey
    from baton.domain.events.recorded import Recorded
    from baton.domain.history.change import Change

PAGE = 50
MAX_KEYS = 100
"""DynamoDB reads at most so many items in one request."""


@dataclass(frozen=True, slots=True)
class Store:
    """The DynamoDB table of leads, their histories and handoffs, and the teams' rosters."""

    dynamodb: "DynamoDBClient"
    table: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the table of the deployed stack."""
        return cls(client("dynamodb"), setting("TABLE_NAME"))

    def lead(self, lead_id: str) -> Lead | None:
        """Reads a lead; for a lead that was merged into another, reads that one."""
        return self._merged_into(self.lead_itself(lead_id))

    def lead_itself(self, lead_id: str) -> Lead | None:
        """Reads the lead with exactly this id, even if it was merged into another."""
        found = self.dynamodb.get_item(TableName=self.table, Key=lead_keys.lead(lead_id), ConsistentRead=True)
        return _lead_in(found.get("Item"))

    def _merged_into(self, lead: Lead | None) -> Lead | None:
        while lead and lead.merged_into:
            lead = self.lead_itself(lead.merged_into)
        return lead

    def lead_and_accounts(self, lead_id: str, accounts: Sequence[Key]) -> tuple[Lead | None, dict[str, Account]]:
        """Reads a lead, and the accounts with these keys, in one request; a merged lead as `lead` does."""
        if not accounts:
            return self.lead(lead_id), {}
        items = self.items([lead_keys.lead(lead_id), *accounts])
        lead = next((item for item in items if not account_keys.is_account(item)), None)
        return self._merged_into(_lead_in(lead)), found_in(items)

    def is_repeat(self, lead_id: str, repeat: "RepeatKey", now: datetime) -> bool:
        """Tells whether a message was processed before."""
        key = lead_keys.seen(lead_id, repeat.source, repeat.message)
        found = self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return "Item" in found and found["Item"]["seen_until"]["S"] > iso(now)

    def attempt_of(self, lead_id: str, source: str, message: str) -> str | None:
        """Returns the name of the attempt that processed a message, if it has one."""
        found = self.dynamodb.get_item(
            TableName=self.table, Key=lead_keys.seen(lead_id, source, message), ConsistentRead=True
        )
        return found.get("Item", {}).get("attempt", {}).get("S")

    def repeats_elsewhere(self, lead: Lead, lead_id: str, repeats: "Sequence[RepeatKey]", now: datetime) -> list[int]:
        """Returns the positions of messages that the other ids of a merged lead, not `lead_id`, processed before."""
        others = {lead.lead_id, *(part.lead_id for part in lead.parts if part.came_with)} - {lead_id}
        keys = [lead_keys.seen(other, each.source, each.message) for each in repeats for other in others]
        marks = {sort_key_of(item) for item in self.items(keys) if item["seen_until"]["S"] > iso(now)}
        return [
            place
            for place, each in enumerate(repeats)
            if sort_key_of(lead_keys.seen(lead_id, each.source, each.message)) in marks
        ]

    def accounts(self, accounts: Sequence[Key]) -> dict[str, Account]:
        """Reads the accounts with these keys, by domain or name."""
        return found_in(self.items(accounts)) if accounts else {}

    def items(self, keys: Sequence[Key], *, consistent: bool = True) -> list[Item]:
        """Reads the items with these keys, in no order; keys that a busy table left out are requested after a pause.

        Raises:
            Contended: the table left out some at every attempt.
        """
        found: list[Item] = []
        left: Any = list(keys)
        attempts: Iterator[int] | None = None
        while left:
            request: Any = {self.table: {"Keys": left[:MAX_KEYS], "ConsistentRead": consistent}}
            answer: Any = self.dynamodb.batch_get_item(RequestItems=request)
            found += answer["Responses"].get(self.table, [])
            left_out = answer["UnprocessedKeys"].get(self.table, {}).get("Keys", [])
            left = left[MAX_KEYS:] + left_out
            if left_out:
                from baton.aws.table.retries import wait_for_table  # most reads need none  # noqa: PLC0415

                attempts = wait_for_table(attempts)
        return found

    def lead_bodies(self, items: Sequence[Item]) -> dict[str, str | bytes]:
        """Reads the leads that items of an index are about, as JSON, by lead id; erased leads are left out.

        The index holds keys only, so that it is not rewritten with every change of a lead.
        """
        keys = {lead_id: lead_keys.lead(lead_id) for lead_id in map(lead_keys.lead_id_of, items)}
        found = self.items(list(keys.values()), consistent=False)
        return {lead_keys.lead_id_of(item): unpacked(item["body"]) for item in found if "body" in item}

    def history_of(self, lead: Lead, until: int) -> "list[Recorded]":
        """Reads a lead's first `until` events, and those of merged leads that belong to it, each signal once."""
        own = self.whole_history(lead.lead_id, until)
        if not (lead.parts or lead.ceded):
            return own
        from baton.domain.history.merged_view import merged_history  # few leads are merged  # noqa: PLC0415

        return merged_history(
            lead, own, [(each, self.whole_history(each.lead_id, each.until, each.after)) for each in lead.parts]
        )

    def partition(self, lead_id: str, after: str, limit: int) -> Iterator[list[Any]]:
        """Yields the items of a lead's partition after a sort key, in pages of `limit`, each read when it is taken."""
        partition = pages(
            self.dynamodb.query,
            TableName=self.table,
            KeyConditionExpression="pk = :lead AND sk > :after",
            ExpressionAttributeValues={":lead": {"S": lead_keys.lead_partition(lead_id)}, ":after": {"S": after}},
            Limit=limit,
            ConsistentRead=True,
        )
        return (page.items for page in partition)

    def whole_history(self, lead_id: str, until: int, after: int = 0, *, consistent: bool = True) -> "list[Recorded]":
        """Reads the events of a lead with numbers above `after` up to `until`, in as many queries as that takes."""
        history: list[Recorded] = []
        while (last := after + len(history)) < until:
            page, is_cut = self.history_part(lead_id, last, until - last, consistent=consistent)
            history += page
            if not is_cut:
                break
        return history

    def events(self, lead_id: str, numbers: Iterable[int]) -> "list[Recorded]":
        """Reads the events of a lead with these numbers, in no order."""
        from baton.domain.events.recorded import Recorded, event_id_of  # as below  # noqa: PLC0415

        keys = [lead_keys.event(event_id_of(lead_id, number)) for number in sorted(numbers)]
        return [Recorded.model_validate_json(unpacked(item["body"])) for item in self.items(keys)]

    def history(self, lead_id: str, after: int = 0, limit: int = PAGE, *, consistent: bool = False) -> "list[Recorded]":
        """Reads at most `limit` events of a lead, in order, with numbers above `after`; fewer if they are large."""
        return self.history_part(lead_id, after, limit, consistent=consistent)[0]

    def history_part(
        self, lead_id: str, after: int, limit: int, *, consistent: bool = False
    ) -> "tuple[list[Recorded], bool]":
        """Reads the same, and tells whether there may be more; DynamoDB reads a megabyte at most at once."""
        from baton.domain.events.recorded import Recorded  # who reads a lead alone needs no event  # noqa: PLC0415

        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": lead_keys.event_sort_key(after + 1)},
                ":last": {"S": lead_keys.event_sort_key(lead_keys.MAX_EVENTS)},
            },
            Limit=limit,
            ConsistentRead=consistent,
        )
        items, is_cut = found["Items"], "LastEvaluatedKey" in found
        return [Recorded.model_validate_json(unpacked(item["body"])) for item in items], is_cut

    def roster(self, team: str) -> Roster:
        """Reads a team's roster: its reps with their open handoffs, its pools with whose turn it is, and its log."""
        found = items_of_pages(
            self.dynamodb.query,
            TableName=self.table,
            KeyConditionExpression="pk = :team AND sk >= :roster",
            ExpressionAttributeValues={
                ":team": {"S": team_keys.team_partition(team)},
                ":roster": {"S": team_keys.ROSTER},
            },
            ConsistentRead=True,
        )
        return roster_from(found)

    def company(self, team: str, company: str) -> CompanyTurn:
        """Reads which rep has a company's leads on a team; `company` is its key."""
        sort_key = sort_key_of(team_keys.company(team, company))
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :team AND sk = :company",
            ExpressionAttributeValues={":team": {"S": team_keys.team_partition(team)}, ":company": {"S": sort_key}},
            ConsistentRead=True,
        )
        return company_from(company, found["Items"])

    def rep(self, team: str, email: str) -> Rep | None:
        """Reads a rep who is, or was, on a team."""
        found = self.dynamodb.get_item(TableName=self.table, Key=team_keys.rep(team, email), ConsistentRead=True)
        return rep_from(found["Item"]) if "Item" in found else None

    def team_log(self, team: str) -> TeamLog:
        """Reads a team's log: the number of its last event, and the timer of its waiting lines."""
        found = self.dynamodb.get_item(TableName=self.table, Key=team_keys.team_log(team), ConsistentRead=True)
        return team_log_from(found["Item"]) if "Item" in found else TeamLog()

    def save(self, change: "Change", repeats: "Sequence[RepeatKey]" = (), *, others: "Sequence[Change]" = ()) -> None:
        """Saves a change in one transaction: the lead with its version, events, handoff, counters, and repeat marks.

        The changes of `others`, which are other leads, are part of the same transaction. A change without events, such
        as signals counted anew, leaves no repeat marks: nothing was done that a repeat could do again.

        Raises:
            Conflict: the lead or the roster has changed since the decision was made.
            Repeated: a message was processed before.
        """
        if change.after is None or change.after == change.before:
            return
        from baton.aws.table.lead_writes import change_writes, repeat_mark  # who reads needs none  # noqa: PLC0415

        kept = repeats if change.events else ()
        marks = [repeat_mark(self.table, change.lead_id, each, change.events[0].at) for each in kept]
        writes = [write for each in (change, *others) for write in change_writes(self.table, each)]
        self.write([*marks, *writes], len(marks))

    def write(self, writes: list[Item], marks: int = 0, ceilings: "Sequence[Ceiling]" = ()) -> None:
        """Carries out a transaction; its first `marks` writes are repeat marks, and those of the `ceilings` follow.

        Raises:
            Conflict: a condition does not hold, or another transaction is changing the same items.
            Repeated: a message was processed before.
            TooMany: a limit was reached.
        """
        try:
            self.dynamodb.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]
        except self.dynamodb.exceptions.TransactionCanceledException as cancelled:
            raise why_cancelled(cancelled.response, marks, ceilings) from cancelled

    def try_write(self, writes: list[Item]) -> bool:
        """Carries out a transaction; returns False if a condition of its writes does not hold.

        Raises:
            Contended: another transaction, or a busy table, was in its way at every attempt.
        """
        from baton.aws.table.retries import SHARE_WITHIN, retry_on_conflict  # who reads needs none  # noqa: PLC0415

        def attempt() -> bool:
            try:
                self.write(writes)
            except ConditionFailed:
                return False
            return True

        return retry_on_conflict(attempt, "too many write the same at once; send the same request again", SHARE_WITHIN)

    def save_new(self, item: Item, ceiling: "Ceiling") -> None:
        """Saves a new item and counts it.

        Raises:
            Conflict: another one was counted at the same moment.
            Repeated: an item with this key exists.
            TooMany: the limit was reached.
        """
        counts = {"Update": ceiling.one_more(self.table)}
        self.write([self.put(item, "attribute_not_exists(pk)"), counts], 1, [ceiling])

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        """Returns the write of an item, under a condition."""
        return put_item(self.table, item, condition, values)


def _lead_in(item: Any) -> Lead | None:
    """Parses the item of a lead; None if it is missing or being erased."""
    return Lead.model_validate_json(unpacked(item["body"])) if item and "body" in item else None
