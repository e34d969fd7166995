"""Finds names that are likely misspelt: near to a name that is better known, and never seen themselves."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.document.document import Sections
from baton.agreement.likely.surroundings import Seen
from baton.agreement.likely.usual_kinds import USUAL_KINDS
from baton.agreement.likely.written_names import OF_A_TOOL, Named, names_in

MAX_COMPARISONS = 20_000
"""How many pairs of names of one sort are compared, about a tenth of a second."""
_NEAR = 0.84
_SHORTEST = 4
_USUAL, _SEEN, _SAID = 100, 50, 10
_KINDS = ("kind", OF_A_TOOL)
USUAL_FIELDS = frozenset(
    {
        *("email", "first_name", "last_name", "full_name", "title", "phone", "company", "country", "region"),
        *("language", "message", "industry", "employees", "revenue", "company_country", "infrastructure", "budget"),
        *(
            "authority",
            "need",
            "timeline",
            "content",
            "campaign",
            "website",
            "newsletter",
            "address",
            "city",
            "comment",
        ),
    }
)
_PARTS_OF_WORDS = r"\d+|^(un|re|pre|non|in|sub)|(?<=.)s$"
"""What makes two names differ on purpose: numbers, a prefix that turns the meaning, a plural."""


def likely_misspelt(
    sections: Sections, seen: Seen | None, often: Callable[[str], str | None] | None = None
) -> Iterator[tuple[Loc, str]]:
    """Yields a warning for each name that is near to a better known one, or that never came in what was seen.

    `often` tells in words how often a kind of signals has counted.
    """
    by_what: dict[str, list[Named]] = defaultdict(list)
    for each in names_in(sections):
        by_what[each.of].append(each)
    for what, named in by_what.items():
        weights = _weights(what, named, seen)
        came = seen.counts.get("kind" if what == OF_A_TOOL else what, {}) if seen else {}
        told: set[str] = set()
        left = [MAX_COMPARISONS]
        for each in named:
            name = each.name.casefold()
            is_right = came.get(name) or (what == OF_A_TOOL and each.exists)
            near = None if is_right else _better_known(name, weights, left)
            if near:
                times = came.get(near, 0) if seen else 0
                told_so = f"which came {times} times" if times else often(near) if often and what in _KINDS else None
                yield each.loc, _misspelt(what, each.name, near, told_so)
            elif seen and what in seen.counts and not came.get(name) and not each.exists and name not in told:
                told.add(name)
                yield (
                    each.loc,
                    f"no {what} `{each.name}` in {seen.signals} signals of the history; "
                    "look at how your tools spell it, or leave it if it is yet to come",
                )


def _misspelt(what: str, name: str, near: str, often: str | None) -> str:
    what = what.removesuffix(OF_A_TOOL.removeprefix("kind"))
    return f"no {what} `{name}` is known, but `{near}`{f', {often},' if often else ''} is near; did you mean `{near}`?"


def _weights(what: str, named: Iterable[Named], seen: Seen | None) -> dict[str, int]:
    """Returns how well known each name is: usual ones most, then those that came, then those that the draft has."""
    weights: dict[str, int] = defaultdict(int)
    usual = {"kind": USUAL_KINDS, OF_A_TOOL: USUAL_KINDS, "field": USUAL_FIELDS}.get(what, frozenset[str]())
    for name in usual:
        weights[name] += _USUAL
    for name, times in (seen.counts.get(what, {}) if seen else {}).items():
        weights[name] += _SEEN if times else 0
    for each in named:
        weights[each.name.casefold()] += _SAID if each.exists else 1
    return dict(weights)


def _better_known(name: str, weights: dict[str, int], left: list[int]) -> str | None:
    """Returns the nearest name that is clearly better known; None if there is none, or the name is well known.

    `left` counts the comparisons down that a check may still make.
    """
    own = weights.get(name, 0)
    if own >= _SEEN or len(name) < _SHORTEST:
        return None
    near: list[tuple[float, str]] = []
    before = True
    for other, weight in weights.items():
        if other == name:
            before = False
        elif abs(len(name) - len(other)) <= 2 and weight >= own and left[0] > 0:
            left[0] -= 1
            alike = _nearness(name, other) if weight > own else _slip_nearness(name, other, before=before, own=own)
            if alike:
                near.append((alike, other))
    return max(near)[1] if near else None


def _slip_nearness(name: str, other: str, *, before: bool, own: int) -> float:
    """Returns how near a name is to one that is as well known: only a slip of the fingers counts."""
    slipped = own < _SAID and _bare(name) != _bare(other) and _is_slip(name, other, after=before)
    return 0.95 if slipped else 0.0


def _is_slip(name: str, other: str, *, after: bool = True) -> bool:
    """Tells whether a name is another with a letter left out, or, if it stands after it, with two changed about."""
    if len(name) + 1 == len(other):
        return any(name == other[:place] + other[place + 1 :] for place in range(len(other)))
    changed = [place for place, (a, b) in enumerate(zip(name, other, strict=False)) if a != b]
    side_by_side = len(changed) == 2 and changed[1] == changed[0] + 1
    return after and len(name) == len(other) and side_by_side and sorted(name) == sorted(other)


def _nearness(name: str, other: str) -> float:
    """Returns how near two names are, from 0.84 to 1; 0 if they are not, or differ as names on purpose do."""
    if (
        name == other
        or abs(len(name) - len(other)) > 2
        or re.sub(_PARTS_OF_WORDS, "", name) == re.sub(_PARTS_OF_WORDS, "", other)
    ):
        return 0.0
    if re.sub(r"[_.\s-]", "", name) == re.sub(r"[_.\s-]", "", other):
        return 0.99
    if _is_slip(name, other):
        return 0.95
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _NEAR else 0.0


@lru_cache(maxsize=5_000)
def _bare(name: str) -> str:
    return re.sub(_PARTS_OF_WORDS, "", name)


@lru_cache(maxsize=5_000)
def _joined(name: str) -> str:
    return re.sub(r"[_.\s-]", "", name)
