"""Items of the pools of a team: whose turn it is, how many leads wait in each line, and the writes that change it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import handoff_keys, team_keys
from baton.aws.table.keys.item_key import Item
from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned
from baton.domain.history.change import Change
from baton.domain.leads.routing_choice import LineKey, Turn
from baton.domain.teams.roster import Pool, WaitingLine

WAITING, FORMER_OWNERS, CANDIDATES = "waiting_", "had_", "besides_"
"""The beginnings of a pool's attributes for one line: leads that wait, former owners, candidates."""


def pool_from(item: Mapping[str, Any]) -> Pool:
    """Reads a pool: for each line how many leads wait, who has had them, and who else may take them."""
    names = (name.removeprefix(WAITING) for name in item if name.startswith(WAITING))
    lines = (
        WaitingLine(
            had_it=json.loads(item.get(f"{FORMER_OWNERS}{name}", {"S": "[]"})["S"]),
            candidates=json.loads(item.get(f"{CANDIDATES}{name}", {"S": "[]"})["S"]),
            waiting=item[f"{WAITING}{name}"]["N"],
        )
        for name in names
    )
    owed = json.loads(item.get("owed", {"S": "{}"})["S"])
    return Pool(owed=owed, number=item["turns"]["N"], lines=tuple(lines))


@dataclass
class _PoolChange:
    """The change of one pool by a command: the turn that it took, and by how much each line grew."""

    turn: Turn | None = None
    growth: dict[str, int] = field(default_factory=dict)
    keys: dict[str, LineKey] = field(default_factory=dict)


def pool_writes(table: str, change: Change) -> list[Item]:
    """Returns the writes that change turns and waiting lines: one for each pool that the command affects."""
    pools: dict[tuple[str, str], _PoolChange] = {}
    for team, turn in _turns(change):
        pools.setdefault((team, turn.pool), _PoolChange()).turn = turn
    before = change.before.handoff if change.before else None
    for handoff, by in ((before, -1), (change.after.handoff if change.after else None, +1)):
        if handoff and handoff.is_waiting:
            line = handoff_keys.line_name(handoff.line_key)
            pool = pools.setdefault((handoff.team, handoff.pool), _PoolChange())
            pool.growth[line] = pool.growth.get(line, 0) + by
            pool.keys[line] = handoff.line_key
    updates = (_update(table, team, pool, changed) for (team, pool), changed in pools.items())
    return [update for update in updates if update]


def _turns(change: Change) -> Iterable[tuple[str, Turn]]:
    for recorded in change.events:
        event = recorded.event
        if isinstance(event, HandoffOffered | HandoffReassigned) and event.team and event.routing.turn:
            yield event.team, event.routing.turn


def _update(table: str, team: str, pool: str, changed: _PoolChange) -> Item | None:
    """Builds a pool's write; a lead joins a line in any case, a turn is taken only if the pool is as it was read."""
    lines = {name: by for name, by in sorted(changed.growth.items()) if by}
    if not lines and not changed.turn:
        return None
    change = UpdateExpression()
    turns = change.name("turns")
    change.add.append(f"{turns} {change.value({'N': '1'})}")
    for name, by in lines.items():
        change.add.append(f"{change.name(WAITING + name)} {change.value({'N': str(by)})}")
        for what, people in zip((FORMER_OWNERS, CANDIDATES), changed.keys[name], strict=True):
            if by > 0 and people:
                change.set.append(f"{change.name(what + name)} = {change.value({'S': json.dumps(people)})}")
    if not changed.turn:
        return change.update(table, team_keys.pool(team, pool))
    change.set.append(f"owed = {change.value({'S': json.dumps(changed.turn.owed)})}")
    for name in {handoff_keys.line_name(key) for key in changed.turn.empty if any(key)} - lines.keys():
        change.remove += [change.name(what + name) for what in (WAITING, FORMER_OWNERS, CANDIDATES)]
    read = changed.turn.read
    as_read = f"{turns} = {change.value({'N': str(read)})}" if read else f"attribute_not_exists({turns})"
    return change.update(table, team_keys.pool(team, pool), as_read)
