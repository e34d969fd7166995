"""Shows the differences between two agreements in answers of the API: lines, and how many of them break what."""

from collections.abc import Callable, Sequence

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.web.json_view import View
from baton.domain.signing.differences import Difference, counts_by_effect, differences
from baton.domain.signing.line_parts import Part
from baton.domain.signing.told_differences import rules_of

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
        return differences_view([]) | {
            "differences": [ONLY_WORDING],
            "differences_in_parts": [[{"text": ONLY_WORDING}]],
        }
    return differences_view(found, in_use) | {"rules_in_words": rules_of(found, old, new)}


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
    shown = {
        "path": [*part.path],
        "rule": part.rule,
        "seconds": part.seconds,
        "steps": [*part.steps],
        "asks": part.asks,
    }
    return {"text": part.text} | {name: value for name, value in shown.items() if value not in (None, [], False)}
