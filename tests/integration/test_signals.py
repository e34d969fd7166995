"""Signals of tools and staff are taken one by one, once, and at once."""

import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.aws.signals import signal_batches
from baton.aws.table import retries
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Channel, Status
from tests.integration.calls import Call, Carry, refuse
from tests.integration.conftest import Prepared
from tests.integration.gateway import STAFF, Answer
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import ANNA, SAM, World, living_in

EVENTS = Path(__file__).parents[2] / "events"
BEN = "ben@example.net"
DAY = timedelta(days=1)
READ, SEVERAL, SAVE = "GetItem", "BatchGetItem", "TransactWriteItems"


def results(answer: Answer) -> list[str]:
    assert answer.status == 202, answer
    told = answer.json()
    said = [each["result"] for each in told["results"]]
    assert {name: told[name] for name in ("accepted", "repeated", "refused", "failed")} == {
        **dict.fromkeys(("accepted", "repeated", "refused", "failed"), 0),
        **Counter(said),
    }
    return said


def lead_of(world: World, email: str = ANNA) -> Lead:
    (lead,) = [lead for lead in world.stack.leads() if lead.email == email]
    return lead


def score(world: World, email: str = ANNA) -> Any:
    return world.ask("GET", f"/leads/{lead_of(world, email).lead_id}", by="sales").json()["score"]


def ago(world: World, **length: float) -> str:
    return iso(world.now - timedelta(**length))


# --- each by itself ---


@pytest.mark.parametrize("group", STAFF)
def test_every_staff_group_may_send_signals(world: World, group: str) -> None:
    assert results(world.send_signals({}, by=group)) == ["accepted"]


SENT = {"signals": [{"message_id": "1", "email": ANNA, "kind": "page_visited"}]}


def test_a_machine_with_the_scope_for_signals_may_send_signals(world: World) -> None:
    answer = world.ask("POST", "/machines/signals", SENT, scope="other/scope baton/signals")

    assert results(answer) == ["accepted"]


@pytest.mark.parametrize(
    "caller",
    [
        pytest.param({}, id="nobody"),
        pytest.param({"by": "marketing"}, id="a person"),
        pytest.param({"scope": "aws.cognito.signin.user.admin"}, id="a person's access token"),
        pytest.param({"scope": "baton/signals-of-others"}, id="another scope"),
    ],
)
def test_a_call_for_machines_is_refused_to_everybody_else(world: World, caller: dict[str, str]) -> None:
    assert world.ask("POST", "/machines/signals", SENT, **caller).status == 401
    assert world.stack.leads() == []


@pytest.mark.parametrize(("method", "path"), [("POST", "/signals"), ("GET", "/leads"), ("GET", "/agreement")])
def test_a_machines_token_opens_no_call_of_staff(world: World, method: str, path: str) -> None:
    assert world.ask(method, path, SENT if method == "POST" else None, scope="baton/signals").status == 401


def test_the_sample_batch_of_several_tools_makes_one_lead_and_refuses_one_signal(world: World) -> None:
    answer = world.ask("POST", "/signals", (EVENTS / "signals.json").read_text(), by="marketing")
    assert results(answer) == ["accepted", "accepted", "accepted", "refused"]
    assert answer.json()["results"][3] == {
        "message_id": "crm-note-32",
        "result": "refused",
        "errors": [
            {
                "field": "email",
                "detail": "is not an address that mail could reach; write it like name@company.com",
            }
        ],
    }
    lead = world.stack.lead()
    assert [activity.kind for activity in lead.recent] == ["webinar_attended", "page_visited", "called_back"]
    assert {each["lead_id"] for each in answer.json()["results"][:3]} == {lead.lead_id}
    assert (lead.profile.title, lead.company.employees, lead.source) == ("Head of Operations", 320, "webinars")
    assert (lead.bant["budget"].value, lead.bant["budget"].source) == (40000, "crm")
    assert world.stack.history(lead.lead_id)[1].by == "signals:crm+webinars+website"
    world.stack.must_be_consistent()


