"""Laws of scoring: the ledger adds up; the score follows from the signals and their times, not from their arrival."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.agreement.terms.rules import Rules
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Recorded
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.scoring.engagement_rules import MAX_UNCAPPED
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after, recount, signals_in, texts_of
from baton.domain.scoring.standing import Standing
from tests.unit.domain import reference_scoring
from tests.unit.domain.random_rules import HOUR, card_of, rules, signals
from tests.unit.given import AGREEMENT, LEAD_ID, NOW, after_events

CAPTURED = LeadCaptured(email="anna@example.com", source="test", agreement_version=1)
KNOWN = LeadUpdated(
    fields=("profile.country",), profile=Profile(country="DE"), company=Company(industry="Steel", employees=250)
)
laters = st.sampled_from([0, 1, 5, 30, 24 * 8, 24 * 400]).map(lambda hours: NOW + timedelta(hours=hours))


def known_lead() -> Lead:
    return after_events(None, [CAPTURED, KNOWN])


def lead_with_signals(order: list[SignalRecorded], card: Scorecard, batch: int = 1) -> tuple[Lead, list[Recorded]]:
    """A lead to whom signals came in this order, some at once, counted as they came."""
    lead, history = None, list[Recorded]()
    batches: list[list[Any]] = [[CAPTURED, KNOWN]]
    batches += [list(order[start : start + batch]) for start in range(0, len(order), batch)]
    for happened in batches:
        change = Change.begin(lead, LEAD_ID).then(happened, NOW, "test")
        change = change.with_counts(counts_after(change, card, history.copy))
        history += change.events
        lead = change.after
    assert lead is not None
    return lead, history


def standing(lead: Lead, card: Scorecard, at: Any = NOW) -> Standing:
    return Standing(lead, card, SignalCounts.from_data(lead.tally or {}), milliseconds(at))


def without_events(tally: SignalCounts) -> dict[str, Any]:
    """What was counted, whatever number the events have, which is in the order of their arrival."""
    data = tally.as_data()
    return {**data, "awards": {rule: [(a[0], a[1], *a[3:]) for a in awards] for rule, awards in data["awards"].items()}}


@given(rules=rules(), order=signals(), at=laters)
def test_the_ledger_adds_up_to_the_score_at_any_time(rules: Rules, order: list[SignalRecorded], at: Any) -> None:
    lead, _ = lead_with_signals(order, card := card_of(rules))
    then = standing(lead, card, at)
    assert sum(line.points for line in then.ledger()) == then.total
    assert 0 <= then.total <= 100 * 100


@given(rules=rules(), order=signals(), data=st.data(), batch=st.integers(1, 4))
def test_the_score_does_not_depend_on_the_order_of_arrival(
    rules: Rules, order: list[SignalRecorded], data: st.DataObject, batch: int
) -> None:
    card = card_of(rules)
    lead, _ = lead_with_signals(order, card)
    other, _ = lead_with_signals(data.draw(st.permutations(order)), card, batch)
    assert without_events(SignalCounts.from_data(lead.tally)) == without_events(SignalCounts.from_data(other.tally))


@given(rules=rules(), order=signals())
def test_counting_signal_by_signal_equals_a_recount_of_the_history(rules: Rules, order: list[SignalRecorded]) -> None:
    lead, history = lead_with_signals(order, card := card_of(rules))
    assert recount(lead, history, card).as_data() == SignalCounts.from_data(lead.tally).as_data()


@pytest.mark.slow
@given(rules=rules(), order=signals(), at=laters)
@settings(max_examples=300)
def test_the_score_equals_the_score_of_a_slow_reference(rules: Rules, order: list[SignalRecorded], at: Any) -> None:
    lead, history = lead_with_signals(order, card := card_of(rules))
    then = standing(lead, card, at)
    facts = {"country": "de", "industry": "steel", "employees": 250}
    slow = reference_scoring.engagement(
        rules,
        facts,
        [
            {**texts_of(each.event, card), "at": milliseconds(each.event.occurred_at), "order": each.event.reference}
            for each in signals_in(history)
        ],
        milliseconds(at),
    )
    fast = dict.fromkeys(slow, 0)
    for line in then.engagement_entries:
        fast[line.rule] += line.points
    assert fast == slow
    low, high = (limit * 10_000 // rules["full_score"] for limit in rules["engagement_limits"])
    assert then.engagement == max(low, min(high, sum(slow.values())))
    fit = sum(
        r["points"] * 10_000 // rules["full_score"]
        for r in rules["fit"]
        if reference_scoring.holds(r["when"], facts, [], 0)
    )
    low, high = (limit * 10_000 // rules["full_score"] for limit in rules["fit_limits"])
    assert then.fit == max(low, min(high, fit))


@given(rules=rules(), order=signals())
def test_a_signal_of_an_unknown_kind_is_kept_and_scores_nothing(rules: Rules, order: list[SignalRecorded]) -> None:
    for rule in rules["engagement"]:
        rule["signal"]["kind"] = {"is": "page_visited"}
    card = card_of(rules)
    strange = [each.model_copy(update={"kind": "unheard_of"}) for each in order]
    lead, history = lead_with_signals(strange, card)
    assert len(signals_in(history)) == len(order)
    assert standing(lead, card).engagement == max(0, rules["engagement_limits"][0])


@pytest.mark.parametrize("half_life", [None, 30 * 24 * HOUR])
def test_old_awards_are_summed_up_without_a_change_of_their_points(half_life: int | None) -> None:
    visit = {"id": "visit", "points": 1, "by_persona": {}, "signal": {}, "when": {}}
    card = card_of({**AGREEMENT.rules, "engagement": [visit], "half_life": half_life, "personas": [], "fit": []})
    order = [
        SignalRecorded(kind="page_visited", source="test", reference=f"{n:04d}", occurred_at=NOW + timedelta(hours=n))
        for n in range(MAX_UNCAPPED * 3)
    ]
    lead, _ = lead_with_signals(order, card, batch=7)
    then = standing(lead, card, NOW + timedelta(hours=len(order)))
    assert len(lead.tally["awards"]["visit"]) == MAX_UNCAPPED
    assert sum(line.of for line in then.engagement_entries) == len(order)
    ages = [(len(order) - n) / (30 * 24 / 30) for n in range(len(order))]
    exactly = sum(100 * 0.5 ** (int(age) / 30) for age in ages) if half_life else len(order) * 100
    assert then.engagement == pytest.approx(exactly, rel=0.02)


def test_points_fade_by_half_in_a_half_life_and_not_within_a_day() -> None:
    visit = {"id": "visit", "points": 40, "by_persona": {}, "signal": {}, "when": {}}
    card = card_of({**AGREEMENT.rules, "engagement": [visit], "half_life": 30 * 24 * HOUR, "personas": [], "fit": []})
    lead, _ = lead_with_signals([SignalRecorded(kind="x", source="test", reference="1", occurred_at=NOW)], card)
    worth = [standing(lead, card, NOW + timedelta(days=days)).total for days in (0, 0.99, 30, 60, 90, 700)]
    assert worth == [4000, 4000, 2000, 1000, 500, 0]
    daily = [standing(lead, card, NOW + timedelta(days=days)).total for days in range(120)]
    assert all(later < earlier for earlier, later in pairwise(daily))


def test_a_stored_lead_stays_small_with_thousands_of_signals() -> None:
    card = card_of(AGREEMENT.rules)
    order = [
        SignalRecorded(
            kind="page_visited",
            source="test",
            reference=f"{n:05d}",
            occurred_at=NOW + timedelta(minutes=n),
            content="x",
        )
        for n in range(2_000)
    ]
    lead, _ = lead_with_signals(order, card, batch=500)
    assert len(lead.model_dump_json()) < 8_000


@given(rules=rules(), one=signals(), other=signals(), days=st.integers(0, 300))
def test_the_warmer_of_two_leads_stays_warmer_as_points_fade(
    rules: Rules, one: list[SignalRecorded], other: list[SignalRecorded], days: int
) -> None:
    """As far as all points fade alike, and apart from the steps in which they do."""
    for rule in rules["engagement"]:
        rule.pop("half_life", None)
        rule.pop("expires_after", None)
        rule["points"] = abs(rule["points"])
    rules["half_life"] = 30 * 24 * HOUR
    card = card_of(rules)
    warm, cold = sorted(
        (lead_with_signals(each, card)[0] for each in (one, other)), key=lambda lead: -lead.tally["warmth"]
    )
    then = NOW + timedelta(days=days)
    assert standing(warm, card, then).earned() >= standing(cold, card, then).earned() * 0.95 - 15


def test_long_content_ids_do_not_let_a_stored_lead_grow() -> None:
    rules = [
        {"id": f"rule-{n}", "points": 1, "by_persona": {}, "signal": {}, "when": {}, "at_most": {"times": 1, **each}}
        for n, each in enumerate([{"each": "content"}, {"each": "content", "per": 90 * 24 * HOUR}] * 5)
    ]
    kinds = {"signals": {"match": {}, "distinct": "content", "at_least": 100}}
    card = card_of({**AGREEMENT.rules, "engagement": rules, "sql": kinds})
    order = [
        SignalRecorded(
            kind="page_visited",
            source="test",
            reference=f"{n:05d}",
            occurred_at=NOW + timedelta(minutes=n),
            content="\U0001f600" * 190 + str(n),
        )
        for n in range(250)
    ]
    lead, _ = lead_with_signals(order, card, batch=50)
    assert len(json.dumps(lead.tally).encode()) < 70_000
    assert standing(lead, card).engagement > 0


def test_content_of_the_library_is_recognised_in_any_case_of_its_id() -> None:
    card = card_of(AGREEMENT.rules)
    signal = SignalRecorded(kind="page_visited", source="test", reference="1", content="Price-List")
    assert texts_of(signal, card)["content_stage"] == "bofu"
