"""Writes a proposal as a draft of the agreement: rules, base, limits, threshold, and every other score that is named.

Everything else of the agreement stays as it is. The draft ranks leads exactly as the proposed table does: no limit cuts
a sum, and scores are counted in points.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from math import floor
from typing import Any

from baton.learning.proposed_table import Proposal, ProposedRule

BASE = "base"
EVERYBODY = {"channel": ["inbound", "outbound"]}
_MOST_CAP, _MOST_TIMES = 1000, 100
_ENDS = ("is", "at_least", "at_most")


def draft_document(document: Mapping[str, Any], proposal: Proposal, stay: Sequence[str]) -> dict[str, Any]:
    """Returns the document of the draft; `stay` names the rules whose points were not learned."""
    draft = deepcopy(dict(document))
    points = {rule.rule.id: rule.points for rule in proposal.rules}
    if proposal.wishes.mode == "re-point":
        for part in ("fit", "engagement"):
            clauses = [clause for clause in draft.get(part) or () if clause["id"] in points or clause["id"] in stay]
            draft[part] = [_with_points(clause, points.get(clause["id"], clause["points"])) for clause in clauses]
    else:
        for part in ("fit", "engagement"):
            chosen = _as_today([each for each in proposal.rules if each.rule.part == part], document.get(part) or ())
            draft[part] = [
                _new_clause(each.rule.id, each.points, each.rule.clause, each.rule.points) for each in chosen
            ]
    if proposal.scale.base:
        draft["fit"] = [{"id": BASE, "points": proposal.scale.base, "when": dict(EVERYBODY)}, *draft["fit"]]
    _carry_scores(draft, lambda score: proposal.scale.carried.get(score, score))
    _open_scale(draft, proposal, _most_fit(document.get("fit") or ()))
    return {name: part for name, part in draft.items() if part or name not in ("fit", "engagement")}


def _as_today(rules: Sequence[ProposedRule], clauses: Sequence[Mapping[str, Any]]) -> list[ProposedRule]:
    """Returns rules in the order in which the agreement in force has them, new ones last."""
    places = {clause["id"]: place for place, clause in enumerate(clauses)}
    return sorted(rules, key=lambda each: places.get(each.rule.id, len(places)))


def scores_named_in(document: Mapping[str, Any]) -> set[float]:
    """Returns the scores that conditions and thresholds name, other than the threshold for all."""
    found = set[float]()

    def note(score: float) -> float:
        found.add(score)
        return score

    _carry_scores(deepcopy(dict(document)), note)
    return found


def _new_clause(name: str, points: int, clause: Mapping[str, Any], before: int) -> dict[str, Any]:
    return _with_points({"id": name, "points": before or points, **clause}, points)


def _with_points(clause: Mapping[str, Any], points: int) -> dict[str, Any]:
    """Returns a rule with other points, and with a cap that allows as many awards as before."""
    before = clause["points"]
    changed = {**clause, "points": points}
    cap = changed.get("at_most")
    if cap and "points" in cap and before and points != before:
        awards = cap["points"] // abs(before)
        others = {name: value for name, value in cap.items() if name != "points"}
        if awards * abs(points) <= _MOST_CAP:
            changed["at_most"] = {"points": awards * abs(points), **others}
        else:
            changed["at_most"] = {**others, "times": min(awards, cap.get("times", _MOST_TIMES))}
    return changed


def _open_scale(draft: dict[str, Any], proposal: Proposal, most_fit: int) -> None:
    """Counts scores in points, up to a full score that no sum passes, and takes the limits away.

    `most_fit` is the most points that today's rules for fit give.
    """
    score, scale = dict(draft.get("score") or {}), proposal.scale
    full_before = score.get("full_score", 100)
    grown = (scale.full_score - scale.base) / full_before
    for limits in ("fit", "engagement"):
        score.pop(limits, None)
    score |= {"scale": "points", "full_score": scale.full_score}
    score["recycled_leads_earn"] = max(1, min(10_000, round(score.get("recycled_leads_earn", 50) * grown)))
    most_fit_now = _most_fit(draft["fit"]) - max(0, scale.base)
    fit_grown = min(grown, most_fit_now / most_fit) if most_fit and most_fit_now else grown
    for bands, base, times in (("fit_bands", scale.base, fit_grown), ("engagement_bands", 0, grown)):
        if bands in score:
            score[bands] = _bands(score[bands], times, base)
    draft["score"], draft["threshold"] = score, scale.threshold


def _most_fit(clauses: Sequence[Mapping[str, Any]]) -> int:
    """Returns the most points that rules for fit give one lead; of those that share a `best_of` one counts."""
    best = dict[str, int]()
    for clause in clauses:
        group = clause.get("best_of") or f"rule {clause['id']}"
        best[group] = max(best.get(group, 0), clause["points"], *(clause.get("by_persona") or {}).values())
    return sum(best.values())


def _bands(bands: Mapping[str, int], grown: float, base: int) -> dict[str, int]:
    """Returns bands in proportion, never above it; no two begin at the same points."""
    carried = dict[str, int]()
    for name, points in sorted(bands.items(), key=lambda band: band[1]):
        carried[name] = max(base + floor(points * grown), max(carried.values(), default=-(10**6)) + 1)
    return dict(reversed(carried.items()))


def _carry_scores(draft: dict[str, Any], carried: Callable[[float], float]) -> None:
    for each in draft.get("thresholds") or ():
        each["threshold"] = carried(each["threshold"])
    for condition in _conditions([part for name, part in draft.items() if name not in ("score", "forms", "webhooks")]):
        test = condition["score"]
        if isinstance(test, int | float) and not isinstance(test, bool):
            condition["score"] = carried(test)
        elif isinstance(test, dict):
            ends = {end: carried(test[end]) for end in _ENDS if end in test}
            between = {"between": [carried(end) for end in test["between"]]} if "between" in test else {}
            condition["score"] = {**test, **ends, **between}


def _conditions(part: Any) -> Iterator[dict[str, Any]]:
    """Yields the conditions that ask for a score: mappings with a number or tests of numbers under `score`."""
    if isinstance(part, dict):
        test = part.get("score")
        is_tests = isinstance(test, dict) and bool(test) and test.keys() <= {*_ENDS, "between", "one_of", "known"}
        if is_tests or (isinstance(test, int | float) and not isinstance(test, bool)):
            yield part
        for each in part.values():
            yield from _conditions(each)
    elif isinstance(part, list):
        for each in part:
            yield from _conditions(each)
