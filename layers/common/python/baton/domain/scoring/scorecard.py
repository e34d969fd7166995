"""The scorecard: an agreement's rules, compiled once for each version."""

from collections.abc import Sequence
from typing import Any

from baton.agreement.terms.agreement import AgreementInForce
from baton.agreement.terms.rules import USUALLY_RECONSIDERED, Condition, Question, Rules, top_score
from baton.domain.conditions.compiled_conditions import (
    Holds,
    Moment,
    SignalTexts,
    compile_condition,
    fact_names_in,
)
from baton.domain.conditions.condition_tests import answer_test
from baton.domain.conditions.content_addresses import content_address
from baton.domain.conditions.elapsed_time import ELAPSED, turning_points
from baton.domain.conditions.opening_windows import opening_shifts, opening_windows
from baton.domain.leads.signal_counts import Counter, EventRef, SignalCounts, SignalOrder
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.engagement_rules import SignalRule, to_hundredths
from baton.domain.scoring.fading import warmth
from baton.domain.scoring.fit_rules import FitRules

_COUNTED_FACTS = frozenset({"funnel"})


class Scorecard:
    """The compiled rules of one version of the agreement. Compiling takes milliseconds, so functions keep it."""

    def __init__(self, in_force: AgreementInForce) -> None:
        self.agreement, self.version = in_force.agreement, in_force.version
        self.in_force_since = in_force.in_force_since
        rules: Rules = in_force.agreement.rules
        self.rules, self.kinds = rules, AgreedKinds.of(rules)
        self.counters: dict[str, Counter] = {}
        self.top = top_score(rules)
        self.fit = FitRules(rules["fit"], 100 * self.top / rules["full_score"])
        self.fit_stays = not any(turning_points(name, (each["when"] for each in rules["fit"])) for name in ELAPSED)
        self.fit_limits = [to_hundredths(limit, rules) for limit in rules["fit_limits"]]
        self.engagement_limits = [to_hundredths(limit, rules) for limit in rules["engagement_limits"]]
        self.fit_bands = [
            (band["name"].casefold(), to_hundredths(band["at_least"], rules)) for band in rules["fit_bands"]
        ]
        self.engagement_bands = [
            (band["name"].casefold(), to_hundredths(band["at_least"], rules)) for band in rules["engagement_bands"]
        ]
        self.recycled_leads_earn = max(1, to_hundredths(rules["recycled_leads_earn"], rules))  # or it is back at once
        self.engagement = {rule["id"]: SignalRule(rule, rules, self.counters) for rule in rules["engagement"]}
        self.basis = sorted(
            {fact for rule in rules["engagement"] for fact in fact_names_in(rule["when"])} - _COUNTED_FACTS
        )
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
        self.unless: dict[str, Holds] = {
            trigger: compile_condition(terms.unless, self.counters)
            for trigger, terms in self.agreement.handoffs.items()
            if terms.unless
        }
        self.never = [(compile_condition(each["when"], self.counters), each) for each in rules.get("never", ())]
        self.territories = [(compile_condition(each.when, self.counters), each) for each in self.agreement.territories]
        wakes: dict[str, Any] = dict(rules["wakes"])
        self.wake_conditions: dict[str, Condition] = {status: each for status, each in wakes.items() if each}
        self.wakes: dict[str, Holds] = {
            status: compile_condition(condition, self.counters) for status, condition in self.wake_conditions.items()
        }
        self.checklist: list[tuple[Question, Holds | None]] = [
            (question, compile_condition(question["yes_if"], self.counters) if question["yes_if"] else None)
            for question in rules.get("checklist", ())
        ]
        self.reconsider = frozenset(rules.get("reconsider", USUALLY_RECONSIDERED))
        self.personas = [
            (persona, [(each, compile_condition(each["when"], {})) for each in persona["criteria"]])
            for persona in rules["personas"]
        ]
        self.bant = {name: answer_test(condition[name]) for name, condition in rules["bant"].items()}
        by_time = (rules["mql"] or {}, rules["sql"] or {}, *(each["when"] for each in rules["thresholds"]))
        by_time = (
            *by_time,
            *(each["when"] for each in rules.get("never", ())),
            *(terms.unless for terms in self.agreement.handoffs.values() if terms.unless),
        )
        asked = [*by_time, *(each["when"] for each in rules["fit"])]
        self.turning_points = {name: sorted(turning_points(name, asked)) for name in ELAPSED}
        either_way = [each["when"] for each in (*rules["thresholds"], *rules.get("never", ()))]  # the first one counts
        ruled_out = [terms.unless for terms in self.agreement.handoffs.values() if terms.unless]
        opening: list[Condition] = [rules["mql"] or {}, rules["sql"] or {}, *either_way]
        opening += [{"not": each} for each in (*either_way, *ruled_out)]
        self.windows = sorted(
            {each for condition in opening for each in opening_windows(condition, self.counters)},
            key=lambda each: (each[0].key, each[1]),
        )
        self.shifts = sorted({within for condition in opening for within in opening_shifts(condition)})
        self.asks_funnel = any("funnel" in fact_names_in(condition) for condition in by_time)
        self.content = {each["id"]: each for each in rules["content"]}
        self.library = {each["id"].casefold(): each for each in rules["content"]}
        self._by_address = {
            address.casefold(): id_ for id_ in reversed(self.library) if (address := content_address(id_))
        }
        self.memory = rules["funnel_memory"] * 1000
        self._by_kind: dict[str, tuple[list[SignalRule], list[Counter], list[Counter]]] = {}

    def listed_content(self, name: str | None) -> str | None:
        """Returns the id of the agreed content of this name or address, in small letters; None if it is not listed."""
        text = (name or "").casefold()
        if text in self.library:
            return text
        address = content_address(text) if text and self._by_address else None
        return self._by_address.get(address) if address else None

    def count(
        self, moment: Moment, signal: SignalTexts, order: SignalOrder, event: EventRef, *, from_person: bool = True
    ) -> None:
        """Counts one more signal, which must be later than all before it, and awards its points.

        Only the rules and counters for its kind are evaluated. What did not come from the person is counted only where
        a condition names its kind, such as `unsubscribed`.
        """
        rules, counters, naming = self._for_kind(signal["kind"])
        tally, at = moment.tally, order[0]
        tally.latest, moment.at = order, at
        if from_person:
            tally.acted_at = at
            content = signal.get("content")
            read = content if content in self.library else None
            tally.record_content(read, signal.get("content_stage"), at, self.memory)
        else:
            counters = naming
        for counter in counters:
            if counter.matches(signal):
                counter.add(tally, signal, at)
        if rules:
            moment["funnel"] = tally.funnel_stage(at, self.memory)
            for rule in rules:
                rule.apply(tally, signal, moment, event, from_person=from_person)

    def heeds(self, kind: str) -> bool:
        """Tells whether any rule or condition asks for signals of a kind, given in small letters."""
        return any(self._for_kind(kind))

    def counters_for(self, kind: str) -> Sequence[Counter]:
        """Returns the counters that may count signals of a kind, given in small letters."""
        return self._for_kind(kind)[1]

    def warmth(self, tally: SignalCounts) -> float:
        """Returns how warm a lead is compared with others, from all that it earned by signals."""
        awards: list[Any] = [award for awards in tally.awards.values() for award in awards]
        awards += [each for sums in tally.carried.values() for each in sums]
        return warmth(awards, tally.latest[0], self.rules["half_life"])

    def _for_kind(self, kind: str) -> tuple[list[SignalRule], list[Counter], list[Counter]]:
        found = self._by_kind.get(kind)
        if found is None:
            rules = [rule for rule in self.engagement.values() if rule.kinds is None or kind in rule.kinds]
            counters = [each for each in self.counters.values() if each.kinds is None or kind in each.kinds]
            is_of_people = self.kinds.kind_is_of_people(kind)
            found = rules, counters, [each for each in counters if each.kinds is not None and not is_of_people]
            if len(self._by_kind) < 1000:
                self._by_kind[kind] = found
        return found
