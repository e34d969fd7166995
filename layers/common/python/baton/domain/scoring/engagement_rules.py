"""Points for what a lead does: compiled engagement rules and their caps. How points fade is in `fading`."""

from collections.abc import Iterable, Sequence
from typing import Any

from baton.agreement.terms.rules import Cap, EngagementRule, Rules, top_score
from baton.domain.conditions.compiled_conditions import (
    Holds,
    Matches,
    Moment,
    SignalTexts,
    compile_condition,
    compile_match,
)
from baton.domain.leads.signal_counts import Award, CarriedAward, Counter, EventRef, SignalCounts, kinds_of, shortened
from baton.domain.scoring.fading import faded, faded_smoothly, faded_together, step_length

MAX_AWARDS, MAX_UNCAPPED, MAX_CAPPED_OUT = 100, 20, 5


class SignalRule:
    """A compiled engagement rule; points are in hundredths, times in milliseconds."""

    __slots__ = ("by_persona", "cap", "expires_after", "id", "kinds", "matches", "most", "points", "step", "when")

    def __init__(self, rule: EngagementRule, rules: Rules, counters: dict[str, Counter]) -> None:
        self.id = rule["id"]
        self.points = to_hundredths(rule["points"], rules)
        self.by_persona = {persona: to_hundredths(points, rules) for persona, points in rule["by_persona"].items()}
        self.kinds = kinds_of(rule["signal"])
        self.matches: Matches = compile_match(rule["signal"])
        self.when: Holds = compile_condition(rule["when"], counters)
        self.cap = CompiledCap(rule["at_most"], rules) if rule.get("at_most") else None
        fills = self.cap.fills_with([self.points, *self.by_persona.values()]) if self.cap else 0
        self.most = max(MAX_AWARDS, fills) + MAX_CAPPED_OUT
        self.expires_after = rule["expires_after"] * 1000 if rule.get("expires_after") else None
        half_life = rule.get("half_life") or rules["half_life"]
        self.step = None if rule.get("never_fades") or half_life == "never" else step_length(half_life)

    def apply(
        self, tally: SignalCounts, signal: SignalTexts, moment: Moment, event: EventRef, *, from_person: bool
    ) -> None:
        """Awards the rule's points for the signal, if it matches and the cap allows it.

        What did not come from the person earns nothing; it may cost points.
        """
        if not (self.matches(signal) and self.when(moment)):
            return
        points = self.by_persona.get(moment["persona"], self.points) if self.by_persona else self.points
        if points > 0 and not from_person:
            return
        given = tally.awards.get(self.id, ())
        if self.cap is None:
            awards = tally.add_award(self.id, (moment.at, points, event))
        else:
            content = shortened(signal.get("content") or "") if self.cap.each else None
            points = self.cap.allow(points, given, moment.at, content)
            award = (moment.at, points, event) if content is None else (moment.at, points, event, content)
            awards = tally.add_award(self.id, award)
        if len(awards) > MAX_UNCAPPED:
            self._make_room(tally, awards, moment)

    def worth(self, award: Sequence[Any], now: int) -> int:
        """Returns what an award is worth now, in hundredths of a point: it fades, and may expire."""
        age = now - award[0]
        if self.expires_after is not None and age >= self.expires_after:
            return 0
        return round(faded(award[1], age, self.step))

    def worth_together(self, awards: Sequence[Sequence[Any]], now: int) -> int:
        """Returns what several awards are worth now."""
        if self.expires_after is not None:
            awards = [award for award in awards if now - award[0] < self.expires_after]
        return faded_together(awards, now, self.step)

    def _make_room(self, tally: SignalCounts, awards: list[Award], moment: Moment) -> None:
        """Sums up the oldest awards, so that a lead's ledger does not grow without bound.

        Awards that a cap still counts stay single: up to a hundred, or as many as fill the cap. Awards that expire stay
        single until they are dropped, so only the last hundred of such a rule count.
        """
        nothing = [award for award in awards if award[1] == 0]
        for award in nothing[:-MAX_CAPPED_OUT]:
            awards.remove(award)
        while len(awards) > (self.most if self._still_matters(awards[0], moment.at) else MAX_UNCAPPED):
            oldest = awards.pop(0)
            if self.expires_after is None:
                self._carry(tally, oldest, moment["decided_at"] or 0)

    def _still_matters(self, award: Award, now: int) -> bool:
        """Returns whether the single award still decides about a cap, or has yet to expire."""
        expires = self.expires_after is not None and now - award[0] < self.expires_after
        counts = self.cap is not None and (self.cap.per is None or now - award[0] < self.cap.per)
        return expires or counts

    def _carry(self, tally: SignalCounts, award: Award, decided_at: int) -> None:
        """Adds an award to the rule's sums: one from before a person last decided about the lead, one from after."""
        sums: list[CarriedAward] = []
        for each in (*tally.carried.get(self.id, ()), (award[0], award[1], 1)):
            if sums and (sums[-1][0] > decided_at) is (each[0] > decided_at):
                sums[-1] = self._together(sums[-1], each)
            else:
                sums.append(each)
        tally.carried[self.id] = sums

    def _together(self, older: CarriedAward, newer: CarriedAward) -> CarriedAward:
        left = faded_smoothly(older[1], newer[0] - older[0], self.step)
        return newer[0], round(left + newer[1], 6), older[2] + newer[2]


class CompiledCap:
    """A compiled cap of a rule, such as at most 20 points in 7 days, or once for the same content."""

    __slots__ = ("each", "per", "points", "times")

    def __init__(self, cap: Cap, rules: Rules) -> None:
        self.times = cap.get("times")
        self.points = to_hundredths(cap["points"], rules) if "points" in cap else None
        self.per = cap["per"] * 1000 if cap.get("per") else None
        self.each = cap.get("each") is not None

    def fills_with(self, points: Iterable[int]) -> int:
        """Returns how many awards of these points it takes to use the cap up."""
        least = min((abs(each) for each in points if each), default=0)
        needed = -(-self.points // least) if self.points and least else 0
        return min(needed, self.times) if self.times is not None else needed

    def allow(self, points: int, given: Iterable[Award], at: int, content: str | None) -> int:
        """Returns how many of the points may still be awarded, given the awards so far."""
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


def to_hundredths(points: int, rules: Rules) -> int:
    """Converts a rule's points to hundredths of a point of the score: 5 of a full score of 50 to 1000, out of 100."""
    return round(points * 100 * top_score(rules) / rules["full_score"])
