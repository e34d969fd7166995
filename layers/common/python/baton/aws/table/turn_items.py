"""Whose turn it is in each pool of a team, and who waits, as the table keeps it; and how a handover changes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baton.aws.table.keys import handoff_keys, item_key, team_keys
from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned
from baton.domain.history.change import Change
from baton.domain.leads.routing_choice import LineKey, Turn
from baton.domain.teams.roster import Pool, WaitingLine

Item = dict[str, Any]
WAITING, HAD, BESIDES = "waiting_", "had_", "besides_"


def pool_from(item: Mapping[str, Any]) -> Pool:
    """A pool, as the table keeps it: a number for each line, and beside it who has had its leads and who else may."""
    names = (name.removeprefix(WAITING) for name in item if name.startswith(WAITING))
    lines = (
        WaitingLine(
            had_it=json.loads(item.get(f"{HAD}{name}", {"S": "[]"})["S"]),
            besides=json.loads(item.get(f"{BESIDES}{name}", {"S": "[]"})["S"]),
            waiting=item[f"{WAITING}{name}"]["N"],
        )
        for name in names
    )
    owed = json.loads(item.get("owed", {"S": "{}"})["S"])
    return Pool(owed=owed, number=item["turns"]["N"], lines=tuple(lines))


@dataclass
class Expression:
    """An update of one item, put together piece by piece."""

    names: dict[str, str] = field(default_factory=dict)
    values: Item = field(default_factory=dict)
    add: list[str] = field(default_factory=list)
    set: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)

    def name(self, attribute: str) -> str:
        """How the update calls an attribute."""
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = attribute
        return placeholder

    def value(self, value: Item) -> str:
        """How the update calls a value."""
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def update(self, table: str, key: item_key.Key, condition: str | None = None) -> Item:
        """The part of a transaction that it is, under a condition."""
        clauses = {"ADD": self.add, "SET": self.set, "REMOVE": self.remove}
        update: Item = {
            "TableName": table,
            "Key": key,
            "UpdateExpression": " ".join(f"{word} {', '.join(parts)}" for word, parts in clauses.items() if parts),
            "ExpressionAttributeValues": self.values,
        }
        update |= {"ExpressionAttributeNames": self.names} if self.names else {}
        update |= {"ConditionExpression": condition} if condition else {}
        return {"Update": update}


@dataclass
class _Moves:
    """What a command changes in one pool: the turn that it took, and who came to a line or left it."""

    turn: Turn | None = None
    lines: dict[str, int] = field(default_factory=dict)
    known: dict[str, LineKey] = field(default_factory=dict)


def moves(table: str, change: Change) -> list[Item]:
    """The parts of a transaction that change turns and lines; one for each pool that the command has to do with."""
    pools: dict[tuple[str, str], _Moves] = {}
    for team, turn in _turns(change):
        pools.setdefault((team, turn.pool), _Moves()).turn = turn
    before = change.before.handoff if change.before else None
    for handoff, by in ((before, -1), (change.after.handoff if change.after else None, +1)):
        if handoff and handoff.is_waiting:
            line = handoff_keys.line_of(handoff.line_key)
            pool = pools.setdefault((handoff.team, handoff.pool), _Moves())
            pool.lines[line] = pool.lines.get(line, 0) + by
            pool.known[line] = handoff.line_key
    updates = (_update(table, team, pool, moved) for (team, pool), moved in pools.items())
    return [update for update in updates if update]


def _turns(change: Change) -> Iterable[tuple[str, Turn]]:
    for recorded in change.events:
        event = recorded.event
        if isinstance(event, HandoffOffered | HandoffReassigned) and event.team and event.routing.turn:
            yield event.team, event.routing.turn


def _update(table: str, team: str, pool: str, moved: _Moves) -> Item | None:
    """A lead that begins to wait does so in any case; whoever takes a turn does so only if it is as it was read."""
    lines = {name: by for name, by in sorted(moved.lines.items()) if by}
    if not lines and not moved.turn:
        return None
    change = Expression(names={"#turns": "turns"}, values={":one": {"N": "1"}})
    change.add.append("#turns :one")
    for name, by in lines.items():
        change.add.append(f"{change.name(WAITING + name)} {change.value({'N': str(by)})}")
        for what, people in zip((HAD, BESIDES), moved.known[name], strict=True):
            if by > 0 and people:
                change.set.append(f"{change.name(what + name)} = {change.value({'S': json.dumps(people)})}")
    if not moved.turn:
        return change.update(table, team_keys.turns(team, pool))
    change.set.append(f"owed = {change.value({'S': json.dumps(moved.turn.owed)})}")
    for name in {handoff_keys.line_of(key) for key in moved.turn.empty if any(key)} - lines.keys():
        change.remove += [change.name(what + name) for what in (WAITING, HAD, BESIDES)]
    read = moved.turn.read
    as_read = f"#turns = {change.value({'N': str(read)})}" if read else "attribute_not_exists(#turns)"
    return change.update(table, team_keys.turns(team, pool), as_read)