def test_an_invalid_signal_stops_no_other_signal_of_its_batch(world: World) -> None:
    answer = world.send_signals({"email": "?"}, {}, {"at": "soon"}, {"email": BEN})
    assert results(answer) == ["refused", "accepted", "refused", "accepted"]
    assert sorted(lead.email for lead in world.stack.leads()) == [ANNA, BEN]


def test_a_phone_number_that_cannot_be_read_is_left_out_of_an_accepted_signal(world: World) -> None:
    answer = world.send_signals({"properties": {"phone": "call me", "country": "Germany"}})
    [told] = answer.json()["results"]
    assert told["result"] == "accepted"
    assert [fault["field"] for fault in told["left_out"]] == ["properties.phone"]
    lead = world.stack.lead()
    assert (lead.profile.phone, lead.profile.country) == (None, "Germany")


def test_a_batch_about_many_leads_is_saved_in_parallel(world: World) -> None:
    threads: set[str] = set()

    def watch(_: Call, carry: Carry) -> Any:
        threads.add(threading.current_thread().name)
        return carry()

    with world.calls.by(watch):
        answer = world.send_signals(*({"email": f"lead{number}@example.org"} for number in range(30)))
    assert results(answer) == ["accepted"] * 30
    assert len(world.stack.leads()) == 30
    assert len(threads) > 2
    world.stack.must_be_consistent()


def test_a_hundred_signals_about_one_lead_are_all_recorded(world: World) -> None:
    kinds = ({"kind": f"kind_{number}", "at": ago(world, hours=number)} for number in range(100))
    assert results(world.send_signals(*kinds)) == ["accepted"] * 100
    assert world.stack.lead().version == 101
    assert Counter(world.stack.happened()) == {"LeadCaptured": 1, "SignalRecorded": 100}
    assert [each.kind for each in world.stack.lead().recent] == [f"kind_{number}" for number in range(19, -1, -1)]
    world.stack.must_be_consistent()


def test_a_signal_of_an_unknown_kind_is_kept_and_scores_nothing(world: World) -> None:
    assert results(world.send_signals({"kind": "Walked the dog"})) == ["accepted"]
    assert [each.kind for each in lead_of(world).recent] == ["walked_the_dog"]
    assert score(world)["total"] == 0


def test_an_outbound_signal_makes_an_outbound_lead(world: World) -> None:
    world.send_signals({"kind": "cold_called", "channel": "outbound", "source": "crm", "campaign": "autumn"})
    lead = lead_of(world)
    assert (lead.channel, lead.source, lead.campaign) == (Channel.OUTBOUND, "crm", "autumn")
    assert lead.last_inbound_at is None


# --- what cannot be read ---


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ([], 400),
        ({"signals": "all"}, 422),
        ({"signals": [{}] * 101}, 422),
        (b'{"signals": []' + b" " * 262_144 + b"}", 413),
    ],
    ids=["no JSON", "no object", "no list", "too many", "too long"],
)
def test_a_body_that_is_no_list_of_signals_is_refused_with_a_problem(world: World, body: Any, status: int) -> None:
    answer = world.ask("POST", "/signals", body, by="marketing")
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_batch_of_signals_may_be_longer_than_a_form(world: World) -> None:
    much = {f"property_{number}": "x" * 400 for number in range(8)}
    answer = world.send_signals(*({"properties": much, "at": ago(world, hours=number)} for number in range(60)))
    assert results(answer) == ["accepted"] * 60


