"""Takes leads as they were known before their outcome: facts, counts of signals, and what each rule gave them.

The product's own functions record and count what a history says, so that a lead here is the lead that Baton would have
known. What came after `closed_at` is left out: sales may have set it, and no score could have used it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.rules import EngagementRule, FitRule, Rules, top_score
from baton.domain.conditions.compiled_conditions import Moment, SignalTexts
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount, signals_in, texts_of
from baton.domain.scoring.standing import Standing
from baton.domain.signals.signal_recording import record_signal
from baton.intake.history.history_lists import LeadHistory

BY_A_TOOL = "by a tool"
LONG_AGO = "2000-01-01T00:00:00.000Z"


class KnownLead(NamedTuple):
    """A lead before its outcome.

    `units` says how often each rule's points count, faded and capped: 2.5 of a rule of 10 points are 25. `fixed` are
    the points of rules whose sum is no multiple of their points: of best-of groups and by persona. `did` counts the
    signals that came from the person, by kind, and by kind and property; others under `BY_A_TOOL`. `won` is None
    without an outcome. `waited` is how long it took until the outcome, or until the export; None if that is not known.
    """

    lead_id: str
    captured_at: datetime
    moment: Moment
    units: Mapping[str, float]
    fixed: float
    did: Counter[tuple[str, ...]]
    won: bool | None
    weight: float
    waited: timedelta | None = None


def card_in_points(agreement: Agreement) -> Scorecard:
    """Returns the agreement's scorecard with scores counted in points of its rules, so that nothing is converted."""
    rules = deepcopy(agreement.without_lot().rules)
    in_points = rules["full_score"] / top_score(rules)
    rules["threshold"] = ceil(rules["threshold"] * in_points)
    rules["scale"] = "points"
    counted = agreement.model_copy(update={"rules": rules})
    return Scorecard(AgreementInForce.model_validate({"version": 1, "in_force_since": LONG_AGO, "agreement": counted}))


def known_leads(histories: Iterable[LeadHistory], card: Scorecard, as_of: datetime) -> Iterator[KnownLead]:
    """Yields the leads of a history as they were known; without those that closed before anything was known of them."""
    stay = frozenset(rule["id"] for rule in rules_that_stay(card.rules))
    for history in histories:
        if (found := _known(history, card, stay, as_of)) is not None:
            yield found


def rules_that_stay(rules: Rules) -> list[FitRule | EngagementRule]:
    """Returns the rules whose points are not learned.

    They go by persona or belong to a best-of group, give nothing today, or have a cap that no number of awards fills.
    """
    fit = [rule for rule in rules["fit"] if rule["by_persona"] or "best_of" in rule or not rule["points"]]
    engagement = [rule for rule in rules["engagement"] if rule["by_persona"] or _is_uneven(rule)]
    return [*fit, *engagement]


def _is_uneven(rule: EngagementRule) -> bool:
    points = rule.get("at_most", {}).get("points")
    return not rule["points"] or (points is not None and points % abs(rule["points"]) != 0)


def _known(history: LeadHistory, card: Scorecard, stay: frozenset[str], as_of: datetime) -> KnownLead | None:
    outcome = history.outcome
    arrivals = history.before(outcome.closed_at if outcome else None)
    if not arrivals:
        return None
    change = Change.begin(None, history.lead_id)
    for at, message in arrivals:
        told = {"lead_id": message.lead_id, "message_id": message.message_id, "speaker": message.speaker}
        signal = message.signal.model_copy(update=told)
        change = change.then(record_signal(change.after, signal, card.version, at, card.kinds), at, by="")
    lead = change.after
    if lead is None:
        return None
    known = known_lead(lead, change.events, arrivals[-1].at, card, stay)
    won = won_by(outcome.state, outcome.return_reason, card.agreement) if outcome else None
    weight = 1 / outcome.share if outcome and won is not None else 1.0
    until = as_of if won is None else outcome.closed_at if outcome else None
    waited = until - arrivals[0].at if until else None
    return known._replace(captured_at=arrivals[0].at, won=won, weight=weight, waited=waited)


def won_by(state: str | None, return_reason: str | None, agreement: Agreement) -> bool | None:
    """Returns whether an outcome speaks for the rules; None if it says nothing of them, or is still to come."""
    if state == "won":
        return True
    speaks_against = state == "returned" and (return_reason or "") in agreement.counted_as_lost
    return False if state == "lost" or speaks_against else None


def known_lead(
    lead: Lead, history: Sequence[Recorded], at: datetime, card: Scorecard, stay: frozenset[str] | None = None
) -> KnownLead:
    """Returns a lead as it was known at a moment, without an outcome.

    Args:
        lead: the lead at that moment.
        history: all that tells of it, the signals of leads merged into it included.
        at: the moment.
        card: the agreement's scorecard in points.
        stay: the ids of the rules whose points are not learned.
    """
    standing = Standing(lead, card, recount(lead, history, card), milliseconds(at))
    kept = stay if stay is not None else frozenset(rule["id"] for rule in rules_that_stay(card.rules))
    units, fixed = _units(standing, card.rules, kept)
    did = Counter[tuple[str, ...]]()
    for recorded in signals_in(history):
        event: Any = recorded.event
        texts = texts_of(event, card)
        if event.from_person:
            _count(did, texts)
        else:
            did[(texts["kind"], BY_A_TOOL)] += 1
    return KnownLead(lead.lead_id, at, standing.moment, units, fixed, did, None, 1.0)


def _units(standing: Standing, rules: Rules, stay: frozenset[str]) -> tuple[dict[str, float], float]:
    """Returns how often each rule's points count, and the points of the rules that stay."""
    points = {rule["id"]: rule["points"] for rule in (*rules["fit"], *rules["engagement"])}
    units, fixed = dict[str, float](), 0.0
    for entry in (*standing.fit_entries, *standing.engagement_entries):
        if entry.rule in stay:
            fixed += entry.points / 100
        else:
            units[entry.rule] = units.get(entry.rule, 0.0) + entry.points / 100 / points[entry.rule]
    return units, fixed


def _count(did: Counter[tuple[str, ...]], texts: SignalTexts) -> None:
    kind = texts["kind"]
    did[(kind,)] += 1
    for name, text in texts.items():
        if name.startswith("properties.") and not name.endswith(" as said"):
            did[(kind, name, text)] += 1
