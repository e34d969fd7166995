"""An agreement's rules, compiled once for each version, and the ledger of points that they make."""

from collections.abc import Iterable, Sequence
from math import log2
from typing import Any

from baton.agreement.model import AgreementInForce
from baton.agreement.rules import Cap, EngagementRule, Rules
from baton.domain.conditions import (
    Holds,
    Matches,
    Moment,
    Signal,
    answer_test,
    compile_condition,
    compile_match,
    facts_in,
    shifts_in,
)
from baton.domain.fit import FitRules
from baton.domain.tally import Award, Carried, Counter, Order, Tally, brief, kinds_of

STEPS = 30
"""Points fade in so many steps for each half-life: by a day, if it is thirty days."""
FADE = tuple(0.5 ** (step / STEPS) for step in range(20 * STEPS))
MOST_AWARDS, MOST_UNCAPPED, MOST_CAPPED_OUT = 100, 20, 5


class SignalRule:
    """A compiled engagement rule; points are in hundredths, times in milliseconds."""

    __slots__ = ("by_persona", "cap", "expires_after", "id", "kinds", "matches", "most", "points", "step", "when")

    def __init__(self, rule: EngagementRule, rules: Rules, counters: dict[str, Counter]) -> None:
        self.id = rule["id"]
        self.points = scaled(rule["points"], rules)
        self.by_persona = {persona: scaled(points, rules) for persona, points in rule["by_persona"].items()}
        self.kinds = kinds_of(rule["signal"])
        self.matches: Matches = compile_match(rule["signal"])
        self.when: Holds = compile_condition(rule["when"], counters)
        self.cap = Limit(rule["at_most"], rules) if rule.get("at_most") else None
        fills = self.cap.fills_with([self.points, *self.by_persona.values()]) if self.cap else 0
        self.most = max(MOST_AWARDS, fills) + MOST_CAPPED_OUT
        self.expires_after = rule["expires_after"] * 1000 if rule.get("expires_after") else None
        half_life = rule.get("half_life") or rules["half_life"]
        self.step = half_life * 1000 / STEPS if half_life else None

    def apply(self, tally: Tally, signal: Signal, moment: Moment, event: int) -> None:
        """Award what the rule gives for the signal, if anything."""
        if not (self.matches(signal) and self.when(moment)):
            return
        points = self.by_persona.get(moment["persona"], self.points) if self.by_persona else self.points
        given = tally.awards.get(self.id, ())
        if self.cap is None:
            awards = tally.award(self.id, (moment.at, points, event))
        else:
            content = brief(signal.get("content") or "") if self.cap.each else None
            points = self.cap.allow(points, given, moment.at, content)
            award = (moment.at, points, event) if content is None else (moment.at, points, event, content)
            awards = tally.award(self.id, award)
        if len(awards) > MOST_UNCAPPED:
            self._make_room(tally, awards, moment)

    def worth(self, award: Sequence[Any], now: int) -> int:
        """What an award is worth now, in hundredths of a point."""
        age = now - award[0]
        if self.expires_after is not None and age >= self.expires_after:
            return 0
        return round(faded(award[1], age, self.step))

    def _make_room(self, tally: Tally, awards: list[Award], moment: Moment) -> None:
        """Sum up the oldest awards; what a cap still has to see stays, up to a hundred or as many as fill it.

        So does what expires one by one, and is forgotten then: of such a rule the last hundred awards count.
        """
        nothing = [award for award in awards if award[1] == 0]
        for award in nothing[:-MOST_CAPPED_OUT]:
            awards.remove(award)
        while len(awards) > (self.most if self._still_matters(awards[0], moment.at) else MOST_UNCAPPED):
            oldest = awards.pop(0)
            if self.expires_after is None:
                self._carry(tally, oldest, moment["decided_at"] or 0)

    def _still_matters(self, award: Award, now: int) -> bool:
        """Whether the award of its own matters to what is given, or is left, from now on."""
        expires = self.expires_after is not None and now - award[0] < self.expires_after
        counts = self.cap is not None and (self.cap.per is None or now - award[0] < self.cap.per)
        return expires or counts

    def _carry(self, tally: Tally, award: Award, decided_at: int) -> None:
        """Sum up what was earned before a person last decided about the lead, and what was earned since, each apart."""
        sums: list[Carried] = []
        for each in (*tally.carried.get(self.id, ()), (award[0], award[1], 1)):
            if sums and (sums[-1][0] > decided_at) is (each[0] > decided_at):
                sums[-1] = self._together(sums[-1], each)
            else:
                sums.append(each)
        tally.carried[self.id] = sums

    def _together(self, older: Carried, newer: Carried) -> Carried:
        faded_since = 0.5 ** ((newer[0] - older[0]) / (self.step * STEPS)) if self.step else 1
        return newer[0], round(older[1] * faded_since + newer[1], 6), older[2] + newer[2]


