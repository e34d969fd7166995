"""Marketing gives one verdict on many leads in review: each by itself, once, and within the time that a screen has."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.leads.lead import Lead
from tests.integration.calls import Call, Carry, slowly
from tests.integration.gateway import STAFF, Answer
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.test_manual_decisions import must_be_a_problem
from tests.integration.world import World

ADA, MARIA = STAFF["admin"], STAFF["marketing"]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
GOOD_FIT: dict[str, Any] = {
    "verdict": "good_fit",
    "answers": dict.fromkeys(("industry", "decision", "help", "infrastructure"), True),
}
NOT_READY = {"verdict": "not_ready", "reason": "collected pens at the fair"}
COUNTS = ("reviewed", "repeated", "refused", "not_done")


@pytest.fixture
def fair(world: World) -> World:
    """Four visitors of a fair are in review."""
    in_review(world, 1, 2, 3, 4)
    return world


def in_review(world: World, *numbers: int) -> None:
    for number in numbers:
        email = f"visitor{number}@example.org"
        said = {"email": email, "message_id": f"said-{number}", "properties": {"industry": "Logistics"}}
        read = {
            "email": email,
            "message_id": f"read-{number}",
            "kind": "content_downloaded",
            "content": {"id": "guide"},
        }
        assert world.send_signals(said, read).json()["accepted"] == 2
    world.settle()
    assert {lead.status for lead in world.stack.leads()} == {"in_review"}


def ids(world: World) -> list[str]:
    return [lead.lead_id for lead in sorted(world.stack.leads(), key=lambda lead: lead.email or "")]


def review(world: World, leads: list[str], by: str = "marketing", **said: Any) -> Answer:
    return world.ask("POST", "/reviews", {"leads": leads, **said}, by=by)


def results(answer: Answer) -> list[str]:
    """The result of each lead; the counts agree with them."""
    assert answer.status == 200, answer.text
    told = answer.json()
    found = [each["result"] for each in told["results"]]
    assert [told[name] for name in COUNTS] == [found.count(name) for name in COUNTS]
    return found


def verdicts(world: World, lead_id: str) -> list[Any]:
    return [each for each in world.stack.history(lead_id) if each.event.type == "LeadReviewed"]


def by_id(world: World, lead_id: str) -> Lead:
    return next(lead for lead in world.stack.leads() if lead.lead_id == lead_id)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (GOOD_FIT, "with_sales"),
        ({"verdict": "bad_timing", "review_on": "2027-03-01"}, "parked"),
        ({"verdict": "bad_fit", "reason": "students"}, "disqualified"),
        (NOT_READY, "nurturing"),
    ],
    ids=["good_fit", "bad_timing", "bad_fit", "not_ready"],
)
def test_one_verdict_on_many_leads_does_to_each_what_it_does_to_one(
    fair: World, said: dict[str, Any], status: str
) -> None:
    alone, *many = ids(fair)
    assert fair.ask("POST", f"/leads/{alone}/review", said, by="marketing").status == 200
    answer = review(fair, many, **said)
    assert results(answer) == ["reviewed"] * 3
    assert answer.json()["results"][0] == {"lead_id": many[0], "result": "reviewed", "status": status}
    one = by_id(fair, alone)
    kinds = [each.event.type for each in fair.stack.history(alone)]
    for lead in (by_id(fair, each) for each in many):
        assert (lead.status, lead.stage, lead.review_on) == (status, one.stage, one.review_on)
        assert [each.event.type for each in fair.stack.history(lead.lead_id)] == kinds
    fair.settle()
    fair.stack.must_be_consistent()


def test_one_verdict_sent_again_however_late_changes_nothing(fair: World) -> None:
    said = {"verdict": "bad_timing", "review_on": "2027-03-01", "answers": {"help": True}}
    assert results(review(fair, ids(fair), **said)) == ["reviewed"] * 4
    fair.settle()
    before = fair.stack.items()
    for later in (MINUTE, 2 * DAY):
        fair.now += later
        answer = review(fair, ids(fair), **said)
        assert results(answer) == ["repeated"] * 4
        assert {each["status"] for each in answer.json()["results"]} == {"parked"}
    assert fair.stack.items() == before


def test_a_lead_named_twice_is_reviewed_once(fair: World) -> None:
    [lead, *_] = ids(fair)
    assert results(review(fair, [lead, lead], **NOT_READY)) == ["reviewed", "repeated"]
    assert len(verdicts(fair, lead)) == 1


def test_a_list_that_was_read_long_ago_overrules_nobody(fair: World) -> None:
    parked, other, *_ = ids(fair)
    said = {"verdict": "bad_timing", "review_on": "2027-03-01"}
    assert fair.ask("POST", f"/leads/{parked}/review", said, by="admin").status == 200
    fair.now += DAY
    answer = review(fair, [parked, other, "nobody"], **NOT_READY)
    assert results(answer) == ["refused", "reviewed", "refused"]
    assert [each.get("detail") for each in answer.json()["results"]] == [
        f"it is done: bad timing, by {ADA}",
        None,
        "there is no such lead",
    ]
    assert by_id(fair, parked).status == "parked"


def test_another_date_is_no_repeat_of_the_verdict_before(fair: World) -> None:
    [lead, *_] = ids(fair)
    for day, result in (("2027-03-01", "reviewed"), ("2027-04-01", "refused")):
        assert results(review(fair, [lead], verdict="bad_timing", review_on=day)) == [result]
    assert len(verdicts(fair, lead)) == 1


def test_a_lead_that_no_one_is_to_review_is_refused(world: World) -> None:
    world.send_signals({"email": "reader@example.org", "message_id": "1"})
    answer = review(world, ids(world), **NOT_READY)
    assert results(answer) == ["refused"]
    assert answer.json()["results"][0]["detail"] == "marketing owes this lead no review now"


def test_a_good_fit_of_many_needs_each_needed_answer_as_one_does(fair: World) -> None:
    answer = review(fair, ids(fair), verdict="good_fit", answers={**GOOD_FIT["answers"], "decision": False})
    assert results(answer) == ["refused"] * 4
    why = "a good fit needs a yes to: decision (no); answer them, or give another verdict"
    assert {each["detail"] for each in answer.json()["results"]} == {why}
    assert {lead.status for lead in fair.stack.leads()} == {"in_review"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"verdict": "bad_fit"}, "reason"),
        ({"verdict": "not_ready", "review_on": "2027-03-01"}, "review_on"),
        ({"verdict": "bad_timing", "review_on": "2020-03-01"}, "review_on"),
        ({"verdict": "not_ready", "answers": {"none": True}}, "answers.none"),
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": "not_ready", "leads": []}, "leads"),
        ({"verdict": "not_ready", "leads": [f"{number:024}" for number in range(51)]}, "leads"),
        ({"verdict": "not_ready", "leads": [7]}, "leads.0"),
    ],
)
def test_a_field_that_is_wrong_for_all_leads_refuses_the_whole_before_any_is_reviewed(
    fair: World, said: dict[str, Any], field: str
) -> None:
    before = fair.stack.items()
    answer = review(fair, **{"leads": ids(fair), **said})
    must_be_a_problem(answer, 422, field)
    assert fair.stack.items() == before


def test_what_there_is_no_time_for_is_told_and_done_when_it_is_sent_again(fair: World) -> None:
    with slowly(fair.calls, 1.0) as passed:
        answer = review(fair, ids(fair), **NOT_READY)
    found = results(answer)
    assert found == ["reviewed"] * found.count("reviewed") + ["not_done"] * found.count("not_done")
    assert found.count("reviewed") > 0 < found.count("not_done")
    assert passed() <= 5 + 3, "the budget, and the calls of the lead that was begun within it"
    assert answer.json()["results"][-1]["detail"] == "there was no time left for it; send it again"
    assert results(review(fair, ids(fair), **NOT_READY)) == [
        "repeated" if each == "reviewed" else "reviewed" for each in found
    ]
    assert [len(verdicts(fair, each)) for each in ids(fair)] == [1] * 4


def test_a_lead_that_cannot_be_saved_does_not_stop_the_others(fair: World) -> None:
    first, second, *_ = ids(fair)

    def breaks(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and first in str(call.parameters):
            raise RuntimeError("no")
        return carry()

    with fair.calls.by(breaks):
        answer = review(fair, [first, second], **NOT_READY)
    assert results(answer) == ["not_done", "reviewed"]
    assert answer.json()["results"][0]["detail"] == "nothing of it was saved; send it again"


def test_many_good_fits_are_one_digest_to_each_rep(fair: World) -> None:
    fair.mails.clear()
    assert results(review(fair, ids(fair), **GOOD_FIT)) == ["reviewed"] * 4
    fair.settle()
    fair.wait(10 * MINUTE)
    owners = {lead.handoff.owner for lead in fair.stack.leads() if lead.handoff}
    to = [mail.to for mail in fair.mails if mail.to[0] in owners]
    assert len(owners) == 2
    assert len(to) <= 2 * len(owners), "the first at once, and the others as one"


@pytest.mark.parametrize(("group", "status"), [("marketing", 200), ("admin", 200), ("sales", 403), (None, 401)])
def test_only_marketing_and_administrators_review_many(fair: World, group: str | None, status: int) -> None:
    answer = fair.ask("POST", "/reviews", {"leads": ids(fair), **NOT_READY}, by=group)
    assert answer.status == status


def test_a_lead_of_many_costs_what_one_costs(fair: World) -> None:
    first, *rest = ids(fair)
    review(fair, [first], **NOT_READY)  # the function is warm
    with fair.calls.recorded() as calls:
        review(fair, rest, **NOT_READY)
    assert to_dynamodb(calls) == ["GetItem", "BatchGetItem", "TransactWriteItems"] * 3
