"""Two contradicting requests at the same moment, a hundred times: one wins, and the other is told why not."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from tests.integration.deployment import Build, Deployment, a_form
from tests.integration.gateway import Answer, Event, answered, request
from tests.integration.world import KIM, SAM

PAIRS = 100
LEE = "lee@example.com"
Duel = Callable[[Handoff], tuple[tuple[str, Event], tuple[str, Event]]]


def offered(deployment: Deployment) -> list[Lead]:
    """A hundred leads that Sam and Kim have."""
    deployment.hire(SAM, KIM, capacity=PAIRS)
    deployment.ask([a_form(f"visitor{number}@example.org") for number in range(PAIRS)])
    leads = deployment.stack.leads()
    assert len(leads) == PAIRS
    return leads


def fought(deployment: Deployment, leads: list[Lead], duel: Duel) -> list[tuple[Lead, Answer, Answer, list[str]]]:
    """Both do it at once to each lead: the lead afterwards, both answers, and what happened to it since the offer."""
    pairs = [duel(lead.handoff) for lead in leads if lead.handoff]
    turned = [pair if number % 2 else pair[::-1] for number, pair in enumerate(pairs)]
    answers = deployment.ask([one for pair in turned for one in pair])
    after = {lead.lead_id: lead for lead in deployment.stack.leads()}
    told = []
    for number, lead in enumerate(leads):
        first, second = answers[2 * number : 2 * number + 2]
        one, other = (first, second) if number % 2 else (second, first)
        told.append((after[lead.lead_id], one, other, deployment.stack.happened(lead.lead_id)[3:]))
    return told


def other_than(owner: str | None) -> str:
    return KIM if owner == SAM else SAM


def others(owner: str | None) -> list[str]:
    return [each for each in (SAM, KIM, LEE) if each != owner]


def must_say_why(refused: Answer) -> None:
    assert refused.status == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"]


def test_an_acceptance_that_loses_to_a_simultaneous_reassignment_is_refused_with_the_new_owner(
    deployment: Deployment,
) -> None:
    def duel(handoff: Handoff) -> tuple[tuple[str, Event], tuple[str, Event]]:
        path = f"/handoffs/{handoff.handoff_id}"
        passed = {"owner": other_than(handoff.owner), "reason": "on holiday"}
        return request("POST", f"{path}/accept", by=handoff.owner), request(
            "POST", f"{path}/reassign", passed, by="admin"
        )

    leads = offered(deployment)
    owners = {lead.lead_id: lead.handoff.owner for lead in leads if lead.handoff}
    ways = Counter[int]()
    for lead, accepted, reassigned, happened in fought(deployment, leads, duel):
        assert reassigned.status == 200
        assert lead.handoff
        assert lead.handoff.owner == other_than(owners[lead.lead_id])
        ways[accepted.status] += 1
        if accepted.status == 200:
            assert happened == ["HandoffAccepted", "HandoffReassigned"]
        else:
            must_say_why(accepted)
            assert happened == ["HandoffReassigned"]
            assert str(lead.handoff.owner) in accepted.json()["detail"]
    assert set(ways) <= {200, 409}


def test_two_who_name_different_colleagues_at_once_are_both_heard_and_one_of_them_last(deployment: Deployment) -> None:
    """Nobody is lost between the two: whoever has it in the end counts it, and the one between does not."""
    deployment.hire(LEE, capacity=PAIRS)

    def duel(handoff: Handoff) -> tuple[tuple[str, Event], tuple[str, Event]]:
        path, (one, another) = f"/handoffs/{handoff.handoff_id}/reassign", others(handoff.owner)
        return request("POST", path, {"owner": one, "reason": "knows them"}, by=handoff.owner), request(
            "POST", path, {"owner": another, "reason": "on holiday"}, by="admin"
        )

    leads = offered(deployment)
    owners = {lead.lead_id: lead.handoff.owner for lead in leads if lead.handoff}
    last = Counter[str]()
    for lead, passed_on, reassigned, happened in fought(deployment, leads, duel):
        assert (passed_on.status, reassigned.status) == (200, 200)
        assert happened == ["HandoffReassigned"] * 2
        assert lead.handoff
        last[("owner", "manager")[others(owners[lead.lead_id]).index(str(lead.handoff.owner))]] += 1
    assert set(last) == {"owner", "manager"}, "each is faster sometimes"


def test_a_contact_that_loses_to_a_simultaneous_return_is_refused(deployment: Deployment) -> None:
    def duel(handoff: Handoff) -> tuple[tuple[str, Event], tuple[str, Event]]:
        path = f"/handoffs/{handoff.handoff_id}"
        return request("POST", f"{path}/return", {"reason": "unreachable"}, by=handoff.owner), request(
            "POST", f"{path}/contact", {"channel": "phone"}, by=handoff.owner
        )

    for lead, returned, contacted, happened in fought(deployment, offered(deployment), duel):
        assert returned.status == 200
        assert (lead.status, lead.handoff and lead.handoff.state) == ("nurturing", "returned")
        ended = ["HandoffReturned", "AnswerRequested"]
        if contacted.status == 200:
            assert happened == ["HandoffAccepted", "ContactLogged", *ended]
        else:
            must_say_why(contacted)
            assert happened == ended


def test_an_acceptance_at_the_deadline_holds_or_is_refused_after_the_timers_reassignment(new_deployment: Build) -> None:
    """Whoever accepts at the very deadline has the lead, or is told that it was passed on."""
    agreement = yaml.safe_load(packaged_text())
    clock = {"within": "30m", "stops_when": "accepted", "ladder": [{"at": "100%", "do": "reassign"}]}
    agreement["handoffs"]["consultation"]["clocks"] = {"accept": clock}
    deployment = new_deployment(yaml.safe_dump(agreement))
    leads = offered(deployment)
    last = max(lead.handoff.clocks[0].due_at for lead in leads if lead.handoff)
    until_then = last - datetime.now(UTC)
    requests = []
    for lead in leads:
        assert lead.handoff
        click = request("POST", f"/handoffs/{lead.handoff.handoff_id}/accept", by=lead.handoff.owner)
        requests += [click, ("follow_up", {"lead_id": lead.lead_id, "event_id": lead.timer})]
    returned = deployment.functions.run(requests, deployment.stack.physical, ahead=until_then)
    deployment.stack.must_be_consistent()
    for number, lead in enumerate(leads):
        accepted = answered(returned[2 * number])
        happened = deployment.stack.happened(lead.lead_id)[3:]
        if accepted.status == 200:
            assert happened == ["HandoffAccepted"]
        else:
            must_say_why(accepted)
            assert happened == ["HandoffReassigned"]


VERDICTS: tuple[dict[str, Any], ...] = (
    {"verdict": "good_fit", "answers": dict.fromkeys(("industry", "decision", "help", "infrastructure"), True)},
    {"verdict": "bad_timing", "reason": "next year"},
    {"verdict": "bad_fit", "reason": "a student"},
    {"verdict": "not_ready"},
)
AT_ONCE = 12
MARKETERS = ("maria@example.com", "max@example.com")


def in_review(deployment: Deployment) -> list[Lead]:
    """A hundred leads that are MQLs and no more."""
    deployment.hire(SAM, KIM, capacity=PAIRS)
    people = [f"visitor{number}@example.org" for number in range(PAIRS)]
    for kind, content in (("content_downloaded", "guide"), ("page_visited", "price-list")):
        sent = [{"message_id": kind, "email": email, "kind": kind, "content": {"id": content}} for email in people]
        deployment.ask([request("POST", "/signals", {"signals": sent}, by="marketing")])
    leads = deployment.stack.leads()
    assert {lead.status for lead in leads} == {"in_review"}
    return leads


def test_of_two_simultaneous_reviews_of_a_lead_one_counts_and_the_other_is_refused(deployment: Deployment) -> None:
    """Each pair of verdicts meets in turn, the same one of both included."""
    leads, pairs = in_review(deployment), itertools.cycle(itertools.product(VERDICTS, VERDICTS))
    said = [dict(zip(MARKETERS, pair, strict=True)) for _, pair in zip(range(PAIRS), pairs, strict=False)]
    answers = deployment.ask(
        [
            request("POST", f"/leads/{lead.lead_id}/review", verdict, by=marketer, groups="marketing")
            for lead, verdicts in zip(leads, said, strict=True)
            for marketer, verdict in verdicts.items()
        ]
    )
    after, winners = {lead.lead_id: lead for lead in deployment.stack.leads()}, Counter[str]()
    for number, lead in enumerate(leads):
        answered_to = dict(zip(MARKETERS, answers[2 * number : 2 * number + 2], strict=True))
        [winner] = [marketer for marketer, answer in answered_to.items() if answer.status == 200]
        [refused] = [answer for answer in answered_to.values() if answer.status != 200]
        must_say_why(refused)
        told = after[lead.lead_id].reviewed
        assert told
        assert (told.by, told.verdict) == (winner, said[number][winner]["verdict"])
        assert f"{winner} has just reviewed it ({told.verdict.replace('_', ' ')})" in refused.json()["detail"]
        assert deployment.stack.happened(lead.lead_id).count("LeadReviewed") == 1
        winners[winner] += 1
    assert set(winners) == set(MARKETERS), "each is faster sometimes"


def test_of_two_simultaneous_verdicts_on_the_same_many_leads_each_lead_has_one(deployment: Deployment) -> None:
    """Maria and Max go through the same list, one from its end; Maria has pressed twice."""
    leads = [lead.lead_id for lead in in_review(deployment)][:AT_ONCE]
    verdicts = dict(
        zip(MARKETERS, ({"verdict": "not_ready"}, {"verdict": "bad_fit", "reason": "a student"}), strict=True)
    )
    orders = ((MARKETERS[0], leads), (MARKETERS[0], leads), (MARKETERS[1], leads[::-1]))
    answers = deployment.ask(
        [
            request("POST", "/reviews", {"leads": order, **verdicts[by]}, by=by, groups="marketing")
            for by, order in orders
        ]
    )
    assert [answer.status for answer in answers] == [200] * 3
    results = defaultdict[str, list[str]](list)
    for answer in answers:
        for each in answer.json()["results"]:
            results[each["lead_id"]].append(each["result"])
    after = {lead.lead_id: lead for lead in deployment.stack.leads()}
    for lead_id in leads:
        last = after[lead_id].reviewed
        assert last
        assert last.verdict == verdicts[last.by]["verdict"]
        assert results[lead_id].count("reviewed") <= 1
        assert results[lead_id].count("reviewed") == 1 or "not_done" in results[lead_id]
        assert deployment.stack.happened(lead_id).count("LeadReviewed") == 1
