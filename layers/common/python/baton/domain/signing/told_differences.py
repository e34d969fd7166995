"""Lines of differences as people speak, for who reads them in a mail: terms and rules by their names, not by codes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from baton.agreement.terms.agreement import Agreement
from baton.domain.conditions.condition_wording import words_by_rule
from baton.domain.signing.differences import Difference
from baton.domain.signing.line_parts import SCORING, Part
from baton.domain.terms.agreed_labels import in_plain_words, trigger_label

_GROUPS = {
    "fit": "What a lead is",
    "engagement": "What a lead does",
    "handoffs": "How fast sales acts",
    "marketing": "What marketing does",
    "return_reasons": "Why sales may give a lead back",
    "teams": "Teams",
}
"""What people call the sections of the agreement that have most of what is changed."""
_ACTS = {"remind": "remind", "escalate": "tell the manager", "reassign": "pass it on"}
"""What Baton does at a step of a ladder."""
_SILENT = {"clocks", "reps"}
"""Steps of a path that a reader needs no word for."""


def told_lines(found: Sequence[Difference], old: Agreement, new: Agreement) -> list[str]:
    """Returns differences as people speak: `What a lead does: Whitepaper (content downloaded), points 50 → 30`."""
    asked = rules_of(found, old, new)
    return ["".join(_told(each.parts(), asked)) for each in found]


def rules_of(found: Sequence[Difference], old: Agreement, new: Agreement) -> dict[str, str]:
    """Returns what the rules of differences ask, by section and id: `{"fit.student": "title like /student/"}`.

    A rule that both have is told as it will be.
    """
    of_rules = [each for each in found if each.path[0] in SCORING and len(each.path) > 1]
    gone = {each.path[:2] for each in of_rules if each.gone and len(each.path) == 2}
    named = dict.fromkeys(each.path[:2] for each in of_rules)
    before, after = (words_by_rule(each.rules, {id_ for _, id_ in named}) for each in (old, new))
    return {f"{section}.{id_}": (before if (section, id_) in gone else after)[id_] for section, id_ in named}


def _told(line: Sequence[Part], asked: Mapping[str, str]) -> Iterator[str]:
    says_it = any(each.asks for each in line)
    for place, part in enumerate(line):
        asks = "" if says_it or not part.rule else _without_codes(asked.get(part.rule, ""))
        if part.path and part.path[0] in _GROUPS:
            yield _term(part.path, asks) if place == 0 else _thing(part.path) + _in_brackets(asks)
        elif part.steps:
            yield ", ".join(f"{_ACTS[each['do']]} at {each['at']}" for each in part.steps)
        else:
            yield _without_codes(part.text) if part.asks else part.text


def _term(path: Sequence[str], asks: str) -> str:
    """Returns the name of a term with its section: `How fast sales acts: Consultation request, accept, within`."""
    section, *steps = path
    if not steps:
        return _GROUPS[section]
    further = [in_plain_words(each).lower() for each in steps[1:] if each not in _SILENT]
    return f"{_GROUPS[section]}: {', '.join((_thing(path[:2]) + _in_brackets(asks), *further))}"


def _thing(path: Sequence[str]) -> str:
    return trigger_label(path[1]) if path[0] == "handoffs" and len(path) == 2 else in_plain_words(path[-1])


def _in_brackets(asks: str) -> str:
    return f" ({asks})" if asks else ""


def _without_codes(asks: str) -> str:
    """Returns what a rule asks without the codes of signals: `content downloaded` for `kind content_downloaded`."""
    return re.sub(r"(?<=[a-z])_(?=[a-z])", " ", re.sub(r"\bkind (?=one of |[a-z])", "", asks))
