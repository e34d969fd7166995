"""A new agreement, once in force, has every known lead scored anew and handed over where the lead now qualifies."""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.sweeps import rescoring
from tests.integration.calls import Watcher, crash_at, refuse
from tests.integration.conftest import Prepared
from tests.integration.test_agreement import agreed, drafted, later, signed
from tests.integration.world import UNTIL_EVERY_FUNCTION_KNOWS, World, living_in

JOB = "rescore_leads"

WORTH_MORE = (
    packaged_text()
    .replace("whitepaper, points: 50", "whitepaper, points: 100")
    .replace("threshold: 100 ", "threshold: 70 ")
)


@pytest.fixture(autouse=True)
def one_at_a_time() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rescoring, "AT_ONCE", 1)  # so that every run of a test is the same
        yield


def read_something(world: World, *emails: str) -> None:
    """So many leads read a whitepaper: half of what the packaged agreement asks for."""
    for email in emails:
        assert world.send_form("content-download", email=email, content="guide").status == 202
    world.settle()


def adopted(world: World) -> dict[str, Any]:
    """What is shown of the agreement once its adoption had time to end."""
    world.settle()
    world.wait(UNTIL_EVERY_FUNCTION_KNOWS)
    return agreed(world)


def test_a_lead_that_reaches_the_new_threshold_is_handed_over_for_its_score(world: World) -> None:
    read_something(world, "anna@example.com", "bert@example.com")
    assert [lead.handoff for lead in world.stack.leads()] == [None, None]
    signed(world, drafted(world, WORTH_MORE))
    shown = adopted(world)["rescoring"]
    assert (shown["version"], shown["state"]) == (2, "finished")
    assert (shown["leads_seen"], shown["leads_changed"], shown["handed_over"]) == (2, 2, 2)
    for lead in world.stack.leads():
        assert lead.handoff
        assert (lead.handoff.trigger, lead.handoff.agreement_version) == ("score", 2)
        assert world.stack.happened(lead.lead_id).count("HandoffOffered") == 1
    world.stack.must_be_consistent()


def test_a_lead_with_sales_is_not_handed_over_again_under_a_new_agreement(world: World) -> None:
    world.send_form(message="Please call.")
    world.settle()
    before = world.stack.lead().handoff
    signed(world, drafted(world, WORTH_MORE))
    assert adopted(world)["rescoring"]["handed_over"] == 0
    after = world.stack.lead().handoff
    assert before
    assert after
    assert (after.handoff_id, after.trigger) == (before.handoff_id, "consultation")


def test_a_rescoring_that_runs_again_changes_no_lead_and_sends_no_mail(world: World) -> None:
    read_something(world, "anna@example.com")
    signed(world, drafted(world, WORTH_MORE))
    adopted(world)
    before, mails = world.stack.items(), len(world.mails)
    assert world.invoke("rescore_leads", {"agreement_version": 2})["done"]
    world.settle()
    assert (world.stack.items(), len(world.mails)) == (before, mails)


def test_a_scheduled_version_is_adopted_on_its_date(world: World) -> None:
    read_something(world, "anna@example.com")
    later(world, WORTH_MORE, timedelta(days=3))
    world.settle()
    world.wait(timedelta(days=3))
    assert agreed(world)["version"] == 2
    assert world.stack.lead().handoff is None, "functions may not know it yet"
    world.cold()
    world.wait(UNTIL_EVERY_FUNCTION_KNOWS)
    assert world.stack.lead().handoff
    assert agreed(world)["rescoring"]["state"] == "finished"


def test_a_deployment_of_another_packaged_agreement_has_the_leads_scored_anew(world: World) -> None:
    read_something(world, "anna@example.com")
    world.agree(WORTH_MORE)
    shown = adopted(world)
    assert (shown["version"], shown["origin"], shown["rescoring"]["handed_over"]) == (2, "packaged", 1)


def test_an_adoption_started_twice_scores_and_hands_over_each_lead_once(world: World) -> None:
    read_something(world, "anna@example.com")
    signed(world, drafted(world, WORTH_MORE))
    world.settle()
    for _, detail in world.adoptions:
        world.adopt(detail)
    assert adopted(world)["rescoring"]["leads_seen"] == 1
    assert world.stack.happened().count("HandoffOffered") == 1


def test_a_rescoring_that_crashes_at_any_call_scores_and_hands_over_each_lead_once(
    prepared: Prepared, subtests: pytest.Subtests, record_property: Callable[[str, object], None]
) -> None:
    """What it counts may be less afterwards: of a page that is done again, only what was left to do is counted. (Before
    one call is after the one before it, so it is stopped after each, and before the first.)"""

    def run(world: World, watcher: Watcher | None = None) -> tuple[list[Any], Counter[str], int]:
        with world.calls.recorded() as calls, world.calls.by(watcher) if watcher else nullcontext():
            world.wait(UNTIL_EVERY_FUNCTION_KNOWS)
        assert agreed(world)["rescoring"]["state"] == "finished"
        assert world.lost == []
        world.stack.must_be_consistent()
        items = [item for item in world.stack.items() if not item["sk"]["S"].startswith("RESCORING#")]
        return items, Counter(mail.text for mail in world.mails), len([c for c in calls if c.function == JOB])

    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as first:
        read_something(first, "anna@example.com", "bert@example.com")
        signed(first, drafted(first, WORTH_MORE))
        first.settle()
    bring_back = prepared.stack.keep()
    with living_in(first.twin()) as world:
        items, mails, calls = run(world)
    record_property("crash_points", calls + 1)
    for place, done in [(0, False), *((place, True) for place in range(calls))]:
        bring_back()
        with subtests.test(f"{'after' if done else 'before'} call {place}"), living_in(first.twin()) as world:
            assert run(world, crash_at(place, after=done))[:2] == (items, mails)


def test_a_rescoring_that_fails_for_a_while_is_finished_afterwards(world: World) -> None:
    read_something(world, "anna@example.com", "bert@example.com")
    signed(world, drafted(world, WORTH_MORE))
    world.settle()
    with world.calls.by(refuse("Query", "ProvisionedThroughputExceededException", times=2)):
        shown = adopted(world)["rescoring"]
    assert (shown["state"], shown["leads_seen"], world.lost) == ("finished", 2, [])
