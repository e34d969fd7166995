"""Scenes of reviews that somebody claims, notes, drafts that wait for a signature, tools that are heard, and words."""

from collections.abc import Callable
from datetime import timedelta

from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.test_agreement import FASTER, SLOWER, drafted, put, sign
from tests.integration.test_tools import not_understood, standard
from tests.integration.webhooks import send
from tests.integration.world import ANNA, World
from tests.stored.scenes import asked, lead_id, sent, told

HOUR = timedelta(hours=1)


def in_review(world: World, *names: str) -> list[str]:
    """These are in marketing's review; their ids."""
    for name in names:
        told(world, f"{name}@{name}.example.org", properties={"first_name": name, "industry": "Logistics"})
        told(world, f"{name}@{name}.example.org", "content_downloaded", content={"id": "guide"})
    return [lead_id(world, f"{name}@{name}.example.org") for name in names]


def reviews_are_claimed(world: World) -> None:
    """Maria is on one, Max takes another over from her, a third was hers and is reviewed."""
    hire_marketing(world)
    ann, bob, cy = in_review(world, "ann", "bob", "cy")
    for each in (ann, bob, cy):
        answer = world.ask("POST", f"/leads/{each}/review/claim", {}, by=MARIA, groups="marketing")
        assert answer.status == 200
    world.now += HOUR
    over = world.ask("POST", f"/leads/{bob}/review/claim", {"take_over": True}, by=MAX, groups="marketing")
    assert over.status == 200
    asked(world, "POST", f"/leads/{cy}/review", {"verdict": "bad_timing", "review_on": "2027-03-01"})


def notes_are_added(world: World) -> None:
    """Marketing and sales each note something of a lead; so does somebody of one that is merged into it."""
    sent(world, first_name="Anna", last_name="Schmidt", company="Acme", phone="030 901820")
    told(world, "a.schmidt@example.org", "content_downloaded", content={"id": "guide"})
    anna, other = lead_id(world, ANNA), lead_id(world, "a.schmidt@example.org")
    for number, (each, by) in enumerate(((anna, "marketing"), (anna, "sales"), (other, "sales"))):
        asked(
            world, "POST", f"/leads/{each}/notes", {"text": f"Met her at the fair.\n\nCall after {number + 4}."}, by=by
        )
    asked(world, "POST", f"/leads/{anna}/merge", {"other": other}, by="admin")


def drafts_wait_for_a_signature(world: World) -> None:
    """Marketing has signed one, which sales is mailed about; sales signed one that was changed since."""
    hire_marketing(world)
    assert sign(world, drafted(world), "marketing").status == 200
    world.settle()
    changed = drafted(world, SLOWER, by="sales")
    assert sign(world, changed, "sales").status == 200
    world.settle()
    put(world, changed, FASTER)
    world.settle()


def tools_are_heard(world: World) -> None:
    send(world, "standard", standard(), id_="msg_1")
    world.now += HOUR
    send(world, "standard", not_understood(1), id_="msg_2")
    world.settle()


TEAMS: dict[str, Callable[[World], None]] = {
    "reviews are claimed": reviews_are_claimed,
    "notes are added": notes_are_added,
    "drafts wait for a signature": drafts_wait_for_a_signature,
    "tools are heard": tools_are_heard,
}
