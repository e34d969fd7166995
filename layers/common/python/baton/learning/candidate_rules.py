"""Finds the rules that a table could have: today's, and new ones that the agreement's language can say.

New ones ask for one value of a fact, for a number from or up to a value, for a yes or no, or for so many signals of a
kind. None asks what would be unfair, such as a country, a language or an age, unless the agreement already does.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from baton.agreement.terms.rules import ATTRIBUTE, Rules
from baton.domain.conditions.compiled_conditions import BOOLEANS, compile_condition, fact_names_in
from baton.domain.scoring.scorecard import Scorecard
from baton.learning.fitting.log_odds_fit import Numbers
from baton.learning.known_leads import BY_A_TOOL, KnownLead, rules_that_stay

FEWEST_LEADS, FEWEST_SHARE = 25, 0.01
"""A candidate needs so many leads, and so large a share of them."""
_TEXTS = frozenset({"title", "industry", "infrastructure", "channel", "source", "campaign", "company_domain"})
_ANSWERS = frozenset({"authority", "need", "timeline"})
_NUMBERS = frozenset({"employees", "revenue", "budget"})
_TRUTHS = frozenset({"disposable_address", "free_mail"})
UNFAIR = re.compile(
    r"(^|[._-])(country|region|language|city|age|birth\w*|gender|sex|nationality|ethnicity|religion|marital\w*|zip|postcode)"
    r"([._-]|$)"
)
"""Facts by which no new rule decides unless the agreement names them already."""
_QUANTILES = np.linspace(0, 1, 21)[1:-1]
_FEW_VALUES, _MOST_VALUES, _TIMES = 20, 60, (1, 2, 3, 5, 8)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")

Part = Literal["fit", "engagement"]


class Rule(NamedTuple):
    """A rule that the table could have: its clause as people write it, without points, and today's points.

    `about` is what it asks, whatever the value. `meets` says how often its points count for a lead. `turns` says
    whether its points may change their sign: signals that take points away count even if a tool sent them, so that
    those rules keep theirs.
    """

    id: str
    part: Part
    about: str
    clause: Mapping[str, Any]
    meets: Callable[[KnownLead], float]
    points: int = 0
    turns: bool = True


class Candidates(NamedTuple):
    """Rules, and how far each lead meets each: leads × rules."""

    rules: tuple[Rule, ...]
    held: Numbers


class Asked(NamedTuple):
    """What new rules may ask: beside fair facts, those `named` as allowed, and with `known` whether a fact is known."""

    named: frozenset[str] = frozenset()
    known: bool = False


def todays_rules(leads: Sequence[KnownLead], rules: Rules, document: Mapping[str, Any]) -> Candidates:
    """Returns the rules in force whose points are learned, with the document's clauses."""
    stay = {rule["id"] for rule in rules_that_stay(rules)}
    turning = {rule["id"] for rule in rules["fit"]}
    found = [
        Rule(
            clause["id"],
            part,
            f"rule {clause['id']}",
            {name: value for name, value in clause.items() if name not in ("id", "points")},
            _units_of(clause["id"]),
            clause["points"],
            clause["id"] in turning,
        )
        for part in PARTS
        for clause in document.get(part) or ()
        if clause["id"] not in stay
    ]
    return Candidates(tuple(found), held_by(found, leads))


def held_by(rules: Sequence[Rule], leads: Sequence[KnownLead]) -> Numbers:
    """Returns how far each lead meets each rule: leads × rules."""
    held = np.array([[rule.meets(lead) for rule in rules] for lead in leads], dtype=float)
    return held.reshape(len(leads), len(rules))


def _units_of(rule: str) -> Callable[[KnownLead], float]:
    return lambda lead: lead.units.get(rule, 0.0)


PARTS: tuple[Part, Part] = ("fit", "engagement")


def new_rules(leads: Sequence[KnownLead], card: Scorecard, asked: Asked) -> Candidates:
    """Returns the rules that enough leads meet and enough do not; of rules that hold for the same leads, the first."""
    fewest = max(FEWEST_LEADS, int(np.ceil(FEWEST_SHARE * len(leads))))
    names = asked.named | facts_named_in(card.rules)
    found, columns, seen = list[Rule](), list[Numbers](), set[bytes]()
    for rule in (*_of_facts(leads, names, fewest, known=asked.known), *_of_signals(leads, fewest)):
        held = held_by([rule], leads)[:, 0]
        mark = held.astype(bool).tobytes()
        if fewest <= held.sum() <= len(leads) - fewest and mark not in seen:
            seen.add(mark)
            found.append(_named(rule, found))
            columns.append(held)
    return Candidates(tuple(found), np.column_stack(columns) if columns else np.empty((len(leads), 0)))


