"""Decides whether a lead can have signals so that all counts of them hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from baton.agreement.satisfiability.claims import Claim
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.fact_values import Words, is_about_a_number, some_number_passes, some_text_passes

ASPECT_WORDS = {
    "channel": Words(frozenset({"inbound", "outbound"})),
    "content_stage": Words(frozenset({"tofu", "mofu", "bofu"})),
}


def some_signal_matches(match: Mapping[str, Any], effort: Effort) -> bool:
    """Tells whether a signal can match at all."""
    return all(_passes(aspect, _claims(aspect, test), effort) for aspect, test in match.items())


def some_counts_pass(claims: Sequence[Claim], effort: Effort) -> bool:
    """Tells whether all counts can hold at once: more of some signals are more of all that they are among."""
    least = [claim.wanted for claim in claims if claim.test == "at_least" and claim.holds]
    least += [(which, most + 1) for which, most in _of(claims, "at_most", holds=False)]
    most = [claim.wanted for claim in claims if claim.test == "at_most" and claim.holds]
    most += [(which, fewest - 1) for which, fewest in _of(claims, "at_least", holds=False)]
    if any(high < 0 for _, high in most):
        return False
    for which, low in least:
        if low < 1:
            continue
        if not some_signal_matches(which["match"], effort):
            return False
        if any(low > high and _are_among(which, others, effort) for others, high in most):
            return False
    return True


def _of(claims: Sequence[Claim], test: str, *, holds: bool) -> list[Any]:
    return [claim.wanted for claim in claims if claim.test == test and claim.holds is holds]


def _are_among(which: Mapping[str, Any], others: Mapping[str, Any], effort: Effort) -> bool:
    """Tells whether each signal that is counted here is counted there, too."""
    if others.get("distinct") not in (None, which.get("distinct")):
        return False
    if "sure_of_kinds" in which and not {"is", "one_of"} & others["match"].get("kind", {}).keys():
        return False  # what a tool tells is counted only where a condition names its kind
    if "within" in others and which.get("within", float("inf")) > others["within"]:
        return False
    return all(
        aspect in which["match"] and _implies(aspect, which["match"][aspect], test, effort)
        for aspect, test in others["match"].items()
    )


def _implies(aspect: str, given: Mapping[str, Any], test: Mapping[str, Any], effort: Effort) -> bool:
    if given == test:
        return True
    known = _claims(aspect, given)
    return all(not _passes(aspect, [*known, claim._replace(holds=False)], effort) for claim in _claims(aspect, test))


def _claims(aspect: str, test: Mapping[str, Any]) -> list[Claim]:
    return [Claim(aspect, each, wanted) for each, wanted in test.items()]


def _passes(aspect: str, claims: Sequence[Claim], effort: Effort) -> bool:
    if is_about_a_number(claims):
        return some_number_passes(claims)
    return some_text_passes(aspect, claims, ASPECT_WORDS.get(aspect), effort)
