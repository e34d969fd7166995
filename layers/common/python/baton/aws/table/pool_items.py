"""Items of the pools of a team: whose turn it is, how many leads wait in each line, which rep has a company's leads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import handoff_keys, team_keys
from baton.aws.table.keys.item_key import Item
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import CompanyTurn, LineKey, Turn
from baton.domain.teams.roster import Pool, WaitingLine

if TYPE_CHECKING:
    from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned
    from baton.domain.history.change import Change

WAITING, FORMER_OWNERS, CANDIDATES = "waiting_", "had_", "besides_"
"""The beginnings of a pool's attributes for one line: leads that wait, former owners, candidates."""
COMPANY_KEPT = timedelta(days=365)
"""How long a rep has a company's leads after getting one of them."""


def pool_from(item: Mapping[str, Any]) -> Pool:
    """Reads a pool: for each line how many leads wait, who has had them, and who else may take them."""
    names = (name.removeprefix(WAITING) for name in item if name.startswith(WAITING))
    lines = (
        WaitingLine(
            had_it=json.loads(item.get(f"{FORMER_OWNERS}{name}", {"S": "[]"})["S"]),
            candidates=json.loads(item.get(f"{CANDIDATES}{name}", {"S": "[]"})["S"]),
            by_form=handoff_keys.is_by_form(name),
            waiting=item[f"{WAITING}{name}"]["N"],
        )
        for name in names
    )
    owed = json.loads(item.get("owed", {"S": "{}"})["S"])
    return Pool(owed=owed, number=item["turns"]["N"], lines=tuple(lines))


def company_from(company: str, items: Sequence[Mapping[str, Any]]) -> CompanyTurn:
    """Reads which rep has a company's leads, from its item, if there is one."""
    if not items:
        return CompanyTurn(key=company)
    owner = items[0].get("owner", {}).get("S")
    return CompanyTurn(key=company, read=items[0]["turns"]["N"], owner=owner)


def company_writes(table: str, change: "Change") -> list[Item]:
    """Returns the writes by which the rep who got a lead has the leads of its company from now on.

    Where that was read, it must be as it was read, so that leads of a company that come at once go to one rep.
    """
    from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned  # of writes alone  # noqa: PLC0415

    writes: dict[tuple[str, str], Item] = {}
    for recorded in change.events:
        event = recorded.event
        if not isinstance(event, HandoffOffered | HandoffReassigned) or not (event.owner and event.team):
            continue
        handoff = change.after.handoff if change.after else None
        company = event.company_key if isinstance(event, HandoffOffered) else handoff and handoff.company_key
        if company:
            writes[event.team, company] = _company_write(table, event, event.owner, company, recorded.at)
    return [*writes.values()]


def _company_write(
    table: str, event: "HandoffOffered | HandoffReassigned", owner: str, company: str, at: datetime
) -> Item:
    change, was = UpdateExpression(), event.routing.company
    turns = change.name("turns")
    change.add.append(f"{turns} {change.value({'N': '1'})}")
    change.set.append(f"{change.name('owner')} = {change.value({'S': owner})}")
    change.set.append(f"{change.name('expires_at')} = {change.value(_in(COMPANY_KEPT, at))}")
    key = team_keys.company(str(event.team), company)
    if was is None:
        return change.update(table, key)
    as_read = f"{turns} = {change.value({'N': str(was.read)})}" if was.read else f"attribute_not_exists({turns})"
    return change.update(table, key, as_read)


def forget_companies(table: str, leads: Iterable[Lead], now: datetime) -> list[Item]:
    """Returns the writes by which the companies of erased leads have no rep any more; the items themselves expire.

    Leads that are one person may be of one company: each item is written once, as a transaction may only do.
    """
    handoffs = (lead.handoff for lead in leads if lead.handoff)
    companies = dict.fromkeys((each.team, each.company_key) for each in handoffs if each.company_key)
    return [_forgotten(table, team, company, now) for team, company in companies]


def _forgotten(table: str, team: str, company: str, now: datetime) -> Item:
    change = UpdateExpression()
    change.add.append(f"{change.name('turns')} {change.value({'N': '1'})}")
    change.set.append(f"{change.name('expires_at')} = {change.value(_in(timedelta(days=1), now))}")
    change.remove.append(change.name("owner"))
    return change.update(table, team_keys.company(team, company))


def _in(length: timedelta, at: datetime) -> Item:
    return {"N": str(int((at + length).timestamp()))}


@dataclass
class _PoolChange:
    """The change of one pool by a command: the turn that it took, and by how much each line grew."""

    turn: Turn | None = None
    growth: dict[str, int] = field(default_factory=dict)
    keys: dict[str, LineKey] = field(default_factory=dict)


def pool_writes(table: str, change: "Change") -> list[Item]:
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


def _turns(change: "Change") -> Iterable[tuple[str, Turn]]:
    from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned  # as above  # noqa: PLC0415

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
        for what, people in zip((FORMER_OWNERS, CANDIDATES), changed.keys[name][:2], strict=True):
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
