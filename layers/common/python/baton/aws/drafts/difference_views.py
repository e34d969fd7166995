"""Shows the differences between two agreements in answers of the API: lines, and how many of them break what."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.web.json_view import View
from baton.domain.conditions.condition_wording import condition_in_words, earned_by_in_words
from baton.domain.signing.differences import Difference, counts_by_effect, differences

ONLY_WORDING = "nothing but wording, order of keys or comments"

InUse = Callable[[Difference], str | None]
"""Tells in words how many leads the removed term of a difference touches; None if nobody counts that."""


def not_counted(_: Difference) -> str | None:
    """Tells nothing of how much a removed term is in use."""
    return None


def differences_from_force(versions_now: VersionsNow, yaml: str, agreement: Agreement, in_use: InUse) -> View:
    """Shows the differences of a text from the version in force; none if that is the same text."""
    if versions_now.current is None or versions_now.current.yaml == yaml:
        return differences_view([])
    return compared_view(versions_now.current.agreement, agreement, in_use)


def compared_view(old: Agreement, new: Agreement, in_use: InUse = not_counted) -> View:
    """Shows the differences between two texts that are not the same."""
    found = differences(old, new)
    if not found:
        return differences_view([]) | {"differences": [ONLY_WORDING]}
    return differences_view(found, in_use) | {"rules_in_words": _rules_in_words(found, old, new)}


def differences_view(found: Sequence[Difference], in_use: InUse = not_counted) -> View:
    """Shows differences as lines, in the order of their effects; `effects` says how many lines have which effect.

    `rules_in_words` are those that lines name by their ids: what each asks, in words.
    """
    lines = [each.line(in_use(each)) for each in found]
    return {"differences": lines, "effects": counts_by_effect(found), "rules_in_words": {}}


def _rules_in_words(found: Sequence[Difference], old: Agreement, new: Agreement) -> dict[str, str]:
    """Returns what the rules of differences ask, by section and id: `{"fit.student": "title like /student/"}`.

    A rule that both have is told as it will be.
    """
    both: tuple[Mapping[str, Any], ...] = (old.rules, new.rules)
    rules = {
        f"{section}.{rule['id']}": said(rule)
        for rules_of_one in both
        for section, said in _SAID.items()
        for rule in rules_of_one.get(section, ())
    }
    named = dict.fromkeys(".".join(each.path[:2]) for each in found)
    return {name: rules[name] for name in named if name in rules}


_SAID: Mapping[str, Callable[[Any], str]] = {
    "fit": lambda rule: condition_in_words(rule["when"]),
    "engagement": earned_by_in_words,
}
