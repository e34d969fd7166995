"""The table: one read gives a lead, one transaction keeps what was decided about it, or nothing of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.account_items import found_in
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.keys import account_keys, item_key, lead_keys, team_keys
from baton.aws.table.lead_writes import Item, RepeatKey, changed, marked, put
from baton.aws.table.query_pages import pages
from baton.aws.table.team_items import rep_from, roster_from, told_from
from baton.aws.table.write_outcomes import Conflict, Repeated, TooMany
from baton.domain.accounts.account import Account
from baton.domain.basics.moments import iso
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.merged_view import merged_history
from baton.domain.leads.lead import Lead
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, TeamLog

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

PAGE = 50
MAX_KEYS = 100
"""As many as DynamoDB reads at once."""


@dataclass(frozen=True, slots=True)
class Store:
    """Leads, their histories and handoffs, and the teams' rosters, in one DynamoDB table."""

    dynamodb: "DynamoDBClient"
    table: str

    @classmethod
    def from_environment(cls) -> Self:
        """The store of the deployed stack."""
        return cls(client("dynamodb"), setting("TABLE_NAME"))

    def lead(self, lead_id: str) -> Lead | None:
        """The lead as it is now, if there is one; for one that was merged into another, that one."""
        return self._standing_for(self.own(lead_id))

    def own(self, lead_id: str) -> Lead | None:
        """The lead with this very id as it is now, if there is one, also if it was merged into another."""
        found = self.dynamodb.get_item(TableName=self.table, Key=lead_keys.lead(lead_id), ConsistentRead=True)
        return _lead_in(found.get("Item"))

    def _standing_for(self, lead: Lead | None) -> Lead | None:
        while lead and lead.merged_into:
            lead = self.own(lead.merged_into)
        return lead

    def lead_and_accounts(
        self, lead_id: str, accounts: Sequence[item_key.Key]
    ) -> tuple[Lead | None, dict[str, Account]]:
        """The lead as it is now, if there is one, and whatever accounts stand under these keys, in one read."""
        if not accounts:
            return self.lead(lead_id), {}
        items = self.items([lead_keys.lead(lead_id), *accounts])
        lead = next((item for item in items if not account_keys.is_account(item)), None)
        return self._standing_for(_lead_in(lead)), found_in(items)

    def seen(self, lead_id: str, repeat: RepeatKey, now: datetime) -> bool:
        """Whether a message was dealt with before."""
        key = lead_keys.seen(lead_id, repeat.source, repeat.message)
        found = self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return "Item" in found and found["Item"]["seen_until"]["S"] > iso(now)

    def attempt(self, lead_id: str, source: str, message: str) -> str | None:
        """By which attempt a message was dealt with, if that was said."""
        found = self.dynamodb.get_item(
            TableName=self.table, Key=lead_keys.seen(lead_id, source, message), ConsistentRead=True
        )
        return found.get("Item", {}).get("attempt", {}).get("S")

    def told_elsewhere(self, lead: Lead, but_to: str, repeats: Sequence[RepeatKey], now: datetime) -> list[int]:
        """Which messages, by their places, were sent before to a lead or to those merged into it, but for `but_to`."""
        ids = {lead.lead_id, *(part.lead_id for part in lead.parts if part.came_with)} - {but_to}
        wanted = [lead_keys.seen(lead_id, each.source, each.message) for each in repeats for lead_id in ids]
        found = [item for item in self.items(wanted) if item["seen_until"]["S"] > iso(now)]
        told = {item["sk"]["S"] for item in found}
        return [
            place
            for place, each in enumerate(repeats)
            if lead_keys.seen(but_to, each.source, each.message)["sk"]["S"] in told
        ]

    def accounts(self, accounts: Sequence[item_key.Key]) -> dict[str, Account]:
        """Whatever accounts stand under these keys."""
        return found_in(self.items(accounts)) if accounts else {}

    def items(self, wanted: Sequence[item_key.Key], *, consistent: bool = True) -> list[Item]:
        """Whatever stands under these keys, however many, in no order; a busy table is asked again for the rest."""
        found: list[Item] = []
        asked: Any = list(wanted)
        while asked:
            request: Any = {self.table: {"Keys": asked[:MAX_KEYS], "ConsistentRead": consistent}}
            answer: Any = self.dynamodb.batch_get_item(RequestItems=request)
            found += answer["Responses"][self.table]
            asked = asked[MAX_KEYS:] + answer["UnprocessedKeys"].get(self.table, {}).get("Keys", [])
        return found

    def history_of(self, lead: Lead, until: int) -> list[Recorded]:
        """The first `until` events of a lead, and those of others that belong to it, each signal once."""
        own = self.whole_history(lead.lead_id, until)
        if not (lead.parts or lead.ceded):
            return own
        return merged_history(
            lead, own, [(each, self.whole_history(each.lead_id, each.until, each.after)) for each in lead.parts]
        )

    def partition(self, lead_id: str, after: str, limit: int) -> Iterator[list[Any]]:
        """Whatever is in a lead's partition after a sort key, in pages of so many items; read as they are asked for."""
        partition = pages(
            self.dynamodb.query,
            TableName=self.table,
            KeyConditionExpression="pk = :lead AND sk > :after",
            ExpressionAttributeValues={":lead": {"S": lead_keys.lead_partition(lead_id)}, ":after": {"S": after}},
            Limit=limit,
            ConsistentRead=True,
        )
        return (page.items for page in partition)

    def whole_history(self, lead_id: str, until: int, after: int = 0) -> list[Recorded]:
        """The first `until` events of a lead, however many; for what cannot be known from the lead alone."""
        history: list[Recorded] = []
        while (last := after + len(history)) < until:
            page = self.history(lead_id, after=last, limit=until - last, consistent=True)
            if not page:
                break
            history += page
        return history

    def history(self, lead_id: str, after: int = 0, limit: int = PAGE, *, consistent: bool = False) -> list[Recorded]:
        """At most `limit` events of a lead, in order, after the `after`th."""
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": f"{item_key.EVENTS}{after + 1:08d}"},
                ":last": {"S": f"{item_key.EVENTS}99999999"},
            },
            Limit=limit,
            ConsistentRead=consistent,
        )
        return [Recorded.model_validate_json(item["body"]["S"]) for item in found["Items"]]

    def roster(self, team: str) -> Roster:
        """Everybody on a team, with how many open handoffs each holds, and whose turn it is."""
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :team AND sk >= :roster",
            ExpressionAttributeValues={
                ":team": {"S": team_keys.team_partition(team)},
                ":roster": {"S": team_keys.ROSTER},
            },
            ConsistentRead=True,
        )
        return roster_from(found["Items"])

    def rep(self, team: str, email: str) -> Rep | None:
        """A person who is, or once was, on a team."""
        found = self.dynamodb.get_item(TableName=self.table, Key=team_keys.rep(team, email), ConsistentRead=True)
        return rep_from(found["Item"]) if "Item" in found else None

    def told(self, team: str) -> TeamLog:
        """What was told of a team, and which timer looks at its lines."""
        found = self.dynamodb.get_item(TableName=self.table, Key=team_keys.told(team), ConsistentRead=True)
        return told_from(found["Item"]) if "Item" in found else TeamLog()

    def save(
        self,
        change: Change,
        repeats: Sequence[RepeatKey] = (),
        ceilings: Sequence[Ceiling] = (),
        *,
        besides: Sequence[Change] = (),
    ) -> None:
        """Keep a change: the lead under its version, its events, the handoff, its owner's count, the repeat keys.

        What changes of other leads `besides` is kept with it, or nothing of it all.

        Raises:
            Conflict: the lead or the roster is not what the decision was made on.
            Repeated: the message was dealt with before.
            TooMany: a ceiling was reached before.
        """
        if change.after is None or change.after == change.before:
            return
        writes = [marked(self.table, change, repeat) for repeat in repeats]
        writes += [each.counted(self.table) for each in ceilings]
        writes += [write for each in (change, *besides) for write in changed(self.table, each)]
        self.write(writes, len(repeats), ceilings)

    def write(self, writes: list[Item], marked: int = 0, ceilings: Sequence[Ceiling] = ()) -> None:
        """Carry out a transaction, of which the first `marked` writes mark messages, and the `ceilings` follow.

        Raises:
            Conflict: a condition does not hold, or another transaction is at work on the same items.
            Repeated: a message was dealt with before.
            TooMany: a ceiling was reached before.
        """
        try:
            self.dynamodb.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]
        except self.dynamodb.exceptions.TransactionCanceledException as cancelled:
            raise _why(cancelled.response, marked, ceilings) from cancelled

    def saved(self, writes: list[Item]) -> bool:
        """Whether a transaction of something else than a lead was saved: nobody was faster."""
        try:
            self.write(writes)
        except Conflict:
            return False
        return True

    def save_once(self, item: Item, ceiling: Ceiling) -> None:
        """Keep something that is no lead, unless it is there, or as many are there as may be.

        Raises:
            Conflict: somebody else counted at the same moment.
            Repeated: it is there.
            TooMany: the ceiling was reached before.
        """
        self.write([self.put(item, "attribute_not_exists(pk)"), ceiling.counted(self.table)], 1, [ceiling])

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        """The part of a transaction that writes an item, under a condition."""
        return put(self.table, item, condition, values)


def _lead_in(item: Any) -> Lead | None:
    """The lead that an item holds; where one is being erased there is none."""
    return Lead.model_validate_json(item["body"]["S"]) if item and "body" in item else None


def _why(response: Any, marked: int = 0, ceilings: Sequence[Ceiling] = ()) -> Exception:
    codes: Sequence[str] = [reason.get("Code", "None") for reason in response.get("CancellationReasons", [])]
    repeated = [place for place, code in enumerate(codes[:marked]) if code == "ConditionalCheckFailed"]
    if repeated:
        return Repeated(repeated)
    counted = zip(ceilings, codes[marked:], strict=False)
    reached = [each.until for each, code in counted if code == "ConditionalCheckFailed"]
    if reached:
        return TooMany(max(reached))
    retryable = {"None", "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError"}
    retryable.add("ProvisionedThroughputExceeded")
    if set(codes) <= retryable:
        return Conflict()
    return RuntimeError(f"the transaction cannot be saved: {sorted(set(codes) - retryable)}")
