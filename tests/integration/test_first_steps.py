"""The first steps of a new stack are ticked by what is stored, in one call."""

from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.test_webhooks import send, standard
from tests.integration.world import MO, World

ALL_BUT_MAIL = ("agreement", "rep", "manager", "form", "tool")


def steps(world: World) -> dict[str, Any]:
    answer = world.ask("GET", "/set-up", by="admin")
    assert answer.status == 200, answer.body
    return dict(answer.json()["steps"])


def test_each_step_is_done_once_it_was_taken(world: World) -> None:
    before = steps(world)
    assert [before[each] for each in ("agreement", "form", "tool")] == [False, False, False]
    assert (before["rep"], before["manager"]) == (True, True), "the roster of these tests has both"
    for person in world.ask("GET", "/teams/sales/reps", by="sales").json()["reps"]:
        path = f"/teams/sales/reps/{person['email']}"
        assert world.ask("DELETE", path, by="admin").status == 200
    assert (steps(world)["rep"], steps(world)["manager"]) == (False, False)
    world.hire(MO, role="manager")
    assert (steps(world)["rep"], steps(world)["manager"]) == (False, True)

    assert world.send_form("content-download", email="anna@acme.example", content="guide").status == 202
    assert steps(world)["form"] is True
    assert send(world, "standard", standard()).status == 202
    assert steps(world)["tool"] is True
    drafted = world.ask("POST", "/agreement/drafts", {"yaml": packaged_text() + "\n# ours\n"}, by="marketing").json()
    for by in ("marketing", "sales"):
        path = f"/agreement/drafts/{drafted['draft_id']}/signatures"
        assert world.ask("POST", path, {}, by=by).status == 200
    assert steps(world)["agreement"] is True


def test_who_hears_of_failures_stands_beside_the_steps(world: World) -> None:
    shown = world.ask("GET", "/set-up", by="admin").json()
    mail = world.ask("GET", "/operations/confirmation", by="admin").json()
    assert shown["operations"] == mail
    confirmed = any(each["subscription"] == "confirmed" for each in mail["addresses"])
    assert shown["steps"]["operations"] is confirmed


def test_the_steps_cost_a_few_reads_once_a_lead_is_known(world: World) -> None:
    assert world.send_form("content-download", email="anna@acme.example", content="guide").status == 202
    steps(world)
    with world.calls.recorded() as made:
        steps(world)
    assert len(to_dynamodb(made)) <= 12
