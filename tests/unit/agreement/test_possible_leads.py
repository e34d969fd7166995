"""What the check calls impossible, no random lead fulfils: against the conditions as scoring runs them."""

import random
from typing import Any

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.satisfiability.claims import formula
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.fact_values import Bounds, Words
from baton.agreement.satisfiability.possible_leads import Bands, World, contradiction
from baton.domain.basics.amounts import Amount
from baton.domain.conditions.compiled_conditions import Moment, SignalTexts, compile_condition
from baton.domain.leads.signal_counts import Counter, SignalCounts

DAY = 86_400_000
NOW = 400 * DAY
WORLD = World(
    {
        "stage": Words(frozenset({"lead", "mql", "sql", "customer"}), may_be_unknown=False),
        "channel": Words(frozenset({"inbound", "outbound"})),
        "fit_band": Words(frozenset({"a", "b", "c"}), may_be_unknown=False),
    },
    {"fit": Bounds(-20, 100), "score": Bounds(0, 100)},
    {"fit_band": Bands("fit", (("A", 75), ("B", 50), ("C", 0)))},
)
TITLES = (None, "cto", "svp", "vp sales", "head of it", "intern", "")
COUNTRIES = (None, "de", "fr", "dach")
KINDS = ("page_visited", "demo_requested")
CONTENT = (None, "guide", "price-list")


def random_condition(chance: random.Random, depth: int = 2) -> dict[str, Any]:
    condition: dict[str, Any] = {}
    for _ in range(chance.choice([1, 2, 2])):
        condition |= _test(chance)
    if depth and chance.random() < 0.8:
        name = chance.choice(["all", "any", "not"])
        inner = [random_condition(chance, depth - 1) for _ in range(chance.randint(1, 3))]
        condition[name] = inner[0] if name == "not" else inner
    return condition


PATTERNS = ("vp", r"\bvp\b", "^s", "it$", r"\b(head|chief)\b", "^vp$", "[aeiou]", "n.*n")
TESTS: dict[str, list[Any]] = {
    "title": ["cto", ["SVP", "intern"], {"known": True}, {"known": False}, *({"matches": each} for each in PATTERNS)],
    "country": ["DE", "Germany", ["FR", "DE"], {"known": True}, {"matches": "d"}],
    "stage": ["lead", ["mql", "sql"], ["lead", "customer"]],
    "fit_band": ["A", ["B", "C"]],
    "fit": [{"at_least": 60}, {"at_most": 40}],
    "bant": ["all", {"at_least": 2}, {"met": ["need"]}, {"met": ["budget", "need"]}],
    "target_account": [True, False],
    "channel": ["inbound", ["inbound", "outbound"]],
}


def _test(chance: random.Random) -> dict[str, Any]:
    name = chance.choice([*TESTS, "employees", "employees", "signals", "signals"])
    if name == "employees":
        low = chance.choice([0, 10, 50])
        numbers = [{"at_least": low}, {"at_most": low}, {"between": [low, low + 20]}, low, [low, 10], {"known": False}]
        return {name: chance.choice(numbers)}
    return {name: _counted(chance) if name == "signals" else chance.choice(TESTS[name])}


def _counted(chance: random.Random) -> dict[str, Any]:
    match: dict[str, Any] = {"kind": chance.choice([KINDS[0], list(KINDS)])} if chance.random() < 0.8 else {}
    if chance.random() < 0.3:
        match["content"] = chance.choice(["guide", {"matches": "price"}])
    number = {chance.choice(["at_least", "at_most"]): chance.randint(0, 2)}
    within = {"within": chance.choice(["7d", "30d"])} if chance.random() < 0.5 else {}
    distinct = {"distinct": "content"} if chance.random() < 0.2 else {}
    return {"match": match, **number, **within, **distinct}


def random_lead(chance: random.Random, counters: dict[str, Counter]) -> Moment:
    fit = chance.choice([-20, 0, 30, 50, 60, 75, 100])
    low = chance.choice([0, 5, 10, 30, 50, 60])
    employees = chance.choice([None, low, low, Amount(low, low + chance.choice([5, 30, 100]))])
    country = chance.choice(COUNTRIES)
    facts: dict[str, Any] = {
        "title": chance.choice(TITLES),
        "country": country,
        "country as said": country and {"de": "deutschland", "fr": "france"}.get(country, country),
        "employees": employees,
        "stage": chance.choice(["lead", "mql", "sql", "customer"]),
        "channel": chance.choice([None, "inbound", "outbound"]),
        "fit": fit,
        "fit_band": "a" if fit >= 75 else "b" if fit >= 50 else "c",
        "target_account": chance.random() < 0.5,
        "bant_met": frozenset(name for name in ("budget", "authority", "need", "timeline") if chance.random() < 0.5),
    }
    tally = SignalCounts(1)
    for age in sorted((chance.choice([1, 10, 50]) for _ in range(chance.choice([0, 1, 3]))), reverse=True):
        signal = SignalTexts({"kind": chance.choice(KINDS)})
        if (content := chance.choice(CONTENT)) is not None:
            signal["content"] = content
        for counter in counters.values():
            if counter.matches(signal):
                counter.add(tally, signal, NOW - age * DAY)
    return Moment(facts, tally, NOW)


def test_no_random_lead_fulfils_what_is_called_impossible() -> None:
    chance = random.Random(1313)
    impossible = 0
    for _ in range(1_000):
        condition = ConditionClause.model_validate(random_condition(chance)).normal()
        counters: dict[str, Counter] = {}
        holds = compile_condition(condition, counters)
        if contradiction([formula(condition)], WORLD, Effort(30_000)) is not None:
            impossible += 1
            assert not [lead for lead in (random_lead(chance, counters) for _ in range(150)) if holds(lead)], condition
        if contradiction([formula(condition, holds=False)], WORLD, Effort(30_000)) is not None:
            assert all(holds(random_lead(chance, counters)) for _ in range(150)), condition
    assert impossible > 30


def test_what_a_random_lead_fulfils_together_is_not_called_impossible() -> None:
    chance = random.Random(7)
    for _ in range(500):
        conditions = [ConditionClause.model_validate(random_condition(chance, 1)).normal() for _ in range(3)]
        counters: dict[str, Counter] = {}
        compiled = [compile_condition(condition, counters) for condition in conditions]
        lead = random_lead(chance, counters)
        as_they_are = [formula(each, holds=holds(lead)) for each, holds in zip(conditions, compiled, strict=True)]
        assert contradiction(as_they_are, WORLD, Effort(30_000)) is None, (conditions, dict(lead))
