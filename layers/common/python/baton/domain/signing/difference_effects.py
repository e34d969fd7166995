"""Sorts the differences of a draft: what stops working, what decides who is handed over, the rest."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

Path = tuple[str, ...]


class Effect(StrEnum):
    """The effect of a difference, the gravest first."""

    STOPS = "stops"
    """Something that works today is refused, missing or erased."""
    DECIDES = "decides"
    """Other leads are handed over, or to other people."""
    OTHER = "other"
    """Clocks, words, what marketing does."""


class _Absent:
    """Stands for the value of a name that one of the two agreements does not have."""


ABSENT = _Absent()


def _gone(_: Any, new: Any) -> bool:
    return new is ABSENT


def _none_now(old: Any, new: Any) -> bool:
    return old is not None and (new is None or new is ABSENT)


def _needed_now(old: Any, new: Any) -> bool:
    if old is ABSENT:
        return isinstance(new, Mapping) and bool(new.get("needed"))
    return new is True and old is False


def _lower(old: Any, new: Any) -> bool:
    return isinstance(old, int) and isinstance(new, int) and new < old


def _changed(old: Any, new: Any) -> bool:
    return old not in (ABSENT, None) and new is not ABSENT


def _loses(old: Any, new: Any) -> bool:
    return isinstance(old, list) and isinstance(new, list) and any(one not in new for one in old)


def _forgets(old: Any, new: Any) -> bool:
    return new not in (ABSENT, None) and (old in (ABSENT, None) or _days(new) < _days(old))


def _days(period: Any) -> int:
    return int(str(period).split()[0])


class _Stop(NamedTuple):
    """A kind of difference after which something stops working: where, when, and what follows for those who use it."""

    path: Path
    holds: Callable[[Any, Any], bool]
    follows: str = ""


_FIELD = ("forms", "*", "fields", "*")
_STOPS = (
    _Stop(("forms", "*"), _gone, "who sends it is answered 404"),
    _Stop(_FIELD, _gone, "what pages still send in it is no fact of the lead"),
    _Stop(_FIELD, _needed_now, "without it the form is refused, unless it asks for a person"),
    _Stop((*_FIELD, "needed"), _needed_now, "without it the form is refused, unless it asks for a person"),
    _Stop((*_FIELD, "max_length"), _lower, "what is longer is cut or refused"),
    _Stop((*_FIELD, "kind"), _changed, "what pages send in it may be refused"),
    _Stop(("forms", "*", "honeypot"), _changed, "change the hidden field on the page, too"),
    _Stop(("forms", "*", "return_pages"), _loses, "visitors are not sent there any more"),
    _Stop(("webhooks", "*"), _gone, "of what this tool sends only the usual names are understood"),
    _Stop(("webhooks", "*", "*", "*"), _gone, "only the usual names are understood"),
    _Stop(("return_reasons", "*"), _gone, "sales can return no lead for it"),
    _Stop(
        ("teams", "*"),
        _gone,
        "leads in its line go to the team agreed for their trigger, those that its people hold when passed on",
    ),
    _Stop(("handoffs", "*"), _gone, "nobody is handed over for this reason"),
    _Stop(("asks_for_a_person",), _loses, "these signals hand nobody over any more"),
    _Stop(("mql",), _none_now, "nobody comes up for review by it"),
    _Stop(("sql",), _none_now, "nobody is handed over for this reason"),
    _Stop(("content", "*"), _gone, "signals about it count without topic and stage"),
    _Stop(("attributes", "*"), _gone, "nobody can tell it any more; what is known of it stays, and is shown"),
    _Stop(("attributes", "*", "kind"), _changed, "what is told in another form is left out"),
    _Stop(("attributes", "*", "choices"), _loses, "what is told in these words is left out"),
    _Stop(("retention", "*"), _forgets, "who is silent for so long is erased, and cannot be brought back"),
)

_DECIDING_TERMS = (
    ("handoffs", "*", "team"),
    ("handoffs", "*", "sticky"),
    ("handoffs", "*", "unless"),
    ("forms", "*", "signal"),
    ("webhooks", "*", "events", "*"),
    ("forms", "*", "asks_for_a_person"),
    ("teams", "*", "reps"),
    ("teams", "*", "calendar"),
    ("territories",),
)
_WORDS_OF_RULES = frozenset({"attributes", "checklist", "reconsider", "targets", "webhooks"})
"""Sections of the rules that hand nobody over."""


class Judged(NamedTuple):
    """The effect of a difference, and what follows from it, in words; empty if the difference says enough."""

    effect: Effect
    follows: str = ""


def judge(path: Path, old: Any, new: Any, rules: frozenset[str]) -> Judged:
    """Returns the effect of a difference; `rules` are the sections of the agreement that score and qualify."""
    for stop in _STOPS:
        if len(path) == len(stop.path) and _begins(path, stop.path) and stop.holds(old, new):
            return Judged(Effect.STOPS, stop.follows)
    is_new_trigger = path[0] == "handoffs" and len(path) == 2 and old is ABSENT
    decides = (
        is_new_trigger or path[0] in rules - _WORDS_OF_RULES or any(_begins(path, terms) for terms in _DECIDING_TERMS)
    )
    return Judged(Effect.DECIDES if decides else Effect.OTHER)


def _begins(path: Path, pattern: Path) -> bool:
    return len(path) >= len(pattern) and all(want in ("*", part) for part, want in zip(path, pattern, strict=False))
