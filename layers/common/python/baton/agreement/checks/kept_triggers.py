"""Checks that `never` and a trigger's own `unless` leave the trigger somebody to hand over."""

from collections.abc import Iterator

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.document.document import Sections
from baton.agreement.satisfiability.claims import Claim, Formula, formula
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.possible_leads import World, contradiction


def triggers_can_fire(sections: Sections, world: World, effort: Effort) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each trigger of which every lead is kept from sales."""
    kept = [formula(rule.when.normal(), holds=False) for rule in sections.never if rule.team is None]
    for trigger, handoff in sections.handoffs.items():
        fires = _fires(trigger, sections)
        if fires is None or contradiction([fires], world, effort):
            continue
        unless = [formula(handoff.unless.normal(), holds=False)] if handoff.unless else []
        if unless and contradiction([fires, *unless], world, effort):
            yield (
                ("handoffs", trigger, "unless"),
                "holds for every lead that this hands over, so that it never hands over anybody; ask for less",
            )
        elif kept and contradiction([fires, *unless, *kept], world, effort):
            yield (
                ("handoffs", trigger),
                "never hands over anybody: `never` keeps every lead of it from sales; ask for less there",
            )


def _fires(trigger: str, sections: Sections) -> Formula | None:
    """Returns what holds whenever a trigger hands a lead over; None if nothing does for sure."""
    match trigger:
        case "consultation":
            return Claim("asked_for_a_person", "=", True)
        case "target_account":
            return Claim("target_account", "=", True)
        case "sql":
            return formula(sections.sql.normal()) if sections.sql else None
        case "score":
            least = min([sections.threshold, *(each.threshold for each in sections.thresholds)])
            return Claim("score", "at_least", least)
    return None
