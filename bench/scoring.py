"""Measures the score of a lead against fifty rules, beside the same rules as Python closures and in zen-engine."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

import zen

from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.signal_counting import recount
from baton.domain.scoring.standing import Standing, facts_of, standing_of
from bench.report import Section, p50
from bench.sample_rules import Events, FactRule, SignalRule, attributes, card_of, counting, random_facts, random_signals

RULES, COUNTING, SIGNALS = 50, 10, 50
CHECKED, ROUNDS, A_ROUND = 1_000, 150, 0.002
LIMIT = 3.0
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AT = milliseconds(NOW)
LEAD_ID = "mzxw6ytboi4dcmrtgq2tmnzy"
Contenders = Mapping[str, Callable[[], object]]
CLOSURES, BATON = "plain Python closures, the sum only", "Baton: score and ledger entries"


def measure() -> Section:
    """Measures each set of rules in each language, in turns, once all of them agree on a thousand leads."""
    rows: list[tuple[str, ...]] = []
    for title, contest in CONTESTS.items():
        contest.check(CHECKED)
        rows += _rows(title, contest.contenders())
    return Section(
        f"Scoring a lead against {RULES} rules",
        "scoring",
        ("rules", "scored by", "µs, least", "µs, median", "× closures, least", "median"),
        rows,
        (
            f"Processor time in process, in {ROUNDS} rounds in turns; the ratio's median is over the rounds. Before, "
            f"all ways gave the same points for every rule and each of {CHECKED:,} random leads.",
            f"Limit: {LIMIT:g} × the closures, ledger entries included. {_verdict(rows)}",
            "Closures and zen get the facts prepared, and say the sum only; Baton's entries say of each rule how many "
            "points, since when, and from which signal. The ledger for people is sorted and as lines, with its cuts.",
            f"Where rules count, closures and zen look through {SIGNALS} raw signals; Baton counted each as it came, "
            "which is in the next section.",
        ),
    )


@dataclass(frozen=True)
class Person:
    """A random person, in the form that Baton stores, and in those that closures and zen read."""

    lead: Lead
    facts: Mapping[str, Any]
    events: Events


@dataclass(frozen=True)
class Contest:
    """A set of rules in every language."""

    on_facts: Sequence[FactRule]
    on_signals: Sequence[SignalRule] = ()

    @cached_property
    def card(self) -> Any:
        """Returns the rules as Baton compiles them."""
        return card_of(self.on_facts, self.on_signals)

    def person(self, number: int) -> Person:
        """Returns a random person, always the same for the same number."""
        chance = Random(number)  # noqa: S311  # no secret
        facts, events = random_facts(chance), random_signals(chance, SIGNALS, AT) if self.on_signals else []
        return Person(_kept(facts, events, self.card), facts, events)

    def check(self, people: int) -> None:
        """Checks that all languages give the same points for every rule, for so many people.

        Raises:
            AssertionError: they do not.
        """
        each = [zen.compile_expression(text) for text in self._terms]
        for number in range(people):
            person = self.person(number)
            plain = self._plain_points(person)
            in_zen = [round(one.evaluate(_context(person))) for one in each]
            if not plain == in_zen == self._points(person):
                raise AssertionError(f"not the same points for person {number}")

    def contenders(self) -> Contenders:
        """Returns the ways to score one person, by name."""
        person = self.person(1)
        card, tally = self.card, standing_of(person.lead, self.card, NOW).tally
        facts, context, stored = facts_of(person.lead, card), _context(person), person.lead.model_dump_json()
        whole, each = zen.compile_expression(" + ".join(self._terms)), list(map(zen.compile_expression, self._terms))

        def prepared() -> Standing:
            standing = Standing(person.lead, card, tally, AT)
            standing.__dict__["facts"] = facts
            return standing

        def with_entries() -> object:
            standing = prepared()
            return standing.total, standing.fits, [*standing.engagement_entries] if tally.awards else []

        return {
            CLOSURES: self._closures(person),
            BATON: with_entries,
            "Baton: its ledger for people": lambda: prepared().ledger(),
            "Baton: from the lead, its facts read": lambda: Standing(person.lead, card, tally, AT).total,
            "Baton: from the table's JSON": lambda: standing_of(Lead.model_validate_json(stored), card, NOW).total,
            "zen-engine: one expression": lambda: whole.evaluate(context),
            "zen-engine: a call for each rule": lambda: sum(one.evaluate(context) for one in each),
        }

    def _closures(self, person: Person) -> Callable[[], int]:
        on_facts = [(rule.closure, rule.points) for rule in self.on_facts]
        on_signals, facts, events = [rule.closure for rule in self.on_signals], person.facts, person.events

        def score() -> int:
            total = 0
            for holds, points in on_facts:
                if holds(facts):
                    total += points
            for earns in on_signals:
                total += earns(events, AT)
            return total

        return score

    @property
    def _terms(self) -> list[str]:
        return [f"({rule.zen} ? {rule.points} : 0)" for rule in self.on_facts] + [rule.zen for rule in self.on_signals]

    def _plain_points(self, person: Person) -> list[int]:
        fit = [rule.points if rule.closure(person.facts) else 0 for rule in self.on_facts]
        return fit + [rule.closure(person.events, AT) for rule in self.on_signals]

    def _points(self, person: Person) -> list[int]:
        """Returns Baton's points for each rule, as its ledger has them."""
        points: dict[str, int] = {}
        for line in standing_of(person.lead, self.card, NOW).ledger():
            points[line.rule] = points.get(line.rule, 0) + line.points
        names = [*(f"fit-{n}" for n in range(len(self.on_facts))), *(f"did-{n}" for n in range(len(self.on_signals)))]
        return [points.get(name, 0) // 100 for name in names]


def _kept(facts: Mapping[str, Any], events: Events, card: Any) -> Lead:
    """Returns the lead with these facts and signals, all of them counted."""
    profile = Profile(title=facts["title"], country=facts["country"], region=facts["region"])
    company = Company(industry=facts["industry"], employees=facts["employees"], revenue=facts["revenue"])
    begun = NOW - timedelta(days=100)
    captured = LeadCaptured(email="anna@example.com", source=facts["source"], agreement_version=1)
    learned = LeadUpdated(fields=("profile", "company"), profile=profile, company=company)
    change = Change.begin(None, LEAD_ID).then([captured, learned], begun, "bench")
    change = change.then([_signal(number, *deed) for number, deed in enumerate(events)], NOW, "bench")
    if change.after is None:
        raise AssertionError("there is a lead")
    change = change.with_counts(recount(change.after, change.events, card))
    return change.after or _kept(facts, events, card)


def _signal(number: int, kind: str, at: int) -> SignalRecorded:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return SignalRecorded(kind=kind, source="website", reference=f"{number:05d}", occurred_at=moment)


def _context(person: Person) -> dict[str, Any]:
    events = [{"kind": kind, "at": at} for kind, at in person.events]
    return {**person.facts, **({"events": events, "now": AT} if events else {})}


def _rows(title: str, contenders: Contenders) -> list[tuple[str, ...]]:
    taken = in_turns(contenders)
    closures, rows = taken[CLOSURES], list[tuple[str, ...]]()
    for name, times in taken.items():
        ratio = p50([one / other for one, other in zip(times, closures, strict=True)])
        figures = f"{min(times):.1f}", f"{p50(times):.1f}", f"{min(times) / min(closures):.1f}", f"{ratio:.1f}"
        rows.append((title, name, *figures))
    return rows


def in_turns(contenders: Contenders, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Returns the microseconds of processor time of one call, for each in some rounds in which all come once."""
    calls = {name: max(1, round(A_ROUND / _once(work, 20))) for name, work in contenders.items()}
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            taken[name].append(_once(work, calls[name]) * 1e6)
    return taken


def _once(work: Callable[[], object], calls: int) -> float:
    """Returns the seconds of one of so many calls."""
    gc.collect(0)
    gc.disable()
    try:
        begun = time.process_time()
        for _ in range(calls):
            work()
        return (time.process_time() - begun) / calls
    finally:
        gc.enable()


def _verdict(rows: Sequence[tuple[str, ...]]) -> str:
    missed = [row[0] for row in rows if row[1] == BATON and float(row[4]) > LIMIT]
    return f"Not held: {', '.join(missed)}." if missed else "It is held."


_TEN_PATTERNS = [attributes(number, patterns=True) for number in range(RULES)]
CONTESTS = {
    "attributes": Contest([attributes(number) for number in range(RULES)]),
    "ten of them regular expressions": Contest(_TEN_PATTERNS),
    "ten of them counting": Contest(
        [attributes(number) for number in range(RULES - COUNTING)], [counting(number) for number in range(COUNTING)]
    ),
}
