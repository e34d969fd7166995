"""The item of a pool stays below what DynamoDB keeps, however many lines its leads wait in."""

import json
import random

import pytest

from baton.aws.table.keys import handoff_keys
from baton.aws.table.pool_items import CANDIDATES, FORMER_OWNERS, WAITING, pool_from
from baton.domain.leads.routing_choice import SHARED_LINE, LineKey
from baton.domain.teams.roster import MOST_BYTES, Pool, WaitingLine
from baton.domain.teams.routing import choose_rep
from bench.dynamodb_units import size
from tests.unit.given import NOW, rep, team
from tests.unit.sizes import largest_lead as largest

ITEM = 400 * 1024
MOST_ON_A_ROSTER = 200


def item_of(pool: Pool) -> dict[str, dict[str, str]]:
    """The pool as the table keeps it."""
    item = {"pk": {"S": "TEAM#sales"}, "sk": {"S": "TURNS#*"}, "turns": {"N": str(10**6)}}
    item["owed"] = {"S": json.dumps(pool.owed)}
    for line in pool.lines:
        name = handoff_keys.line_name(line.key)
        item[WAITING + name] = {"N": str(line.waiting)}
        for what, people in ((FORMER_OWNERS, line.had_it), (CANDIDATES, line.candidates)):
            if people:
                item[what + name] = {"S": json.dumps(people)}
    return item


@pytest.mark.parametrize(("length", "most_owners"), [(254, 200), (254, 2), (80, 2), (30, 40)])
def test_a_pool_with_as_many_different_lines_as_come_fits_an_item(length: int, most_owners: int) -> None:
    chance = random.Random(length * most_owners)
    emails = sorted(f"{number:03d}{largest.letters(length - 3)}" for number in range(MOST_ON_A_ROSTER))
    lines, shared = dict[LineKey, WaitingLine](), set[LineKey]()
    while len(shared) < 2:
        had_it, by_form = tuple(sorted(chance.sample(emails, chance.randint(1, most_owners)))), chance.random() < 0.5
        own = Pool.model_construct(lines=tuple(lines.values())).has_room_for(had_it, ())
        key: LineKey = (had_it, (), by_form) if own else ((), (SHARED_LINE,), by_form)
        lines[key] = WaitingLine(had_it=key[0], candidates=key[1], by_form=by_form, waiting=1)
        if not own:
            shared.add(key)
    confirmed = {(had_it, besides, False) for had_it, besides, _ in lines}
    everything = [*lines.values(), *(WaitingLine(had_it=key[0], candidates=key[1]) for key in confirmed - {*lines})]
    item = item_of(Pool(owed=dict.fromkeys(emails, -500_000), lines=tuple(everything)))
    assert MOST_BYTES / 2 < size(item) < ITEM
    assert {line.key for line in pool_from(item).lines} == {line.key for line in everything}


def test_whoever_had_a_line_of_their_own_goes_on_to_join_it() -> None:
    known = WaitingLine(had_it=("a@x.example",), waiting=1)
    full = Pool(lines=(known, WaitingLine(had_it=("x" * MOST_BYTES,), waiting=1)))
    assert full.has_room_for(("a@x.example",), ())
    assert not full.has_room_for(("b@x.example",), ())
    assert Pool(lines=(known,)).has_room_for(("b@x.example",), ())


def test_a_lead_that_nobody_can_take_shares_a_line_where_there_is_no_room_for_another() -> None:
    full = Pool(lines=(WaitingLine(had_it=("x" * MOST_BYTES,), waiting=1),))
    busy = rep("a@x.example", capacity=1, open_handoffs=1)
    had_it = ("b@x.example",)
    assert choose_rep(team(busy, pools={"*": full}), NOW, had_it=had_it).besides == (SHARED_LINE,)
    assert choose_rep(team(busy, pools={"*": Pool()}), NOW, had_it=had_it).besides == ()


def test_all_on_the_team_may_take_who_is_in_a_shared_line() -> None:
    people = rep("a@x.example"), rep("b@x.example", territories=["north"])
    roster = team(*people, territories=frozenset({"north", "south"}))
    assert roster.takers("south", WaitingLine(candidates=(SHARED_LINE,))) == {"a@x.example", "b@x.example"}
