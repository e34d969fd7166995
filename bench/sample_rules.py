"""Fifty rules in three languages: as an agreement says them, as plain Python closures, and as zen expressions."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.agreement.terms.rules import NOTHING_SCORES, Condition, Rules
from baton.domain.scoring.scorecard import Scorecard

Facts = Mapping[str, Any]
Events = Sequence[tuple[str, int]]
"""The signals of a lead: each kind with its time in milliseconds since 1970."""

PACKAGED = read_agreement(packaged_text())
DAY = 86_400
INDUSTRIES = ("manufacturing", "retail", "logistics", "steel", "software")
COUNTRIES = ("de", "at", "ch", "fr", "us")
SOURCES = ("website", "fair", "search", "partner", "newsletter")
REGIONS = ("bavaria", "tyrol", "alsace", "ticino", "texas")
KINDS = ("page_visited", "content_downloaded", "webinar_attended", "email_clicked", "video_watched", "email_opened")
TITLES = ("head of operations", "chief buyer", "plant manager", "director of sales", "student")
WORDS = ("head", "chief", "manager", "director", "intern")


class FactRule(NamedTuple):
    """A rule about a lead's facts: its points, and its condition in each of the three languages."""

    points: int
    when: Condition
    closure: Callable[[Facts], bool]
    zen: str


class SignalRule(NamedTuple):
    """A rule about a lead's signals: points for each of a kind in the last days, or once there are enough of a kind."""

    points: int
    rule: dict[str, Any]
    closure: Callable[[Events, int], int]
    zen: str


def attributes(number: int, *, patterns: bool = False) -> FactRule:
    """Returns the rule of that number, one of five forms; with `patterns`, every fifth is a regular expression."""
    shape = [_is, _between, _one_of, _both, _matches if patterns else _either][number % 5]
    return shape(number // 5, number % 7 + 1)


def _is(nth: int, points: int) -> FactRule:
    wanted = INDUSTRIES[nth % 5]
    return FactRule(points, {"industry": {"is": wanted}}, lambda f: f["industry"] == wanted, f"industry == '{wanted}'")


def _between(nth: int, points: int) -> FactRule:
    low, high = nth * 100, nth * 100 + 500
    return FactRule(
        points,
        {"employees": {"between": [low, high]}},
        lambda f: f["employees"] is not None and low <= f["employees"] <= high,
        f"employees != null and employees >= {low} and employees <= {high}",
    )


def _one_of(nth: int, points: int) -> FactRule:
    wanted = frozenset(COUNTRIES[: nth % 5 + 1])
    return FactRule(
        points,
        {"country": {"one_of": sorted(wanted)}},
        lambda f: f["country"] in wanted,
        f"country in {sorted(wanted)}",
    )


def _both(nth: int, points: int) -> FactRule:
    source, fewest = SOURCES[nth % 5], nth * 50
    return FactRule(
        points,
        {"all": [{"source": {"is": source}}, {"employees": {"at_least": fewest}}]},
        lambda f: f["source"] == source and f["employees"] is not None and f["employees"] >= fewest,
        f"source == '{source}' and employees != null and employees >= {fewest}",
    )


def _either(nth: int, points: int) -> FactRule:
    region, least = REGIONS[nth % 5], (nth + 1) * 500_000
    return FactRule(
        points,
        {"any": [{"region": {"is": region}}, {"revenue": {"at_least": least}}]},
        lambda f: f["region"] == region or (f["revenue"] is not None and f["revenue"] >= least),
        f"region == '{region}' or (revenue != null and revenue >= {least})",
    )


def _matches(nth: int, points: int) -> FactRule:
    import re  # noqa: PLC0415  # what a closure would search with

    word = WORDS[nth % 5]
    search = re.compile(rf"\b{word}\b").search
    return FactRule(
        points,
        {"title": {"matches": rf"\b{word}\b"}},
        lambda f: f["title"] is not None and search(f["title"]) is not None,
        rf"title != null and matches(title, '\b{word}\b')",
    )


def counting(number: int) -> SignalRule:
    """Returns the rule of that number: by turns for each signal of the last days, and once there are so many."""
    return (_each_lately if number % 2 else _once_so_many)(number // 2, number % 7 + 1)


def _each_lately(nth: int, points: int) -> SignalRule:
    kind, days = KINDS[nth % 5], 30 + nth
    rule = {"signal": {"kind": {"is": kind}}, "when": {}, "expires_after": days * DAY}
    return SignalRule(
        points,
        rule,
        lambda events, now: points * sum(1 for one, at in events if one == kind and at > now - days * DAY * 1000),
        f"{points} * count(events, #.kind == '{kind}' and #.at > now - {days * DAY * 1000})",
    )


def _once_so_many(nth: int, points: int) -> SignalRule:
    kind, fewest = KINDS[nth % 5], nth + 5
    enough = {"signals": {"match": {"kind": {"is": kind}}, "at_least": fewest}}
    rule = {"signal": {"kind": {"is": kind}}, "when": enough, "at_most": {"times": 1}}
    return SignalRule(
        points,
        rule,
        lambda events, _: points if sum(1 for one, _at in events if one == kind) >= fewest else 0,
        f"(count(events, #.kind == '{kind}') >= {fewest} ? {points} : 0)",
    )


def card_of(on_facts: Sequence[FactRule], on_signals: Sequence[SignalRule] = ()) -> Scorecard:
    """Returns the rules as Baton compiles them."""
    fit = [
        {"id": f"fit-{number}", "points": rule.points, "by_persona": {}, "when": rule.when}
        for number, rule in enumerate(on_facts)
    ]
    engagement = [
        {"id": f"did-{number}", "points": rule.points, "by_persona": {}, **rule.rule}
        for number, rule in enumerate(on_signals)
    ]
    return scorecard({**NOTHING_SCORES, "fit": fit, "engagement": engagement})  # type: ignore[typeddict-item]


def scorecard(rules: Rules) -> Scorecard:
    """Compiles rules in an agreement that has no others."""
    agreement = PACKAGED.model_copy(update={"rules": rules})
    return Scorecard(AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreement))


def random_facts(chance: Random) -> dict[str, Any]:
    """Returns the facts of a random person; every tenth fact is missing."""
    numbers = {"employees": chance.randrange(2000), "revenue": chance.randrange(8_000_000)}
    texts = {"industry": INDUSTRIES, "country": COUNTRIES, "region": REGIONS, "title": TITLES}
    facts = {name: chance.choice(values) for name, values in texts.items()} | numbers
    return {name: value if chance.random() > 0.1 else None for name, value in facts.items()} | {
        "source": chance.choice(SOURCES)
    }


def random_signals(chance: Random, count: int, now: int) -> list[tuple[str, int]]:
    """Returns what a random person did in the last hundred days, in the order of time."""
    times = sorted(now - chance.randrange(100 * DAY * 1000) for _ in range(count))
    return [(chance.choice(KINDS), at) for at in times]
