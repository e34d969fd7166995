"""Shows the differences between two agreements in answers of the API: lines, and how many of them break what."""

from collections.abc import Callable, Sequence

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.web.json_view import View
from baton.domain.conditions.condition_wording import words_by_rule
from baton.domain.signing.differences import Difference, counts_by_effect, differences
from baton.domain.signing.line_parts import Part

ONLY_WORDING = "nothing but wording, order of keys or comments"

SCORING = ("fit", "engagement")
"""The sections whose rules give points."""

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
        return differences_view([]) | {
            "differences": [ONLY_WORDING],
            "differences_in_parts": [[{"text": ONLY_WORDING}]],
        }
    return differences_view(found, in_use) | {"rules_in_words": _rules_in_words(found, old, new)}


def differences_view(found: Sequence[Difference], in_use: InUse = not_counted) -> View:
    """Shows differences as lines, in the order of their effects; `effects` says how many lines have which effect.

    `differences_in_parts` are the same lines in parts; `rules_in_words` are the rules that they name by their ids: what
    each asks, in words.
    """
    lines = [each.parts(in_use(each)) for each in found]
    return {
        "differences": ["".join(part.text for part in line) for line in lines],
        "differences_in_parts": [[_part_view(part) for part in line] for line in lines],
        "effects": counts_by_effect(found),
        "rules_in_words": {},
    }


def _part_view(part: Part) -> View:
    """Shows a part of a line: its text, and what it is, if it is more than text."""
    is_of_rule = len(part.path) > 1 and part.path[0] in SCORING
    shown = {
        "path": [*part.path],
        "rule": ".".join(part.path[:2]) if is_of_rule else None,
        "seconds": part.seconds,
        "steps": [*part.steps],
        "asks": part.asks,
    }
    return {"text": part.text} | {name: value for name, value in shown.items() if value not in (None, [], False)}


def _rules_in_words(found: Sequence[Difference], old: Agreement, new: Agreement) -> dict[str, str]:
    """Returns what the rules of differences ask, by section and id: `{"fit.student": "title like /student/"}`.

    A rule that both have is told as it will be.
    """
    of_rules = [each for each in found if each.path[0] in SCORING and len(each.path) > 1]
    gone = {each.path[:2] for each in of_rules if each.gone and len(each.path) == 2}
    named = dict.fromkeys(each.path[:2] for each in of_rules)
    before, after = (words_by_rule(each.rules, {id_ for _, id_ in named}) for each in (old, new))
    return {f"{section}.{id_}": (before if (section, id_) in gone else after)[id_] for section, id_ in named}
