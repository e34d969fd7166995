"""The evidence of a handoff: each line has the time of what it rests on, also where that is an absence."""

import random
from datetime import timedelta
from typing import Any

import pytest

from baton.aws.leads.views import event_view, handoff_view
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Event, Recorded
from baton.domain.handoffs.offering import offer
from baton.domain.leads.handoff import Evidence
from baton.domain.leads.person_facts import Profile
from baton.domain.qualification.handover_terms import evidence, handover
from baton.domain.qualification.score_ledger import explained_ledger
from baton.domain.scoring.standing import Standing
from tests.unit.given import LEAD_ID, NOW, SAM, rep, team
from tests.unit.standing import agreed, did, history_of, lead_after, standing_after

DAY = timedelta(days=1)
CAPTURED = f"{LEAD_ID}-00000001"
ABSENCES = {
    "not": "{not: {country: DE}}",
    "is not known": "{country: {known: false}}",
    "none of": "{not: {any: [{country: DE}, {title: {known: true}}]}}",
    "no target": "{not: {target_account: true}}",
}


def after(when: str, *happened: Event) -> Standing:
    rules = agreed(("{company_domain: [rival.example]}", when), ("points: -100, when", "points: 100, when"))
    return standing_after(history_of(did("survey", 3), then=happened), rules)


def lives_in(country: str) -> LeadUpdated:
    return LeadUpdated(fields=("country",), profile=Profile(country=country))


def cited(standing: Standing) -> Evidence:
    (line,) = [line for line in evidence(standing) if line.rule == "competitor"]
    return line


@pytest.mark.parametrize("when", ABSENCES.values(), ids=ABSENCES)
def test_a_rule_that_holds_by_absence_is_cited_with_the_leads_beginning(when: str) -> None:
    line, lead = cited(after(when)), after(when).lead
    assert (line.at, line.signal) == (lead.created_at, CAPTURED)


def test_a_rule_that_holds_by_absence_is_cited_with_the_fact_that_was_learned_last() -> None:
    standing = after("{not: {country: DE}}", lives_in("FR"))
    assert (cited(standing).at, cited(standing).signal) == (NOW, f"{LEAD_ID}-00000003")


def test_the_evidence_agrees_with_the_explained_ledger() -> None:
    chance = random.Random(3)
    for _ in range(40):
        done = [did(chance.choice(["survey", "page_visited", "webinar_attended"]), chance.random() * 90) for _ in "abc"]
        then = [lives_in(chance.choice(["FR", "DE"]))] if chance.random() < 0.5 else []
        rules = agreed(("{company_domain: [rival.example]}", chance.choice([*ABSENCES.values()])))
        standing = standing_after(history_of(*sorted(done, key=lambda each: str(each.occurred_at)), then=then), rules)
        explained = {(each.rule, each.at, each.signal) for each in explained_ledger(standing)}
        assert {(each.rule, each.at, each.signal) for each in evidence(standing)} <= explained
        assert all(each.at > NOW - 100 * DAY for each in evidence(standing))


def test_a_line_that_was_stored_with_1970_is_shown_without_a_time() -> None:
    standing = after("{not: {country: DE}}")
    old = Evidence.model_validate({"rule": "competitor", "points": 100, "at": "1970-01-01T00:00:00Z"})
    handed = handover("score", ("why",), standing).model_copy(update={"evidence": (old,)})
    (offered,) = offer(standing.lead, handed, 1, team(rep(SAM)), NOW)
    assert isinstance(offered, HandoffOffered)
    change = history_of(did("survey", 3), then=[offered])
    handoff = lead_after(change).handoff
    assert handoff is not None
    shown: list[Any] = [handoff_view(handoff, NOW), event_view(Recorded.model_validate(change.events[-1]))]
    assert [each["evidence"] for each in shown] == [[{"rule": "competitor", "points": 100}]] * 2
