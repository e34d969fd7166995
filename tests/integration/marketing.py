"""Marketing's team: Maria, who reviews, and Max, her manager."""

from tests.integration.confirmations import confirmation_link
from tests.integration.world import World

MARIA, MAX = (f"{name}@marketing.example.com" for name in ("maria", "max"))


def hire_marketing(world: World) -> None:
    """Put Maria and Max on the roster; their addresses are confirmed."""
    for email, role in ((MARIA, "rep"), (MAX, "manager")):
        there = f"/teams/marketing/reps/{email}"
        assert world.ask("PUT", there, {"role": role}, by="admin").status == 200
        link = confirmation_link(world.stack.rep(email, "marketing").subscription_arn or "")
        assert world.ask("POST", f"{there}/confirmation", {"link": link}, by="admin").status == 200