class Limit:
    """A compiled cap."""

    __slots__ = ("each", "per", "points", "times")

    def __init__(self, cap: Cap, rules: Rules) -> None:
        self.times = cap.get("times")
        self.points = scaled(cap["points"], rules) if "points" in cap else None
        self.per = cap["per"] * 1000 if cap.get("per") else None
        self.each = cap.get("each") is not None

    def fills_with(self, points: Iterable[int]) -> int:
        """How many awards of so many points it takes until nothing is given any more."""
        least = min((abs(each) for each in points if each), default=0)
        needed = -(-self.points // least) if self.points and least else 0
        return min(needed, self.times) if self.times is not None else needed

    def allow(self, points: int, given: Iterable[Award], at: int, content: str | None) -> int:
        """How much of the points may be given, after what was given before."""
        counted = [
            award
            for award in given
            if award[1] and (self.per is None or award[0] > at - self.per) and (not self.each or award[3] == content)
        ]
        if self.times is not None and len(counted) >= self.times:
            return 0
        if self.points is None:
            return points
        left: int = max(0, self.points - sum(abs(award[1]) for award in counted))
        return max(-left, min(left, points))


class Scorecard:
    """A version of the agreement's rules, ready to be asked. Building one takes milliseconds: it is kept."""

    def __init__(self, in_force: AgreementInForce) -> None:
        self.agreement, self.version = in_force.agreement, in_force.version
        rules: Rules = in_force.agreement.rules
        self.rules = rules
        self.counters: dict[str, Counter] = {}
        self.fit = FitRules(rules["fit"], 100 * 100 / rules["full_score"])
        self.fit_limits = [scaled(limit, rules) for limit in rules["fit_limits"]]
        self.engagement_limits = [scaled(limit, rules) for limit in rules["engagement_limits"]]
        self.fit_bands = [(band["name"].casefold(), scaled(band["at_least"], rules)) for band in rules["fit_bands"]]
        self.engagement_bands = [
            (band["name"].casefold(), scaled(band["at_least"], rules)) for band in rules["engagement_bands"]
        ]
        self.recycled_leads_earn = scaled(rules["recycled_leads_earn"], rules)
        self.engagement = {rule["id"]: SignalRule(rule, rules, self.counters) for rule in rules["engagement"]}
        self.basis = sorted({fact for rule in rules["engagement"] for fact in facts_in(rule["when"])} - _OF_THE_TALLY)
        if any(rule["by_persona"] for rule in rules["engagement"]):
            self.basis.append("persona")
        self.mql = compile_condition(rules["mql"], self.counters) if rules["mql"] else None
        self.sql = compile_condition(rules["sql"], self.counters) if rules["sql"] else None
        self.counted_for_sql: dict[str, Counter] = {}
        compile_condition(rules["sql"] or {}, self.counted_for_sql)
        self.thresholds = [
            (compile_condition(each["when"], self.counters), each["threshold"]) for each in rules["thresholds"]
        ]
        self.sooner = {
            trigger: [(compile_condition(each.when, self.counters), each) for each in terms.sooner]
            for trigger, terms in self.agreement.handoffs.items()
        }
        self.wakes: dict[str, Holds] = {
            status: compile_condition(condition, self.counters)
            for status, condition in rules["wakes"].items()
            if isinstance(condition, dict) and condition
        }
        self.personas = [
            (persona, [(each, compile_condition(each["when"], {})) for each in persona["criteria"]])
            for persona in rules["personas"]
        ]
        self.bant = {name: answer_test(condition[name]) for name, condition in rules["bant"].items()}
        self.windows = [(each, within) for each in self.counters.values() for within in sorted(each.windows)]
        by_time = (rules["mql"] or {}, rules["sql"] or {}, *(each["when"] for each in rules["thresholds"]))
        self.shifts = sorted({within * 1000 for condition in by_time for within in shifts_in(condition)})
        self.content = {each["id"]: each for each in rules["content"]}
        self.library = {each["id"].casefold(): each for each in rules["content"]}
        self.memory = rules["funnel_memory"] * 1000
        self._by_kind: dict[str, tuple[list[SignalRule], list[Counter]]] = {}

    def count(self, moment: Moment, signal: Signal, order: Order, event: int) -> None:
        """Count one more signal, which is later than all before it, and award what it earns.

        Only the rules and counters that could apply to its kind are asked.
        """
        rules, counters = self._for_kind(signal["kind"])
        tally, at = moment.tally, order[0]
        tally.latest, moment.at = order, at
        content = signal.get("content")
        tally.consume(content if content in self.library else None, signal.get("content_stage"), at, self.memory)
        for counter in counters:
            if counter.matches(signal):
                counter.add(tally, signal, at)
        if rules:
            moment["funnel"] = tally.stage(at, self.memory)
            for rule in rules:
                rule.apply(tally, signal, moment, event)

    def warmth(self, tally: Tally) -> float:
        """How warm a lead is against others at any time: who has more, and who has more recent points, is warmer.

        It is the logarithm of the points as they would be counted forward from 1970 (forward decay, Cormode and others,
        2009), so that it changes with a signal and not with time, and a list in its order never has to be rewritten. 0
        for no points above zero.
        """
        half_life, latest = self.rules["half_life"], tally.latest[0]
        lines: list[Any] = [award for awards in tally.awards.values() for award in awards]
        lines += [each for sums in tally.carried.values() for each in sums]
        if not half_life:
            return round(log2(max(1.0, sum(line[1] for line in lines))), 4)
        points = sum(line[1] * 0.5 ** ((latest - line[0]) / (half_life * 1000)) for line in lines)
        return round(log2(points) + latest / (half_life * 1000), 4) if points > 0 else 0.0

    def _for_kind(self, kind: str) -> tuple[list[SignalRule], list[Counter]]:
        found = self._by_kind.get(kind)
        if found is None:
            rules = [rule for rule in self.engagement.values() if rule.kinds is None or kind in rule.kinds]
            counters = [each for each in self.counters.values() if each.kinds is None or kind in each.kinds]
            found = rules, counters
            if len(self._by_kind) < 1000:
                self._by_kind[kind] = found
        return found


_OF_THE_TALLY = frozenset({"funnel"})


def scaled(points: int, rules: Rules) -> int:
    """Points of a rule as hundredths of a point out of 100."""
    return round(points * 100 * 100 / rules["full_score"])


def faded(points: float, age: int, step: float | None) -> float:
    """What points of that age in milliseconds are worth, after falling by half in thirty steps."""
    if step is None or age <= 0:
        return points
    steps = int(age / step)
    return points * FADE[steps] if steps < len(FADE) else 0.0