def test_every_hostile_signal_is_refused_with_its_errors(world: World) -> None:
    hostile: list[dict[str, Any]] = [
        {"message_id": "x" * 2048},
        {"properties": {f"p{number}": number for number in range(1000)}},
        {"properties": {"budget": 10**400}},
        {"at": "9999-12-31T23:59:59.999999-23:59"},
        {"kind": "' OR 1=1 --"},
        {"email": "a" * 300 + "@example.com"},
    ]
    answer = world.send_signals(*hostile)
    assert results(answer) == ["refused"] * len(hostile)
    assert all(each["errors"] for each in answer.json()["results"])
    assert len(answer.body) < 10_000
    assert world.stack.leads() == []


# --- once ---


def test_a_batch_of_signals_sent_twice_changes_nothing_the_second_time(world: World) -> None:
    batch = [{"kind": "demo_requested"}, {"email": BEN}, {"kind": "content_downloaded", "content": {"id": "guide"}}]
    assert results(world.send_signals(*batch)) == ["accepted"] * 3
    before = world.stack.items()
    world.now += DAY
    assert results(world.send_signals(*batch)) == ["repeated"] * 3
    assert world.stack.items() == before


def test_only_the_new_signals_of_a_batch_are_taken(world: World) -> None:
    world.send_signals({}, {})
    assert results(world.send_signals({}, {}, {}, {"email": BEN})) == ["repeated", "repeated", "accepted", "accepted"]
    assert world.stack.happened(lead_of(world).lead_id) == ["LeadCaptured", *["SignalRecorded"] * 3]


def test_the_same_message_twice_in_one_batch_is_taken_once(world: World) -> None:
    answer = world.send_signals({"message_id": "a"}, {"message_id": "a"}, {"message_id": "a", "source": "crm"})
    assert results(answer) == ["accepted", "repeated", "accepted"]
    assert lead_of(world).version == 3


def test_the_same_message_id_of_another_source_or_person_is_another_signal(world: World) -> None:
    """Two tools, or two people, may use the same one."""
    answer = world.send_signals(
        {"message_id": "1", "source": "a"}, {"message_id": "1", "source": "b"}, {"message_id": "1", "email": BEN}
    )
    assert results(answer) == ["accepted"] * 3


