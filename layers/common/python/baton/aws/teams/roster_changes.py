"""Saves a change of one person on a team's roster, with its event; marks that people were told of such an event."""

from collections.abc import Callable
from datetime import datetime

from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import team_keys
from baton.aws.table.keys.item_key import sort_key_of
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.team_items import put, team_event_writes
from baton.domain.basics.moments import iso
from baton.domain.teams import managers
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster
from baton.domain.teams.team_events import RosterChanged

SHARE_OF_PATIENCE = 0.4
"""The share for one change: the calls to SNS in the same request take time, too."""
ChangeRep = Callable[[Rep | None], Rep]
"""Returns the changed rep; its argument is the rep now, or None."""


def change_roster(store: Store, team: str, email: str, change: ChangeRep, by: str, now: datetime) -> Roster:
    """Saves a changed rep and an event for the bus in one transaction; an unchanged rep is not written.

    Returns the roster with the changed rep.

    Raises:
        Contended: the roster changed at every attempt.
    """

    def attempt() -> Roster:
        roster = store.roster(team)
        before = roster.rep(email)
        rep = change(before)
        after = roster.with_rep(rep)
        if rep != before:
            event = RosterChanged(team=team, lost_managers=managers.loses_managers(roster, after))
            store.write([put(store.table, team, rep), *team_event_writes(store.table, roster.log, event, by, now)])
        return after

    contended = "too many changed the roster at once; send the same request again"
    return retry_on_conflict(attempt, contended, SHARE_OF_PATIENCE)


def is_to_be_told(store: Store, team: str, event_id: str) -> bool:
    """Tells whether nobody was told of a team's event before; not of one that is not stored any more."""
    event = team_keys.team_event(event_id)
    found = store.dynamodb.query(
        TableName=store.table,
        KeyConditionExpression="pk = :team AND sk = :event",
        ExpressionAttributeValues={
            ":team": {"S": team_keys.team_partition(team)},
            ":event": {"S": sort_key_of(event)},
        },
        ConsistentRead=True,
    )
    return any("told_at" not in item for item in found["Items"])


def mark_told(store: Store, event_id: str, now: datetime) -> None:
    """Marks that people were told of a team's event."""
    change = UpdateExpression()
    change.set.append(f"told_at = {change.value({'S': iso(now)})}")
    store.try_write([change.update(store.table, team_keys.team_event(event_id), "attribute_exists(pk)")])
