"""Items of a team: its reps, its log, and its events for the bus. Pools are in `pool_items`."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import team_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.pool_items import pool_from
from baton.domain.basics.moments import iso
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, TeamLog
from baton.domain.teams.team_events import LeadsWaiting, RecordedOfTeam, RosterChanged, event_id_of

REMEMBERED = timedelta(days=90)
_TERMS = {"territories", "calendar", "hours", "time_zone", "away"}


def roster_from(items: Iterable[Mapping[str, Any]]) -> Roster:
    """Reads a team's roster from all items of its partition except events."""
    people, pools, log = list[Rep](), {}, TeamLog()
    for item in items:
        match team_keys.kind_and_name(item):
            case "rep", _:
                people.append(rep_from(item))
            case "pool", name:
                pools[name] = pool_from(item)
            case _:
                log = team_log_from(item)
    return Roster(tuple(people), pools, log)


def rep_from(item: Mapping[str, Any]) -> Rep:
    """Reads a rep from its item; of terms that cannot be read it keeps the text."""
    terms = item.get("terms", {"S": "{}"})["S"]
    try:
        return _rep(item, json.loads(terms))
    except (ValueError, TypeError):
        return _rep(item, {"unread_terms": terms})


def _rep(item: Mapping[str, Any], terms: Mapping[str, Any]) -> Rep:
    return Rep(
        email=item["email"]["S"],
        role=item["role"]["S"],
        weight=item["weight"]["N"],
        capacity=item["capacity"]["N"],
        subscription=item["subscription"]["S"],
        subscription_arn=item.get("subscription_arn", {}).get("S"),
        open_handoffs=item["open_handoffs"]["N"],
        unaccepted_forms=item.get("unaccepted_forms", {}).get("N", 0),
        last_offered_at=item.get("last_offered_at", {}).get("S"),
        **terms,
    )


def team_log_from(item: Mapping[str, Any]) -> TeamLog:
    """Reads a team's log from its item: the number of its last event, its timer, and when that is due."""
    return TeamLog(
        number=item["told"]["N"], timer=item.get("timer", {}).get("S"), due_at=item.get("due_at", {}).get("S")
    )


def put(table: str, team: str, rep: Rep) -> Item:
    """Returns the write of a rep's terms and mail subscription.

    It leaves alone the attributes that handoffs change: how many are open, and when the last one was offered.
    """
    terms = rep.unread_terms or rep.model_dump_json(include=_TERMS, exclude_defaults=True, by_alias=True)
    attributes: Item = {
        "email": {"S": rep.email},
        "role": {"S": rep.role},
        "terms": {"S": terms},
        "weight": {"N": str(rep.weight)},
        "capacity": {"N": str(rep.capacity)},
        "subscription": {"S": rep.subscription},
        **({"subscription_arn": {"S": rep.subscription_arn}} if rep.subscription_arn else {}),
    }
    change = UpdateExpression()
    change.set += [f"{change.name(name)} = {change.value(value)}" for name, value in attributes.items()]
    held = change.name("open_handoffs")
    change.set.append(f"{held} = if_not_exists({held}, {change.value({'N': '0'})})")
    return change.update(table, team_keys.rep(team, rep.email))


def team_event_writes(
    table: str, before: TeamLog, event: RosterChanged | LeadsWaiting, by: str, now: datetime
) -> list[Item]:
    """Returns the writes of a team's next event, if the team has had none since; `LeadsWaiting` sets the timer, too."""
    event_id = event_id_of(event.team, before.number + 1)
    recorded = RecordedOfTeam(event_id=event_id, at=now, by=by, event=event)
    item = team_keys.team_event(event_id) | {
        "type": {"S": event.type},
        "at": {"S": iso(now)},
        "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
        "body": {"S": recorded.model_dump_json(exclude_none=True)},
        "expires_at": {"N": str(int((now + REMEMBERED).timestamp()))},
    }
    change = UpdateExpression()
    change.set.append(f"told = {change.value({'N': str(before.number + 1)})}")
    if isinstance(event, LeadsWaiting):
        change.set.append(f"{change.name('timer')} = {change.value({'S': event_id})}")
        change.set.append(f"due_at = {change.value({'S': iso(event.due_at)})}")
    read = before.number
    as_read = f"told = {change.value({'N': str(read)})}" if read else "attribute_not_exists(told)"
    return [change.update(table, team_keys.team_log(event.team), as_read), {"Put": {"TableName": table, "Item": item}}]