batches = st.lists(
    st.fixed_dictionaries(
        {
            "message_id": st.sampled_from("abcdef"),
            "email": st.sampled_from([ANNA, BEN, "nobody"]),
            "kind": st.sampled_from(["page_visited", "demo_requested", "content_downloaded", "?"]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(batches, min_size=1, max_size=3))
def test_any_batches_sent_again_are_repeats_and_change_nothing(prepared: Prepared, sent: Any) -> None:
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as world:
        for batch in sent:
            assert len(results(world.send_signals(*batch))) == len(batch)
        before = world.stack.items()
        for batch in sent:
            assert set(results(world.send_signals(*batch))) <= {"repeated", "refused"}
        assert world.stack.items() == before
        world.stack.must_be_consistent()


# --- at once ---


def test_signals_that_add_up_to_the_threshold_hand_the_lead_over(world: World) -> None:
    read = [{"kind": "content_downloaded", "content": {"id": content}} for content in ("guide", "case-study")]
    assert results(world.send_signals(*read)) == ["accepted"] * 2
    world.settle()
    lead = lead_of(world)
    assert lead.handoff
    assert (lead.handoff.trigger, lead.handoff.score) == ("score", 100)
    assert [mail.to for mail in world.mails] == [(lead.handoff.owner,)]


def test_a_demo_request_reaches_sales_whatever_the_score(world: World) -> None:
    world.send_signals({"kind": "Demo requested", "source": "calendar"})
    lead = lead_of(world)
    assert lead.handoff
    assert lead.handoff.trigger == "consultation"
    assert "demo requested, calendar" in lead.handoff.reasons[0]


def test_a_demo_request_older_than_thirty_days_is_not_handed_over(world: World) -> None:
    world.send_signals({"kind": "demo_requested", "at": ago(world, days=31)})
    assert lead_of(world).handoff is None


def test_a_signal_with_the_last_missing_answer_hands_the_lead_over(world: World) -> None:
    said = {"authority": "decides", "need": "urgent", "timeline": "spring"}
    world.send_signals({"message_id": "a", "kind": "survey_answered", "properties": said})
    assert lead_of(world).handoff is None
    world.send_signals({"message_id": "b", "kind": "survey_answered", "properties": {"budget": 40000}})
    lead = lead_of(world)
    assert lead.handoff
    assert lead.handoff.trigger == "sql"


def test_a_signal_of_a_target_account_hands_the_lead_to_the_accounts_owner(world: World) -> None:
    assert world.ask("PUT", "/accounts/example.com", {"owner": SAM}, by="sales").status == 201
    world.settle()
    world.send_signals({"kind": "page_visited"})
    world.settle()
    lead = lead_of(world)
    assert lead.handoff
    assert (lead.handoff.trigger, lead.handoff.owner) == ("target_account", SAM)
    assert "TargetAccountEngaged" in world.stack.happened(lead.lead_id)


def test_a_late_signal_is_scored_at_its_own_time(world: World) -> None:
    world.send_signals({"message_id": "now", "content": {"id": "guide"}, "kind": "content_downloaded"})
    late = {"message_id": "late", "content": {"id": "case-study"}, "kind": "content_downloaded"}
    world.send_signals({**late, "at": ago(world, days=30)})
    assert score(world)["total"] == 75


def test_the_owner_is_mailed_about_a_demo_request_and_not_about_a_page_visit(world: World) -> None:
    world.send_form()
    world.settle()
    told = len(world.mails)
    world.send_signals({"kind": "page_visited"})
    world.settle()
    assert len(world.mails) == told
    world.send_signals({"message_id": "wish", "kind": "demo_requested"})
    world.settle()
    assert len(world.mails) == told + 1


# --- what it costs, and what happens if AWS is busy ---


def test_a_batch_of_one_lead_takes_one_read_and_one_transaction(world: World) -> None:
    world.send_signals({"message_id": "warm"})
    world.now += timedelta(seconds=1)
    with world.calls.recorded() as calls:
        world.send_signals(*({"kind": f"k{number}"} for number in range(25)))
    assert to_dynamodb(calls) == [SEVERAL, SAVE]


def test_a_lead_that_cannot_be_saved_stops_no_other_lead_of_the_batch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.05)  # a setting: twelve seconds would show no more
    world.send_signals({"message_id": "first"})
    anna = lead_of(world).lead_id

    def contended(call: Call, carry: Carry) -> Any:
        if call.operation == SAVE and anna in str(call.parameters):
            return refuse(SAVE, "TransactionCanceledException", CancellationReasons=[{"Code": "TransactionConflict"}])(
                call, carry
            )
        return carry()

    with world.calls.by(contended):
        answer = world.send_signals({}, {"email": BEN}, {"message_id": "m-1"})
    assert results(answer) == ["failed", "accepted", "failed"]
    assert answer.json()["results"][0]["detail"] == "nothing of it was saved; send it again"
    assert results(world.send_signals({}, {"email": BEN}, {"message_id": "m-1"})) == [
        "accepted",
        "repeated",
        "repeated",
    ]


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_a_batch_of_which_no_signal_could_be_saved_is_answered_503(world: World, code: str) -> None:
    with world.calls.by(refuse(SAVE, code)):
        answer = world.send_signals({}, {"email": BEN}, {"email": "?"})
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert world.stack.leads() == []


def test_a_batch_begins_no_lead_after_the_functions_time_is_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_batches, "SECONDS_TO_BEGIN", 0.0)  # a setting: the time is over at once
    assert world.send_signals({}, {"email": BEN}).status == 503
    assert world.stack.leads() == []


def test_a_tools_signal_about_a_spam_lead_makes_the_lead_nurtured(world: World) -> None:
    world.send_form(website="https://spam.example")
    assert lead_of(world).status is Status.SPAM
    world.send_signals({})
    assert lead_of(world).status is Status.NURTURING
