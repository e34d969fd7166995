"""A proposal of points is learned from stored leads, in one run; its text becomes a draft like any other."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.reading.yaml_loader import load
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.intake.history.history_lists import HistoryReader
from tests.integration.calls import refuse
from tests.integration.world import World
from tests.stored_histories import stored_items
from tests.unit.domain.scenario import Scenario
from tools.sample_history import sample_history

PROPOSALS = "/agreement/proposals"
AGREED = sample_history(1, 1).agreement


def asked(world: World, **more: Any) -> dict[str, Any]:
    answer = world.ask("POST", PROPOSALS, {"leads_per_day": 1, **more}, by="marketing")
    assert answer.status == 202, answer.body
    return dict(answer.json())


def shown(world: World, proposal: dict[str, Any]) -> dict[str, Any]:
    answer = world.ask("GET", f"{PROPOSALS}/{proposal['proposal_id']}", by="sales")
    assert answer.status == 200, answer.body
    return dict(answer.json())


def of_meeting(world: World) -> dict[str, Any]:
    told = world.ask("GET", "/reports/all", by="sales", query={"proposal": "true"}).json()
    return {name: told[name] for name in ("proposal", "agreement_version")}


def store_history(world: World, leads: int) -> None:
    """Store made-up leads of a year as commands would have: what they did, and that sales won or lost them."""
    made, reader = sample_history(leads, 1), HistoryReader(world.now)
    reader.read("leads", made.leads.encode())
    reader.read("signals", made.signals.encode())
    scenario = Scenario.shipped()
    scenario.sends("consultation_requested")
    [offered] = [each.event for each in scenario.history if isinstance(each.event, HandoffOffered)]
    kinds = AgreedKinds.of(read_agreement(AGREED).rules)
    for lead in reader.history().leads:
        for item in stored_items(lead, kinds, [offered]):
            world.stack.store.dynamodb.put_item(TableName=world.stack.table, Item=item)
    world.new_records()  # nobody needs to hear of them


def test_points_are_learned_from_stored_leads_and_their_text_becomes_a_draft(world: World) -> None:
    world.agree(AGREED)
    store_history(world, 400)
    proposal = asked(world, strike=["visit"], mode="re-point")
    world.settle_bus()
    told = shown(world, proposal)
    assert (told["state"], told["leads"], told["leads_read"]) == ("finished", 400, 400), told.get("why")
    assert told["figures"]["learned_from"] == 400
    assert told["figures"]["proposed"]["auc"] > told["figures"]["today"]["auc"]
    points = {rule["id"]: rule["points"] for rule in told["figures"]["rules"]}
    assert "visit" not in points
    assert all(rule["words"] for rule in told["figures"]["rules"])
    assert points["referral"] > points["head"] > 0 > points["student"]
    assert told["report"][0].startswith("Proposal of points (re-point, seed 1), learned from 400 leads")
    assert "history.example" not in str(told), "no lead is named"
    answer = world.ask("POST", "/agreement/drafts", {"yaml": told["draft"]}, by="marketing")
    assert answer.status == 201, answer.body
    assert load(told["draft"])["threshold"] == told["figures"]["scale"]["threshold"]
    assert world.ask("GET", "/agreement", by="sales").json()["yaml"] == AGREED

    assert of_meeting(world)["proposal"]["figures"] == told["figures"]
    assert asked(world, strike=["visit"])["proposal_id"] == proposal["proposal_id"], "the same question"
    assert asked(world)["proposal_id"] != proposal["proposal_id"]
    world.wait(timedelta(minutes=10))
    again = asked(world, strike=["visit"])
    assert again["proposal_id"] != proposal["proposal_id"]
    world.settle_bus()
    assert shown(world, again)["draft"] == told["draft"]


def test_the_meetings_report_has_the_newest_proposal_and_says_which_agreement_is_in_force(world: World) -> None:
    world.send_form()
    world.wait(timedelta(seconds=1))
    version = world.ask("GET", "/agreement", by="sales").json()["version"]
    assert of_meeting(world) == {"proposal": None, "agreement_version": version}
    asked(world)
    world.wait(timedelta(seconds=1))
    newest = asked(world, leads_per_day=2)
    assert of_meeting(world) == {"proposal": newest, "agreement_version": version}
    world.settle_bus()
    told = of_meeting(world)["proposal"]
    assert (told["proposal_id"], told["state"]) == (newest["proposal_id"], "refused")
    world.agree(AGREED)
    later = of_meeting(world)
    assert later["proposal"]["agreement_version"] == version < later["agreement_version"]
    assert world.ask("GET", "/reports/all", by="sales", query={"proposal": "yes"}).status == 422
    assert world.ask("GET", "/reports/sla", by="sales", query={"proposal": "true"}).status == 422
    assert "proposal" not in world.ask("GET", "/reports/all", by="sales").json()


def test_a_proposal_that_the_bus_did_not_take_is_asked_for_by_the_same_question(world: World) -> None:
    world.send_form()
    world.wait(timedelta(seconds=1))
    with world.calls.by(refuse("PutEvents", "InternalFailure")):
        assert world.ask("POST", PROPOSALS, {"leads_per_day": 1}, by="marketing").status >= 500
    proposal, again = asked(world), asked(world)
    assert again["proposal_id"] == proposal["proposal_id"]
    world.settle_bus()
    assert shown(world, proposal)["state"] == "refused"
    assert asked(world) == shown(world, proposal)


def test_a_run_that_was_cut_off_is_stalled_until_it_begins_anew(world: World) -> None:
    world.send_form()
    world.wait(timedelta(seconds=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baton.aws.proposals.proposal_job.LeadsInPeriod.ids", _failing)
        proposal = asked(world)
        world.settle_bus()
    world.wait(timedelta(minutes=6))
    assert shown(world, proposal)["state"] == "stalled"
    [lost] = [event for function, event in world.lost if function == "learn_points"]
    world.invoke("learn_points", lost)
    assert shown(world, proposal)["state"] == "refused"


def _failing(_self: object) -> None:
    raise RuntimeError("the function ended")


def test_a_period_with_too_many_leads_is_refused_with_the_remedy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.send_form()
    world.wait(timedelta(seconds=1))
    proposal = asked(world)
    monkeypatch.setattr("baton.aws.proposals.proposal_job.MOST_LEADS", 0)
    world.settle_bus()
    told = shown(world, proposal)
    assert (told["state"], told["why"]) == (
        "refused",
        "1 leads became known in this period, more than 0; ask for a shorter period with `from`",
    )


def test_too_few_outcomes_are_refused_with_what_is_missing(world: World) -> None:
    world.send_form()
    world.wait(timedelta(seconds=1))  # it became known before it was asked
    proposal = asked(world)
    assert proposal["state"] == "running"
    world.settle_bus()
    told = shown(world, proposal)
    assert (told["state"], told["leads"], told["leads_read"]) == ("refused", 1, 1)
    assert told["why"].startswith("0 won and 0 others are too few to learn from; it takes 100 more leads")
    assert "draft" not in told


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "leads_per_day"),
        ({"leads_per_day": 0}, "leads_per_day"),
        ({"leads_per_day": 1, "mode": "both"}, "mode"),
        ({"leads_per_day": 1, "matures_after": "soon"}, "matures_after"),
        ({"leads_per_day": 1, "to": "2999-01-01"}, "to"),
        ({"leads_per_day": 1, "from": "2026-10-02", "to": "2026-10-01"}, "from"),
        ({"leads_per_day": 1, "from": "2001-01-01"}, "from"),
    ],
)
def test_a_wrong_wish_is_refused_with_its_field(world: World, body: dict[str, Any], field: str) -> None:
    answer = world.ask("POST", PROPOSALS, body, by="sales")
    assert answer.status == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_nobody_knows_a_proposal_that_was_not_asked_for(world: World) -> None:
    assert world.ask("GET", f"{PROPOSALS}/0123456789abcdef", by="sales").status == 404
