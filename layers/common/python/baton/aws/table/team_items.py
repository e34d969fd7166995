"""What the table keeps of a team beside its turns: the people, and what was told of it, on its way to the bus."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from baton.aws.table.keys import team_keys
from baton.aws.table.turn_items import Expression, pool_from
from baton.domain.basics.moments import iso
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, TeamLog
from baton.domain.teams.team_events import LeadsWaiting, RecordedOfTeam, RosterChanged, event_id_of

Item = dict[str, Any]

REMEMBERED = timedelta(days=90)
_TERMS = {"territories", "calendar", "hours", "time_zone", "away"}


def roster_from(items: Iterable[Mapping[str, Any]]) -> Roster:
    """A team's roster, from all that stands in its partition but its events."""
    people, pools, told = list[Rep](), {}, TeamLog()
    for item in items:
        what, _, name = item["sk"]["S"].partition("#")
        match what:
            case "REP":
                people.append(rep_from(item))
            case "TURNS":
                pools[name] = pool_from(item)
            case _:
                told = told_from(item)
    return Roster(tuple(people), pools, told)


def rep_from(item: Mapping[str, Any]) -> Rep:
    """A person on the roster, as the table keeps them."""
    return Rep(
        email=item["email"]["S"],
        role=item["role"]["S"],
        weight=item["weight"]["N"],
        capacity=item["capacity"]["N"],
        subscription=item["subscription"]["S"],
        subscription_arn=item.get("subscription_arn", {}).get("S"),
        open_handoffs=item["open_handoffs"]["N"],
        last_offered_at=item.get("last_offered_at", {}).get("S"),
        **json.loads(item.get("terms", {"S": "{}"})["S"]),
    )


def told_from(item: Mapping[str, Any]) -> TeamLog:
    """What was told of a team, as the table keeps it."""
    return TeamLog(
        number=item["told"]["N"], timer=item.get("timer", {}).get("S"), due_at=item.get("due_at", {}).get("S")
    )


def put(table: str, team: str, rep: Rep) -> Item:
    """The part of a transaction that keeps what is agreed for a person and whether mail reaches them; what only leads
    change, how many they hold and when they got the last, stays as it is.
    """
    terms = rep.model_dump_json(include=_TERMS, exclude_defaults=True, by_alias=True)
    kept: Item = {
        "email": {"S": rep.email},
        "role": {"S": rep.role},
        "terms": {"S": terms},
        "weight": {"N": str(rep.weight)},
        "capacity": {"N": str(rep.capacity)},
        "subscription": {"S": rep.subscription},
        **({"subscription_arn": {"S": rep.subscription_arn}} if rep.subscription_arn else {}),
    }
    change = Expression()
    change.set += [f"{change.name(name)} = {change.value(value)}" for name, value in kept.items()]
    held = change.name("open_handoffs")
    change.set.append(f"{held} = if_not_exists({held}, {change.value({'N': '0'})})")
    return change.update(table, team_keys.rep(team, rep.email))


def tell(table: str, before: TeamLog, event: RosterChanged | LeadsWaiting, by: str, now: datetime) -> list[Item]:
    """The parts of a transaction that tell of a team, if nothing was told since; who waits sets the team's timer."""
    event_id = event_id_of(event.team, before.number + 1)
    recorded = RecordedOfTeam(event_id=event_id, at=now, by=by, event=event)
    item = team_keys.team_event(event_id) | {
        "type": {"S": event.type},
        "at": {"S": iso(now)},
        "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
        "body": {"S": recorded.model_dump_json(exclude_none=True)},
        "expires_at": {"N": str(int((now + REMEMBERED).timestamp()))},
    }
    change = Expression()
    change.set.append(f"told = {change.value({'N': str(before.number + 1)})}")
    if isinstance(event, LeadsWaiting):
        change.set.append(f"{change.name('timer')} = {change.value({'S': event_id})}")
        change.set.append(f"due_at = {change.value({'S': iso(event.due_at)})}")
    read = before.number
    as_read = f"told = {change.value({'N': str(read)})}" if read else "attribute_not_exists(told)"
    return [change.update(table, team_keys.told(event.team), as_read), {"Put": {"TableName": table, "Item": item}}]
