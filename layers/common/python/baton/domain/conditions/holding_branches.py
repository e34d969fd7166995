"""Says which branches of a condition with alternatives hold for a lead, for people who never saw the rules."""

from collections.abc import Mapping
from typing import Any

from baton.agreement.terms.rules import Condition
from baton.domain.basics.amounts import amount_text
from baton.domain.conditions.compiled_conditions import NUMBERS, Moment, compile_condition
from baton.domain.conditions.condition_wording import condition_in_words
from baton.domain.leads.signal_counts import Counter

MAX_BRANCHES = 5
"""The most branches of one `any` that are named; the rest is counted."""


def has_alternatives(condition: Condition) -> bool:
    """Tells whether a condition can hold in more than one way, that is, whether it has an `any` outside of a `not`."""
    return "any" in condition or any(has_alternatives(part) for part in condition.get("all", ()))


def holding_in_words(condition: Condition, moment: Moment, counters: Mapping[str, Counter]) -> str:
    """Writes the part of a condition by which it holds for a lead: `fit band A, and engagement band hot`.

    Of alternatives only those that hold are named; numbers come with the lead's own: `score at least 60 (it is 72)`.
    The condition must hold. `counters` are those of the scorecard.
    """
    return ", and ".join(_say(name, test, moment, counters) for name, test in condition.items()) or "anything"


def _say(name: str, test: Any, moment: Moment, counters: Mapping[str, Counter]) -> str:
    match name:
        case "all":
            return ", and ".join(holding_in_words(each, moment, counters) for each in test)
        case "any":
            held = [each for each in test if compile_condition(each, dict(counters))(moment)]
            more = [f"{len(held) - MAX_BRANCHES} more"] if len(held) > MAX_BRANCHES else []
            return "; also ".join([*(holding_in_words(each, moment, counters) for each in held[:MAX_BRANCHES]), *more])
        case _ if name in NUMBERS and moment[name] is not None:
            return f"{condition_in_words({name: test})} (it is {amount_text(moment[name])})"
    return condition_in_words({name: test})
