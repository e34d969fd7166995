"""Scenes of proposals of points, and of leads that are confirmed while they wait in a line."""

from collections.abc import Callable
from datetime import timedelta

from baton.domain.basics.moments import iso
from tests.integration.test_points_proposals import AGREED, PROPOSALS, store_history
from tests.integration.world import KIM, SAM, World
from tests.stored.scenes import asked, sent, told

LEADS = 330


def points_are_proposed(world: World) -> None:
    """One is learned from leads that are gone since, and one finds too few."""
    world.agree(AGREED)
    store_history(world, LEADS)
    asked(world, "POST", PROPOSALS, {"leads_per_day": 1, "mode": "add", "strike": ["visit"]})
    world.settle_bus()
    for item in world.stack.items():
        if item["pk"]["S"].startswith("LEAD#"):
            key = {name: item[name] for name in ("pk", "sk")}
            world.stack.dynamodb.delete_item(TableName=world.stack.table, Key=key)
    lately = iso(world.now - timedelta(days=7))
    asked(world, "POST", PROPOSALS, {"leads_per_day": 2.5, "from": lately}, by="sales")
    world.settle_bus()


def confirmed_in_a_line(world: World) -> None:
    """Ten are known by forms alone, of whom six wait; of two more is known, and one of these finds room."""
    for email in (SAM, KIM):
        world.hire(email, capacity=2)
    for number in range(10):
        sent(world, email=f"forged{number}@company{number}.com")
    waiting = [lead for lead in world.stack.leads() if lead.handoff and lead.handoff.is_waiting]
    for number in range(4):
        told(world, f"real{number}@customer{number}.com", "consultation_requested")
    for lead in waiting[:2]:
        told(world, lead.email)


PROPOSED: dict[str, Callable[[World], None]] = {
    "points are proposed": points_are_proposed,
    "leads are confirmed in a line": confirmed_in_a_line,
}
