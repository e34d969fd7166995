"""Of many requests at once one takes effect, the others get a clear answer, and no event is lost or counted twice."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import agreement_keys
from baton.outreach.links.handoff_links import Action
from tests.integration.deployment import Build, Deployment, a_form, statuses
from tests.integration.gateway import Event, request
from tests.integration.world import ANNA, KIM, LEE, SAM

A_VISIT = {"message_id": "1", "email": ANNA, "kind": "page_visited"}


def test_two_hundred_acceptances_at_once_accept_the_handoff_once_for_its_owner(deployment: Deployment) -> None:
    deployment.hire(SAM)
    handoff = deployment.offer()
    path = f"/handoffs/{handoff.handoff_id}/accept"
    callers = [SAM, KIM, "admin", "lee@sales.example.com"] * 50
    answers = deployment.ask([request("POST", path, by=caller) for caller in callers])
    by_caller = {caller: Counter[int]() for caller in callers}
    for caller, answer in zip(callers, answers, strict=True):
        by_caller[caller][answer.status] += 1
    assert by_caller == {SAM: {200: 50}, "admin": {200: 50}, KIM: {409: 50}, "lee@sales.example.com": {409: 50}}
    assert {answer.json()["state"] for answer in answers if answer.status == 200} == {"accepted"}
    assert len({answer.body for answer in answers if answer.status == 200}) == 1
    assert {answer.headers["content-type"] for answer in answers if answer.status == 409} == {
        "application/problem+json"
    }
    assert deployment.stack.happened() == ["LeadCaptured", "SignalRecorded", "HandoffOffered", "HandoffAccepted"]


def test_two_hundred_clicks_at_once_accept_the_handoff_once(deployment: Deployment) -> None:
    deployment.hire(SAM)
    click = deployment.click(deployment.offer(), Action.ACCEPT)
    answers = deployment.ask([click] * 200)
    assert statuses(answers) == {200: 200}
    assert deployment.stack.happened().count("HandoffAccepted") == 1


def test_fifty_returns_at_once_return_the_handoff_once(deployment: Deployment) -> None:
    deployment.hire(SAM)
    click = deployment.click(deployment.offer(), Action.RETURN, "reason=bad_timing")
    answers = deployment.ask([click] * 50)
    assert statuses(answers) == {200: 50}
    happened = Counter(deployment.stack.happened())
    assert (happened["HandoffReturned"], happened["LeadParked"]) == (1, 1)


def test_acceptances_contacts_reassignments_and_returns_at_once_leave_one_clear_outcome(deployment: Deployment) -> None:
    deployment.hire(SAM, KIM)
    handoff = deployment.offer()
    path, owner = f"/handoffs/{handoff.handoff_id}", handoff.owner
    other = SAM if owner == KIM else KIM
    answers = deployment.ask(
        [
            request("POST", f"{path}/accept", by=owner),
            request("POST", f"{path}/contact", {"channel": "phone"}, by=owner),
            request("POST", f"{path}/reassign", {"reason": "on holiday", "owner": other}, by="admin"),
            deployment.click(handoff, Action.RETURN, "reason=bad_fit"),
        ]
        * 8
    )
    assert set(statuses(answers)) <= {200, 409}
    happened = Counter(deployment.stack.happened())
    assert happened["HandoffOffered"] == 1
    assert happened["HandoffReturned"] <= 1
    assert happened["HandoffReassigned"] <= 1


def test_fifty_first_forms_of_one_person_with_different_answers_are_one_lead_with_one_handoff(
    deployment: Deployment,
) -> None:
    deployment.hire(SAM, KIM)
    answers = deployment.ask([a_form(ANNA, message=f"Message {number}.") for number in range(50)])
    assert statuses(answers) == {202: 50}
    assert len({answer.json()["reference"] for answer in answers}) == 50
    happened = Counter(deployment.stack.happened())
    assert happened == {"LeadCaptured": 1, "SignalRecorded": 50, "HandoffOffered": 1}
    told = [recorded.event for recorded in deployment.stack.history(deployment.stack.lead().lead_id)]
    written = {event.message for event in told if event.type == "SignalRecorded"}
    assert written == {f"Message {number}." for number in range(50)}


def test_a_batch_of_signals_sent_many_times_at_once_is_taken_once(deployment: Deployment) -> None:
    """Each instance takes its leads side by side, and all of them meet in the same leads."""
    deployment.hire(SAM, KIM, capacity=100)
    people = [f"{name}@example.org" for name in ("ada", "bo", "cy", "di")]
    signals = [
        {"message_id": f"{kind}-{email}", "email": email, "kind": kind}
        for kind in ("page_visited", "webinar_attended", "demo_requested")
        for email in people
    ]
    answers = deployment.ask([request("POST", "/signals", {"signals": signals}, by="marketing")] * 32)
    assert statuses(answers) == {202: 32}
    results = Counter(result["result"] for answer in answers for result in answer.json()["results"])
    assert results == {"accepted": len(signals), "repeated": 31 * len(signals)}
    for lead in deployment.stack.leads():
        happened = Counter(deployment.stack.happened(lead.lead_id))
        assert (happened["LeadCaptured"], happened["SignalRecorded"], happened["HandoffOffered"]) == (1, 3, 1)


def test_a_lead_handed_over_and_held_back_many_times_at_once_is_handed_over_once(deployment: Deployment) -> None:
    deployment.hire(SAM, KIM)
    deployment.ask([request("POST", "/signals", {"signals": [A_VISIT]}, by="marketing")])
    path = f"/leads/{deployment.stack.lead().lead_id}"
    answers = deployment.ask(
        [
            request("POST", f"{path}/handoff", {"reason": "met at the fair"}, by="sales"),
            request("POST", f"{path}/hold", {"reason": "a merger"}, by="marketing"),
            request("DELETE", f"{path}/hold", by="admin"),
            request("PATCH", path, {"bant": {"budget": {"value": 40000}}}, by="admin"),
        ]
        * 8
    )
    assert set(statuses(answers)) <= {200, 409}
    happened = Counter(deployment.stack.happened())
    assert (happened["HandoffOffered"], deployment.stack.lead().held) == (1, None)
    assert deployment.stack.lead().bant["budget"].value == 40000


def test_fifty_first_forms_of_one_person_with_the_same_answers_are_one_submission(deployment: Deployment) -> None:
    deployment.hire(SAM, KIM)
    answers = deployment.ask([a_form(ANNA, message="Please call.")] * 50)
    assert statuses(answers) == {202: 50}
    assert len({answer.body for answer in answers}) == 1
    assert deployment.stack.happened() == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


@pytest.mark.parametrize(("capacity", "given"), [(30, 50), (20, 40)])
def test_fifty_leads_at_once_are_shared_out_within_each_reps_capacity(
    deployment: Deployment, capacity: int, given: int
) -> None:
    deployment.hire(SAM, KIM, capacity=capacity)
    answers = deployment.ask([a_form(f"visitor{number}@example.org") for number in range(50)])
    assert statuses(answers) == {202: 50}
    held = Counter(lead.handoff.owner for lead in deployment.stack.leads() if lead.handoff)
    assert (held[SAM] + held[KIM], held[None]) == (given, 50 - given)
    assert max(held[SAM], held[KIM]) <= capacity
    assert {rep.email: rep.open_handoffs for rep in deployment.stack.reps()} == {SAM: held[SAM], KIM: held[KIM]}


def test_leads_that_come_at_once_are_shared_out_by_weight_to_within_one_lead(deployment: Deployment) -> None:
    weights = {SAM: 3, KIM: 1, LEE: 1}
    for email, weight in weights.items():
        deployment.hire(email, weight=weight, capacity=100)
    answers = deployment.ask([a_form(f"visitor{number}@example.org") for number in range(52)])
    assert statuses(answers) == {202: 52}
    held = Counter(lead.handoff.owner for lead in deployment.stack.leads() if lead.handoff)
    assert all(abs(held[email] - 52 * weight / 5) <= 1 for email, weight in weights.items()), held


def test_many_invocations_that_serve_one_line_give_each_lead_once_and_fill_every_place(deployment: Deployment) -> None:
    deployment.ask([a_form(f"visitor{number}@example.org") for number in range(30)])
    deployment.hire(SAM, KIM, capacity=12)
    served = deployment.functions.run(
        [("serve_waiting", {"detail": {"team": "sales"}})] * 16, deployment.stack.physical
    )
    assert served == [{}] * 16
    deployment.let_timers_look()
    deployment.stack.must_be_consistent()
    handoffs = [lead.handoff for lead in deployment.stack.leads() if lead.handoff]
    assert Counter(handoff.owner for handoff in handoffs) == {SAM: 12, KIM: 12, None: 6}
    waiting = [handoff.assigned_at for handoff in handoffs if handoff.owner is None]
    assert min(waiting) >= max(handoff.offered_at for handoff in handoffs if handoff.owner), "first come, first served"
    assert {deployment.stack.happened(each.lead_id).count("HandoffReassigned") for each in handoffs if each.owner} == {
        1
    }


def test_new_and_waiting_leads_at_once_never_exceed_a_reps_capacity(deployment: Deployment) -> None:
    deployment.ask([a_form(f"early{number}@example.org") for number in range(10)])
    deployment.hire(SAM, KIM, capacity=15)
    serving = ("serve_waiting", {"detail": {"team": "sales"}})
    forms = [a_form(f"late{number}@example.org") for number in range(30)]
    deployment.functions.run([request for form in forms for request in (form, serving)], deployment.stack.physical)
    deployment.functions.run([serving], deployment.stack.physical)
    deployment.let_timers_look()
    deployment.stack.must_be_consistent()
    handoffs = [lead.handoff for lead in deployment.stack.leads() if lead.handoff]
    assert Counter(handoff.owner for handoff in handoffs) == {SAM: 15, KIM: 15, None: 10}
    early = [lead.handoff for lead in deployment.stack.leads() if lead.email.startswith("early") and lead.handoff]
    assert all(handoff.owner for handoff in early)


def test_a_deadline_seen_by_many_timers_at_once_is_acted_on_once(new_deployment: Build) -> None:
    agreement = yaml.safe_load(packaged_text())
    clock = {"within": "30m", "stops_when": "accepted", "ladder": [{"at": "100%", "do": "reassign"}]}
    agreement["handoffs"]["consultation"]["clocks"] = {"accept": clock}
    deployment = new_deployment(yaml.safe_dump(agreement))
    deployment.hire(SAM, KIM)
    handoff = deployment.offer()
    timer = {"lead_id": handoff.lead_id, "event_id": deployment.stack.lead().timer}
    answers = deployment.functions.run(
        [("follow_up", timer)] * 32, deployment.stack.physical, ahead=timedelta(minutes=30)
    )
    assert answers == [{"due_at": None}] * 32, "the new owner's clocks have a timer of their own"
    assert deployment.stack.happened().count("HandoffReassigned") == 1
    deployment.stack.must_be_consistent()


DRAFTS = "/agreement/drafts"
SALES = [f"rep{number}@sales.example.com" for number in range(32)]


def signature(draft: Any, by: str, **read: int) -> tuple[str, Event]:
    return request("POST", f"{DRAFTS}/{draft['draft_id']}/signatures", read, by=by)


def half_signed(deployment: Deployment, *within: str) -> list[Any]:
    """A draft for each of these clocks that marketing has signed."""
    texts = [packaged_text().replace("within: 30m", f"within: {each}", 1) for each in within]
    drafts = [deployment.ask([request("POST", DRAFTS, {"yaml": text}, by="marketing")])[0].json() for text in texts]
    for draft in drafts:
        assert statuses(deployment.ask([signature(draft, "marketing")])) == {200: 1}
    return drafts


def origins(deployment: Deployment) -> list[str]:
    return [item["origin"]["S"] for item in deployment.stack.items("V#")]


def test_of_two_drafts_that_are_signed_at_once_one_comes_into_force(deployment: Deployment) -> None:
    drafts = half_signed(deployment, "15m", "45m")
    answers = deployment.ask([signature(drafts[number % 2], by) for number, by in enumerate(SALES)])
    assert statuses(answers) == {200: 1, 409: len(SALES) - 1}
    [won] = [answer.json() for answer in answers if answer.status == 200]
    assert (won["version"], won["state"]) == (2, "in_force")
    assert origins(deployment) == ["packaged", "signed"]
    events = [
        item["sk"]["S"] for item in deployment.stack.items("EVENT#") if item["pk"]["S"] == agreement_keys.AGREEMENT
    ]
    of_drafts = [event for event in events if event.startswith("EVENT#draft#")]
    assert [event.rpartition("#")[2] for event in of_drafts] == ["marketing", "marketing"]
    enacted = [event for event in events if event not in of_drafts]
    assert enacted == ["EVENT#000001#enacted", "EVENT#000002#enacted", "EVENT#000002#signed"]


def test_a_signature_sent_many_times_at_once_counts_once(deployment: Deployment) -> None:
    [draft] = half_signed(deployment, "15m")
    answers = deployment.ask([signature(draft, SALES[0])] * 32)
    assert statuses(answers) == {200: 32}
    assert {answer.json()["version"] for answer in answers} == {2}
    assert origins(deployment) == ["packaged", "signed"]


def test_a_draft_signed_and_changed_at_once_is_in_force_unchanged_or_changed_and_unsigned(
    deployment: Deployment,
) -> None:
    [draft] = half_signed(deployment, "15m")
    change = request("PUT", f"{DRAFTS}/{draft['draft_id']}", {"yaml": packaged_text(), "revision": 1}, by="admin")
    answers = deployment.ask([change, *(signature(draft, by, revision=1) for by in SALES)] * 2)
    assert statuses(answers).keys() <= {200, 409}
    now = deployment.ask([request("GET", f"{DRAFTS}/{draft['draft_id']}", by="admin")])[0].json()
    won = [answer.json() for answer in answers if answer.status == 200]
    if now["state"] == "in_force":
        assert (now["revision"], len(now["signatures"])) == (1, 2)
        assert {answer["version"] for answer in won} == {2}
    else:
        assert (now["state"], now["revision"], now["signatures"]) == ("open", 2, [])
        assert origins(deployment) == ["packaged"]


def test_of_many_simultaneous_changes_of_a_draft_one_is_saved(deployment: Deployment) -> None:
    [draft] = half_signed(deployment, "15m")
    texts = [f"# {number}\n{packaged_text()}" for number in range(32)]
    path = f"{DRAFTS}/{draft['draft_id']}"
    answers = deployment.ask([request("PUT", path, {"yaml": text, "revision": 1}, by="admin") for text in texts])
    assert statuses(answers) == {200: 1, 409: 31}
    [winner] = [text for text, answer in zip(texts, answers, strict=True) if answer.status == 200]
    assert deployment.ask([request("GET", path, by="admin")])[0].json()["yaml"] == winner


def test_every_signal_to_leads_that_are_merged_and_unmerged_meanwhile_is_kept(deployment: Deployment) -> None:
    """Signals to either address, and forms to the other, while both are merged and parted again and again."""
    deployment.hire(SAM, KIM)
    home = "anna@home.example.net"
    for email in (ANNA, home):
        deployment.ask([request("POST", "/signals", {"signals": [A_VISIT | {"email": email}]}, by="marketing")])
    by_email = {lead.email: lead.lead_id for lead in deployment.stack.leads()}
    one, other = by_email[ANNA], by_email[home]
    asked: list[Event] = []
    for number in range(12):
        visits = [A_VISIT | {"email": email, "message_id": f"{email}-{number}"} for email in (ANNA, home)]
        asked += [request("POST", "/signals", {"signals": [visit]}, by="marketing") for visit in visits]
        asked.append(request("POST", f"/leads/{one}/merge", {"other": other}, by="marketing"))
        if number % 3 == 2:
            asked.append(request("POST", f"/leads/{other}/unmerge", {}, by="marketing"))
    answers = deployment.ask(asked)
    assert set(statuses(answers)) <= {200, 202, 409}
    results = [each["result"] for answer in answers if answer.status == 202 for each in answer.json()["results"]]
    assert Counter(results) == {"accepted": 24}
    told = [
        recorded.event.message_id
        for lead_id in (one, other)
        for recorded in deployment.stack.history(lead_id)
        if recorded.event.type == "SignalRecorded"
    ]
    assert Counter(told) == {"1": 2} | {f"{email}-{n}": 1 for email in (ANNA, home) for n in range(12)}
    deployment.stack.must_be_consistent()