def facts_named_in(rules: Rules) -> frozenset[str]:
    """Returns the facts that the rules of an agreement test."""
    conditions = [rule["when"] for rule in (*rules["fit"], *rules["engagement"])]
    conditions += [each["when"] for persona in rules["personas"] for each in persona["criteria"]]
    return frozenset().union(*(fact_names_in(condition) for condition in conditions))


def is_unfair(name: str) -> bool:
    """Tells whether deciding by a fact would be unfair, going by its name."""
    return UNFAIR.search(name.removeprefix(ATTRIBUTE)) is not None


def _of_facts(leads: Sequence[KnownLead], named: frozenset[str], fewest: int, *, known: bool) -> Iterator[Rule]:
    usual = _TEXTS | _ANSWERS | _NUMBERS | _TRUTHS
    asked = sorted({name for lead in leads for name in lead.moment if name in usual or name.startswith(ATTRIBUTE)})
    for name in (*asked, *sorted(named - set(asked) - {"free_mail"})):
        if is_unfair(name) and name not in named:
            continue
        for test in _tests(name, [lead.moment[name] for lead in leads], fewest, known=known):
            clause = {"when": _written(name, test)}
            yield Rule(_slug(name, test), "fit", f"{name} {_way(test)}", clause, _holds({name: test}))


def _tests(name: str, values: list[Any], fewest: int, *, known: bool) -> Iterator[Any]:
    if name in BOOLEANS or any(isinstance(value, bool) for value in values):
        yield from (True, False)
        return
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    texts = Counter(value for value in values if isinstance(value, str))
    if numbers and len(numbers) >= len(list(texts.elements())):
        yield from _cuts(numbers)
    else:
        often = sorted((-times, text) for text, times in texts.items() if times >= fewest)
        yield from ({"is": text} for _, text in often[:_MOST_VALUES])
    if known:
        yield from ({"known": True}, {"known": False})


def _cuts(numbers: list[float]) -> Iterator[dict[str, float]]:
    values = sorted(set(numbers))
    cuts = values if len(values) <= _FEW_VALUES else sorted(set(np.quantile(numbers, _QUANTILES, method="lower")))
    for cut in cuts:
        plain = int(cut) if float(cut).is_integer() else float(cut)
        yield {"at_least": plain}
        yield {"at_most": plain}


def _of_signals(leads: Sequence[KnownLead], fewest: int) -> Iterator[Rule]:
    met = Counter(what for lead in leads for what in lead.did)
    told = {what[0] for what in met if what[1:] == (BY_A_TOOL,)}  # these count only if they take points away
    for what in sorted(what for what, times in met.items() if times >= fewest and what[0] not in told):
        match: dict[str, Any] = {"kind": what[0]}
        if len(what) > 1:
            if is_unfair(what[1].removeprefix("properties.")):
                continue
            match[what[1]] = what[2]
        for times in _TIMES if len(what) == 1 else (1,):
            clause: dict[str, Any] = {"signal": match, "at_most": {"times": 1}, "half_life": "never"}
            if times > 1:
                clause["when"] = {"signals": {"match": match, "at_least": times}}
            about = f"signal {' '.join(what)}"
            name = _slug(*what, *([times] if times > 1 else []))
            yield Rule(name, "engagement", about, clause, _did(what, times))


def _holds(condition: dict[str, Any]) -> Callable[[KnownLead], float]:
    holds = compile_condition(condition, {})
    return lambda lead: float(holds(lead.moment))


def _did(what: tuple[str, ...], times: int) -> Callable[[KnownLead], float]:
    return lambda lead: float(lead.did[what] >= times)


def _written(name: str, test: Any) -> dict[str, Any]:
    short = test["is"] if isinstance(test, dict) and set(test) == {"is"} else test
    return {"attributes": {name.removeprefix(ATTRIBUTE): short}} if name.startswith(ATTRIBUTE) else {name: short}


def _way(test: Any) -> str:
    return next(iter(test)) if isinstance(test, dict) and "is" not in test else f"is {test}"


def _slug(*words: Any) -> str:
    said = " ".join(str(value) for word in words for value in (word.values() if isinstance(word, dict) else [word]))
    ends = " up to" if any(isinstance(word, dict) and "at_most" in word for word in words) else ""
    plain = _NOT_IN_A_NAME.sub("-", f"{said}{ends}".casefold().removeprefix(ATTRIBUTE)).strip("-")
    return (plain if plain[:1].isalpha() else f"is-{plain}")[:36].strip("-")


def _named(rule: Rule, others: Sequence[Rule]) -> Rule:
    taken = {other.id for other in others}
    numbered = (f"{rule.id}-{number}" for number in range(2, len(others) + 3))
    return rule if rule.id not in taken else rule._replace(id=next(each for each in numbered if each not in taken))
