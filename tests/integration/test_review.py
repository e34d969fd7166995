"""Marketing reviews leads: what a reviewer sees, what follows from each verdict, and what is refused."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from baton.aws.table.packing.packed_text import unpacked
from baton.domain.basics.moments import iso
from baton.domain.leads.duty import Duty
from baton.domain.leads.lead import Lead
from tests.integration.gateway import STAFF, Answer
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.test_manual_decisions import must_be_a_problem
from tests.integration.world import SAM, World

EVENTS = Path(__file__).parents[2] / "events"
MARIA = STAFF["marketing"]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
GOOD_FIT = json.loads((EVENTS / "review-lead.json").read_text())
GUIDE = {"message_id": "read", "kind": "content_downloaded", "content": {"id": "guide"}}
VISIT = {"message_id": "visit", "properties": {"industry": "Logistics"}}
VERDICTS = {
    "with_sales": GOOD_FIT,
    "parked": {
        "verdict": "bad_timing",
        "review_on": "2027-03-01T09:00:00+01:00",
        "reason": "their year begins in March",
    },
    "disqualified": {"verdict": "bad_fit", "reason": "resells what we make"},
    "nurturing": {"verdict": "not_ready"},
}


@pytest.fixture
def mql(world: World) -> World:
    """Anna is an MQL, and in review."""
    assert world.send_signals(GUIDE, VISIT).json()["accepted"] == 2
    world.settle()
    return world


def lead(world: World) -> Lead:
    return world.stack.lead()


def path(world: World, then: str = "") -> str:
    return f"/leads/{lead(world).lead_id}{then}"


def review(world: World, by: str = "marketing", **said: Any) -> Answer:
    return world.ask("POST", path(world, "/review"), said, by=by)


def shown(world: World) -> Any:
    return world.ask("GET", path(world), by="sales").json()


def given_back(world: World, reason: str, note: str | None = None) -> None:
    handoff = lead(world).handoff
    assert handoff
    said = {"reason": reason} | ({"note": note} if note else {})
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/return", said, by=handoff.owner).status == 200
    world.settle()


# --- what the reviewer sees ---


def test_a_lead_in_review_shows_its_reason_deadline_and_checklist(mql: World) -> None:
    mql.now += HOUR
    told = shown(mql)["review"]
    assert list(told) == ["kind", "why", "opened_at", "due_at", "breached", "checklist", "bad_timing_until"]
    opened_at, due_at = iso(mql.now - HOUR), iso(mql.now - HOUR + 2 * DAY)
    assert [told["kind"], told["why"], told["breached"]] == [
        "review",
        "meets the definition of a marketing qualified lead",
        False,
    ]
    assert told["bad_timing_until"] == f"{mql.now + 90 * DAY:%Y-%m-%d}"
    assert [told["opened_at"], told["due_at"]] == [opened_at.replace(".000", ""), due_at.replace(".000", "")]
    assert told["checklist"][0] == {
        "id": "industry",
        "question": "Is it in an industry that we sell to?",
        "needed": True,
        "answer": True,
        "because": "industry: Logistics",
    }
    assert [each["answer"] for each in told["checklist"][1:]] == [None] * 5
    mql.now += 2 * DAY
    assert shown(mql)["review"]["breached"]


def test_a_lead_without_a_duty_or_verdict_shows_no_review(world: World) -> None:
    world.send_signals(VISIT)
    assert shown(world)["review"] is None


def test_a_returned_lead_shows_the_reason_note_and_rep_of_its_return(world: World) -> None:
    world.send_form()
    owner, handoff = lead(world).handoff.owner, lead(world).handoff.handoff_id  # type: ignore[union-attr]
    given_back(world, "unreachable", "Called four times.")
    told = shown(world)["review"]
    assert (told["kind"], told["why"]) == ("return", "returned by sales: unreachable")
    assert told["returned"] == {
        "reason": "unreachable",
        "label": "No answer after several tries",
        "note": "Called four times.",
        "by": owner,
        "handoff_id": handoff,
    }
    assert shown(world)["handoff"]["return_note"] == "Called four times."


def test_a_lead_shows_its_last_verdict_until_the_next_one(mql: World) -> None:
    review(mql, verdict="bad_timing", reason="next year", answers={"help": True})
    told = shown(mql)["review"]
    assert [each["answer"] for each in told.pop("checklist")] == [True] + [None] * 5
    assert told == {
        "bad_timing_until": told["bad_timing_until"],
        "last": {
            "verdict": "bad_timing",
            "by": MARIA,
            "at": told["last"]["at"],
            "answers": {"industry": True, "help": True},
            "reason": "next year",
        },
    }
    mql.settle()
    mql.wait(90 * DAY)
    told = shown(mql)["review"]
    assert (told["why"], told["last"]["verdict"]) == ("the agreed time has passed", "bad_timing")


def test_a_lead_as_of_before_the_verdict_shows_the_open_review(mql: World) -> None:
    then = mql.now
    mql.now += HOUR
    review(mql, verdict="not_ready")
    before = mql.ask("GET", path(mql), by="sales", query={"at": iso(then)}).json()
    assert before["review"]["why"]
    assert "last" not in before["review"]


def test_a_lead_shows_no_checklist_once_sales_has_it(mql: World) -> None:
    review(mql, **GOOD_FIT)
    assert list(shown(mql)["review"]) == ["last"]


def test_the_day_until_bad_timing_is_the_one_that_sales_gave(world: World) -> None:
    world.send_form()
    handoff = lead(world).handoff
    assert handoff
    said = {"reason": "bad_timing", "review_on": "2027-04-01"}
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/return", said, by=handoff.owner).status == 200
    assert shown(world)["review"]["bad_timing_until"] == "2027-04-01"


# --- verdicts ---


@pytest.mark.parametrize(("status", "said"), VERDICTS.items(), ids=VERDICTS)
def test_each_verdict_is_answered_with_the_lead_after_the_review(mql: World, status: str, said: Any) -> None:
    answer = review(mql, **said)
    assert answer.status == 200, answer
    assert answer.json() == shown(mql)
    assert answer.json()["status"] == status
    assert answer.json()["review"]["last"]["by"] == MARIA
    mql.settle()
    mql.stack.must_be_consistent()
    [duty] = [Duty.model_validate_json(unpacked(item["body"])) for item in mql.stack.items("DUTY#")]
    assert (duty, duty.verdict, duty.by) == (lead(mql).duty, said["verdict"], MARIA)


def test_a_lead_with_the_verdict_good_fit_goes_to_sales_with_a_mail_that_names_the_reviewer(mql: World) -> None:
    handoff = review(mql, **GOOD_FIT).json()["handoff"]
    assert (handoff["trigger"], handoff["state"]) == ("sql", "offered")
    assert lead(mql).stage == "sql"
    mql.settle()
    [mail] = mql.mails
    assert mail.to == (handoff["owner"],)
    assert "WHY NOW\n- reviewed by m" in mail.text


def test_a_review_takes_a_date_without_a_time(mql: World) -> None:
    answer = review(mql, verdict="bad_timing", review_on="2027-01-15")
    assert (answer.status, answer.json()["review_on"]) == (200, "2027-01-15T00:00:00Z")


def test_a_parked_lead_is_back_in_review_on_its_date(mql: World) -> None:
    assert review(mql, **VERDICTS["parked"]).json()["review_on"] == "2027-03-01T08:00:00Z"
    mql.settle()
    mql.wait(timedelta(days=97) - 2 * HOUR)
    assert lead(mql).status == "parked"
    mql.wait(2 * HOUR)
    assert lead(mql).status == "in_review"
    assert review(mql, **GOOD_FIT).json()["status"] == "with_sales"


def test_a_late_review_is_reminded_and_escalated_until_marketing_has_reviewed(mql: World) -> None:
    mql.wait(2 * DAY)
    assert mql.stack.happened()[-2:] == ["DutyReminded", "DutyEscalated"]
    review(mql, verdict="not_ready")
    before = mql.stack.items()
    mql.settle()
    mql.wait(30 * DAY)
    assert mql.stack.items() == before


@pytest.mark.parametrize("reason", ["bad_timing", "bad_fit", "not_qualified", "unreachable"])
@pytest.mark.parametrize(("status", "said"), VERDICTS.items(), ids=VERDICTS)
def test_any_verdict_answers_a_return(world: World, reason: str, status: str, said: Any) -> None:
    world.send_form()
    world.now += HOUR
    given_back(world, reason)
    assert review(world, **said).json()["status"] == status
    duty = lead(world).duty
    assert duty
    assert (duty.kind, duty.verdict, duty.is_open) == ("return", said["verdict"], False)
    world.stack.must_be_consistent()


def test_a_disqualified_lead_may_be_reviewed_at_any_time(mql: World) -> None:
    review(mql, **VERDICTS["disqualified"])
    mql.now += 200 * DAY
    [line] = mql.ask("GET", "/leads", by="marketing", query={"queue": "disqualified"}).json()["leads"]
    assert line["lead_id"] == lead(mql).lead_id
    assert review(mql, **GOOD_FIT).json()["status"] == "with_sales"


def test_a_lead_with_the_verdict_good_fit_waits_when_sales_has_no_rep(mql: World) -> None:
    for rep in ("sam", "kim"):
        mql.ask("DELETE", f"/teams/sales/reps/{rep}@sales.example.com", by="admin")
    answer = review(mql, **GOOD_FIT)
    assert (answer.status, answer.json()["handoff"]["owner"]) == (200, None)
    mql.settle()
    assert [mail.to for mail in mql.mails] == [("mo@sales.example.com",)]


# --- who may, and what is refused ---


@pytest.mark.parametrize(("group", "status"), [("marketing", 200), ("admin", 200), ("sales", 403)])
def test_only_marketing_and_administrators_may_review_leads(mql: World, group: str, status: int) -> None:
    assert review(mql, group, verdict="not_ready").status == status


def test_a_review_of_an_unknown_lead_is_not_found(mql: World) -> None:
    answer = mql.ask("POST", "/leads/nobody/review", {"verdict": "not_ready"}, by="marketing")
    must_be_a_problem(answer, 404)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"verdict": "perfect"}, "verdict"),
        ({}, "verdict"),
        ({"verdict": "bad_fit"}, "reason"),
        ({"verdict": "bad_fit", "reason": "  "}, "reason"),
        ({"verdict": "bad_fit", "reason": "x" * 501}, "reason"),
        ({"verdict": "not_ready", "answers": {"mood": True}}, "answers.mood"),
        ({"verdict": "not_ready", "answers": {"help": "maybe"}}, "answers.help"),
        ({"verdict": "bad_timing", "review_on": "2026-11-01T00:00:00Z"}, "review_on"),
        ({"verdict": "bad_timing", "review_on": "2028-11-01T00:00:00Z"}, "review_on"),
        ({"verdict": "bad_timing", "review_on": "0001-01-01"}, "review_on"),
        ({"verdict": "bad_timing", "review_on": "9999-12-31"}, "review_on"),
        ({"verdict": "bad_timing", "review_on": "soon"}, "review_on"),
        ({"verdict": "not_ready", "review_on": "2026-12-01T00:00:00Z"}, "review_on"),
        ({"verdict": "not_ready", "mood": "good"}, "mood"),
    ],
    ids=str,
)
def test_an_invalid_review_is_refused_with_the_field_at_fault_and_changes_nothing(
    mql: World, said: Any, field: str
) -> None:
    before = mql.stack.items()
    must_be_a_problem(review(mql, **said), 422, field)
    assert mql.stack.items() == before


def test_the_verdict_good_fit_without_the_needed_answers_is_refused_naming_the_missing_ones(mql: World) -> None:
    before = mql.stack.items()
    detail = must_be_a_problem(review(mql, verdict="good_fit", answers={"help": False}), 409)
    assert "decision (no answer yet), help (no), infrastructure (no answer yet)" in detail
    assert mql.stack.items() == before


def test_a_lead_with_sales_cannot_be_reviewed(world: World) -> None:
    world.send_form()
    before = world.stack.items()
    assert "sales has it" in must_be_a_problem(review(world, **GOOD_FIT), 409)
    assert world.stack.items() == before


def test_a_second_reviewer_is_refused_with_the_first_reviewers_name(mql: World) -> None:
    review(mql, **VERDICTS["disqualified"])
    before = mql.stack.items()
    detail = must_be_a_problem(review(mql, "admin", verdict="not_ready"), 409)
    assert detail.startswith(f"{MARIA} has just reviewed it (bad fit); look at the lead again")
    assert mql.stack.items() == before


@pytest.mark.parametrize(("status", "said"), VERDICTS.items(), ids=VERDICTS)
def test_a_verdict_sent_twice_is_recorded_once(mql: World, status: str, said: Any) -> None:
    first = review(mql, **said).json()
    before = mql.stack.items()
    mql.now += MINUTE
    again = review(mql, **said)
    assert (again.status, again.json()["version"], again.json()["status"]) == (200, first["version"], status)
    assert mql.stack.items() == before


# --- lists ---


def lines(world: World, **query: str) -> list[Any]:
    answer = world.ask("GET", "/leads", by="marketing", query=query)
    assert answer.status == 200, answer
    return list(answer.json()["leads"])


def test_the_review_queue_shows_each_leads_reason_and_deadline(mql: World) -> None:
    [line] = lines(mql, queue="in_review")
    assert line["review"] == {
        "kind": "review",
        "why": "meets the definition of a marketing qualified lead",
        "opened_at": shown(mql)["review"]["opened_at"],
        "due_at": shown(mql)["review"]["due_at"],
        "breached": False,
    }


def test_marketings_list_has_reviews_and_returns_with_the_earliest_deadline_first(world: World) -> None:
    people = [f"visitor{number}@example.org" for number in range(30)]
    expected = []
    for number, email in enumerate(people):
        world.now += MINUTE
        if number % 2:
            world.send_signals(
                {**GUIDE, "email": email, "message_id": f"{number}a"}, {"email": email, "message_id": f"{number}b"}
            )
        else:
            world.send_form(email=email)
            [handoff] = [each.handoff for each in world.stack.leads() if each.email == email]
            assert handoff
            path = f"/handoffs/{handoff.handoff_id}/return"
            assert world.ask("POST", path, {"reason": "unreachable"}, by="admin").status == 200
        expected.append((email, "review" if number % 2 else "return"))
    first = world.ask("GET", "/leads", by="marketing", query={"owner": "marketing"}).json()
    rest = world.ask("GET", "/leads", by="marketing", query={"owner": "marketing", "cursor": first["cursor"]}).json()
    both = first["leads"] + rest["leads"]
    assert [(line["email"], line["review"]["kind"]) for line in both] == expected
    assert {line["labels"]["returned"] for line in both} == {None, "No answer after several tries"}
    assert rest["cursor"] is None
    assert {line["email"] for line in lines(world, owner=SAM)} == set()


def test_a_reviewed_lead_is_on_no_list_of_marketing(mql: World) -> None:
    assert len(lines(mql, owner="marketing")) == 1
    review(mql, verdict="not_ready")
    assert lines(mql, owner="marketing") == []
    assert lines(mql, queue="in_review") == []
    assert [line["review"] for line in lines(mql, queue="nurturing")] == [None]


# --- what it costs ---


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (GOOD_FIT, ["GetItem", "BatchGetItem", "Query", "TransactWriteItems"]),
        ({"verdict": "not_ready"}, ["GetItem", "BatchGetItem", "TransactWriteItems"]),
    ],
    ids=["a good fit", "another verdict"],
)
def test_a_review_reads_the_lead_and_its_account_and_writes_one_transaction(
    mql: World, said: Any, expected: list[str]
) -> None:
    review(mql, verdict="good_fit", answers={"help": False})  # the function is warm
    with mql.calls.recorded() as calls:
        assert review(mql, **said).status == 200
    assert to_dynamodb(calls) == expected
