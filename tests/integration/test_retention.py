"""A lead is erased after the agreed time without activity, and no other lead is."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.privacy import lead_retirement
from tests.integration.calls import Call, Carry
from tests.integration.world import World

DAY = timedelta(days=1)
AGREED = packaged_text().replace(
    "retention: {spam: 90 days}",
    "retention: {nurturing: 10 months, disqualified: 60 days, lost: 60 days, spam: 90 days}",
)


def retire(world: World) -> dict[str, int]:
    done: dict[str, int] = world.invoke("retire_leads", {})
    world.settle()
    world.settle_bus()
    return done


def left(world: World) -> set[str]:
    return {lead.email.partition("@")[0] for lead in world.stack.leads()}


def reads(world: World, *names: str) -> None:
    for name in names:
        world.send_signals({"email": f"{name}@example.org", "message_id": f"{name}-{world.now:%Y%j}"})
    world.settle()


def test_a_nurtured_lead_is_erased_the_agreed_time_after_its_last_activity(world: World) -> None:
    world.agree(AGREED)
    reads(world, "early", "late")
    world.now += 200 * DAY
    reads(world, "late")
    world.now += 99 * DAY
    assert retire(world)["erased"] == 0
    world.now += DAY
    assert retire(world) == {"looked_at": 2, "erased": 1}
    assert left(world) == {"late"}
    assert world.lost == []
    world.stack.must_be_consistent()


def test_the_packaged_agreement_erases_spam_leads_only(world: World) -> None:
    reads(world, "nurtured")
    world.send_form(email="robot@example.org", website="https://spam.example")
    world.send_form(email="asks@example.org")
    world.settle()
    world.wait(91 * DAY)
    retire(world)
    assert left(world) == {"nurtured", "asks"}


def test_an_answer_recorded_by_staff_counts_as_the_leads_activity(world: World) -> None:
    world.agree(AGREED)
    reads(world, "anna")
    world.now += 299 * DAY
    lead_id = world.stack.lead().lead_id
    world.ask("PATCH", f"/leads/{lead_id}", {"bant": {"need": {"value": "more"}}}, by="sales")
    world.now += 2 * DAY
    assert retire(world)["erased"] == 0


@pytest.mark.parametrize("page", [1, 2, 50])
def test_retiring_goes_on_by_itself_until_all_leads_are_seen(
    world: World, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(lead_retirement, "BUDGET_SECONDS", -1.0)
    monkeypatch.setattr(lead_retirement, "PAGE", page)
    world.agree(AGREED)
    reads(world, *(f"reader{number}" for number in range(7)))
    world.now += 301 * DAY
    reads(world, "new")
    retire(world)
    for _ in range(12):
        world.settle()
        world.settle_bus()
    assert left(world) == {"new"}
    assert world.lost == []
    world.stack.must_be_consistent()


def test_retiring_twice_erases_no_further_lead(world: World) -> None:
    world.agree(AGREED)
    reads(world, "anna")
    world.now += 301 * DAY
    assert [retire(world)["erased"] for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("comes_back", ["writes", "is_merged"])
def test_a_lead_that_writes_or_is_merged_during_the_retiring_is_kept(world: World, comes_back: str) -> None:
    world.agree(AGREED)
    reads(world, "anna")
    forgotten = world.stack.lead()
    world.now += 301 * DAY
    reads(world, "bob")
    twin = world.twin()

    def meanwhile(call: Call, carry: Carry) -> Any:
        found = carry()
        if call.operation == "BatchGetItem" and forgotten.lead_id in str(found) and not done:
            done.append(comes_back)
            if comes_back == "writes":
                twin.send_form(email=forgotten.email)
            else:
                (bob,) = [lead.lead_id for lead in world.stack.leads() if lead.lead_id != forgotten.lead_id]
                twin.ask("POST", f"/leads/{bob}/merge", {"other": forgotten.lead_id}, by="marketing")
        return found

    done = list[str]()
    with world.calls.by(meanwhile):
        assert retire(world)["erased"] == 0
    assert done
    assert left(world) == {"anna", "bob"}
    world.stack.must_be_consistent()
