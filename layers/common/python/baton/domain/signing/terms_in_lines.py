"""Writes terms of an agreement on one line, as people say them: conditions, caps, ladders, new rules.

Conditions, lengths of time and ladders stand between marks (`line_parts`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from baton.agreement.terms.durations import format_duration, parse_duration
from baton.domain.conditions.condition_wording import condition_in_words, match_in_words
from baton.domain.signing.line_parts import marked, unmarked

_SECONDS = frozenset(
    {"half_life", "within", "per", "expires_after", "funnel_memory", "quiet_period", "hold_for", "after"}
)
_CONDITIONS = frozenset({"when", "mql", "sql", "parked", "disqualified", "yes_if", "unless", "all", "any", "not"})
_LENGTHS = frozenset({"age", "silent_for"})
_MATCHES = frozenset({"signal", "match"})
NAMES_OF_PEOPLE = frozenset(
    {"attributes", "by_persona", "calendars", "clocks", "content", "events", "fields", "forms"}
) | {
    *("from_person", "handoffs", "in_time", "names", "per_month", "return_reasons", "teams", "webhooks"),
}
"""Terms that hold names which people chose, or which mean something else there: `handoffs.sql`, `per_month.mql`."""


_LENGTH = re.compile(r"\d+[dhms]( \d+[dhms])*")
_TEXTS = frozenset({"title", "label", "question", "text", "next_step"})
"""Terms that hold what people wrote, and never a length of time."""


def term_in_words(value: Any, name: str = "") -> str:
    """Writes the value of a term on one line: `30d`, `title like /vp/`, `[DE, AT]`. `name` is the term's name."""
    if isinstance(value, Mapping):
        return _words_of(name)(value)
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case int():
            return _number_in_words(value, name)
        case list():
            told = f"[{', '.join(term_in_words(inner, name if name in _CONDITIONS else '') for inner in value)}]"
            return marked(unmarked(told), steps=value) if name == "ladder" else told
        case _:
            return _text_in_words(" ".join(str(value).split()), name)


def _text_in_words(text: str, name: str) -> str:
    if name in _TEXTS or not _LENGTH.fullmatch(text):
        return text
    return marked(text, seconds=int(parse_duration(text).total_seconds()))


def _number_in_words(number: int, name: str) -> str:
    if name in _SECONDS:
        return marked(format_duration(timedelta(seconds=number)), seconds=number)
    return f"{number}%" if name == "share" else str(number)


def _words_of(name: str) -> Callable[[Mapping[str, Any]], str]:
    if name in _CONDITIONS:
        return lambda value: _asks(condition_in_words(dict(value)))
    if name in _LENGTHS:
        return lambda value: _asks(condition_in_words({name: dict(value)}))
    if name in _MATCHES:
        return lambda value: _asks(match_in_words(value) or "any signal")
    return cap_in_words if name == "at_most" else lambda value: _names_and_values(value, name)


def _asks(words: str) -> str:
    return marked(words, asks=True)


def _names_and_values(part: Mapping[str, Any], of: str) -> str:
    said = (f"{name}: {term_in_words(value, '' if of in NAMES_OF_PEOPLE else name)}" for name, value in part.items())
    return f"{{{', '.join(said)}}}"


def cap_in_words(cap: Mapping[str, Any]) -> str:
    """Writes the most that a rule gives: `at most 2 times in 90d`, `at most 30 points for each content`."""
    parts = [f"{cap['points']} points"] if "points" in cap else []
    if "times" in cap:
        parts.append("once" if cap["times"] == 1 else f"{cap['times']} times")
    return f"at most {' and '.join(parts)}{_scope_of(cap)}"


def _scope_of(cap: Mapping[str, Any]) -> str:
    each = f" for each {cap['each'].replace('_', ' ')}" if cap.get("each") else ""
    return each + (f" in {term_in_words(cap['per'], 'per')}" if cap.get("per") else "")


def new_thing_in_words(section: str, item: Any) -> str:
    """Writes what a new rule, territory, form or reason says: ` (25 points): for kind webinar_attended`."""
    if not isinstance(item, Mapping):
        return f" ({term_in_words(item)})"
    said = "; ".join(_DETAILS.get(section, _all_else)(item))
    return f"{gist(item)}{': ' if said else ''}{said}"


_TELLING = ("title", "label", "within", "threshold", "at_least", "time_zone")


def gist(item: Any) -> str:
    """Writes in brackets what a thing is about: ` (30 points)`, ` (Sales)`; nothing if it does not say so."""
    if not isinstance(item, Mapping):
        return f" ({term_in_words(item)})"
    if "points" in item:
        return f" ({item['points']} points)"
    description = next((item[name] for name in _TELLING if item.get(name) is not None), None)
    return "" if description is None else f" ({term_in_words(description, 'within' if 'within' in item else '')})"


def _rule(item: Mapping[str, Any]) -> Iterator[str]:
    if "signal" in item:
        yield f"for {term_in_words(item['signal'], 'signal')}"
    if item.get("when"):
        yield f"when {term_in_words(item['when'], 'when')}"
    if item.get("by_persona"):
        yield f"by persona {', '.join(f'{name} {points}' for name, points in item['by_persona'].items())}"
    if item.get("at_most"):
        yield cap_in_words(item["at_most"])
    yield from _others(item, "id", "points", "signal", "when", "by_persona", "at_most", "never_fades")


def _never(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"when {term_in_words(item['when'], 'when')}"
    yield f"then to team {item['team']}" if item.get("team") else f"then {item['then']}"


def _question(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"{item['question']}{'' if item.get('needed', True) else ' (not needed)'}"
    if item.get("yes_if"):
        yield f"yes if {term_in_words(item['yes_if'], 'yes_if')}"


def _all_else(item: Mapping[str, Any]) -> Iterator[str]:
    told = next((name for name in _TELLING if item.get(name) is not None), "")
    yield from _others(item, "id", "name", told)


def _persona(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"from {item['counts_from']} % of"
    for criterion in item.get("criteria", ()):
        yield f"{term_in_words(criterion['when'], 'when')} (weight {criterion['weight']})"


def _conditional(item: Mapping[str, Any]) -> Iterator[str]:
    if item.get("when"):
        yield f"when {term_in_words(item['when'], 'when')}"
    yield from _others(item, "id", "when", "threshold")


def _form(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"signal {item['signal']}"
    if item.get("asks_for_a_person"):
        yield "asks for a person"
    needed = [name for name, each in item["fields"].items() if each.get("needed")]
    yield f"fields {', '.join(item['fields'])} (needed: {', '.join(needed)})"


def _field(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"kind {item.get('kind', 'line')}"
    if item.get("needed"):
        yield "needed"


def _reason(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"then {str(item['then']).replace('_', ' ')}"
    yield from _others(item, "label", "then", "marketing_answers")


def _others(item: Mapping[str, Any], *told: str) -> Iterator[str]:
    for name, value in item.items():
        if name not in told and value not in (None, False, [], {}):
            yield f"{name.replace('_', ' ')} {term_in_words(value, name)}"


_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "fit": _rule,
    "engagement": _rule,
    "never": _never,
    "checklist": _question,
    "personas": _persona,
    "thresholds": _conditional,
    "territories": _conditional,
    "sooner": _conditional,
    "forms": _form,
    "fields": _field,
    "return_reasons": _reason,
}
