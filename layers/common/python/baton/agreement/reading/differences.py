"""Lists what a draft changes, one line for each change: `threshold 60 → 70`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.durations import format_duration

MAX_LINES = 200
MAX_LINE_LENGTH = 300
_SHORT = 100

_IDS = ("id", "name", "about")
_SECONDS = {"half_life", "within", "per", "expires_after", "funnel_memory", "quiet_period", "hold_for"}
_THINGS = {
    "fit": "rule",
    "engagement": "rule",
    "personas": "persona",
    "criteria": "criterion",
    "content": "content",
    "territories": "territory",
    "never": "rule",
}
_NAMED = {"teams": "team", "handoffs": "handoff", "clocks": "clock", "return_reasons": "reason", "forms": "form"} | {
    "fields": "field",
    "calendars": "calendar",
    "webhooks": "tool",
    "events": "event",
}
_WHAT_FOLLOWS = {
    "team": "; leads in its line go to the team agreed for their trigger, those that its people hold when passed on"
}
"""Added where a thing is removed: what happens to its leads."""
_CONDITIONS = {"when", "signal", "match", "mql", "sql", "parked", "disqualified", "at_most", "unless"}
_TELLING = ("title", "label", "within", "threshold", "at_least", "time_zone")
_WORKED_OUT = frozenset({"never_fades"})
"""Fields of a rule that follow from others."""
_IS_THE_MATTER = {"points"}
"""Fields that need no name after the rule's id: `whitepaper 50 → 30`."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A path in the agreement as a line shows it: `handoffs.consultation.clocks`, `engagement: whitepaper at_most`."""

    text: str = ""
    name: str = ""
    of_one: bool = False

    def field(self, name: str) -> "_Place":
        if self.of_one and name in _IS_THE_MATTER:
            return _Place(self.text, name)
        between = " " if self.of_one else "."
        return _Place(f"{self.text}{between}{name}" if self.text else name, name)

    def one(self, id_: object) -> "_Place":
        return _Place(f"{self.text}: {id_}", str(id_), of_one=True)


def differences(old: Agreement, new: Agreement) -> list[str]:
    """Returns a line for each difference of `new` from `old`, in the order of the document.

    At most 200 lines and one that counts the rest, of at most 300 characters each.
    """
    lines = _of_fields(_Place(), _sections(old), _sections(new))
    shown = [
        line if len(line) <= MAX_LINE_LENGTH else f"{line[: MAX_LINE_LENGTH - 1]}…" for line in islice(lines, MAX_LINES)
    ]
    more = sum(1 for _ in lines)
    return [*shown, f"… and {more} more"] if more else shown


def _sections(agreement: Agreement) -> dict[str, Any]:
    """Returns the agreement's data with the rules beside the other sections, as in the document."""
    data = agreement.model_dump(mode="json")
    rules = data.pop("rules", {})
    written = [{name: each[name] for name in each if name not in _WORKED_OUT} for each in rules.get("engagement", ())]
    return {**data, **rules, **({"engagement": written} if written else {})}


def _of(place: _Place, old: Any, new: Any) -> Iterator[str]:
    if old == new and type(old) is type(new):
        return
    whole = place.name in _CONDITIONS and max(len(_say(old)), len(_say(new))) <= _SHORT
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not whole:
        yield from _of_fields(place, old, new)
    elif isinstance(old, list) and isinstance(new, list) and not whole:
        yield from _of_lists(place, old, new)
    else:
        before, after = _from_where_they_part(old, new)
        yield f"{place.text} {_say(before, place.name)} → {_say(after, place.name)}"


def _from_where_they_part(old: Any, new: Any) -> tuple[Any, Any]:
    """Returns both values; of two long texts only what follows their common beginning."""
    if not isinstance(old, str) or not isinstance(new, str) or max(len(old), len(new)) <= _SHORT:
        return old, new
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _SHORT // 4)
    return (f"…{old[start:]}", f"…{new[start:]}") if start else (old, new)


def _of_fields(place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    thing = _NAMED.get(place.name)
    for name in [*old, *(name for name in new if name not in old)]:
        if thing and name not in new:
            yield f"{place.text}: {thing} {name} is gone{_about(old[name])}{_WHAT_FOLLOWS.get(thing, '')}"
        elif thing and name not in old:
            yield f"{place.text}: new {thing} {name}{_about(new[name])}"
        else:
            yield from _of(place.field(name), old.get(name), new.get(name))


def _of_lists(place: _Place, old: list[Any], new: list[Any]) -> Iterator[str]:
    before, after = _by_id(old), _by_id(new)
    if before is not None and after is not None and (before or after):
        yield from _of_ids(place, before, after)
    elif max(len(_say(old)), len(_say(new))) <= _SHORT:
        yield f"{place.text} {_say(old)} → {_say(new)}"
    else:
        gone, added = [one for one in old if one not in new], [one for one in new if one not in old]
        if len(gone) == len(added) == 1:
            yield from _of(place, gone[0], added[0])
            return
        yield from (f"{place.text}: no longer {_say(one)}" for one in gone)
        yield from (f"{place.text}: now also {_say(one)}" for one in added)
        if not gone and not added:
            yield f"{place.text}: in another order, {_say(new)}"


def _of_ids(place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    thing = _THINGS.get(place.name, "entry")
    for id_ in [*old, *(id_ for id_ in new if id_ not in old)]:
        if id_ not in new:
            yield f"{place.text}: {thing} {id_} is gone{_about(old[id_])}"
        elif id_ not in old:
            yield f"{place.text}: new {thing} {id_}{_about(new[id_])}"
        else:
            yield from _of_fields(place.one(id_), old[id_], new[id_])
    both = [id_ for id_ in old if id_ in new]
    if both != [id_ for id_ in new if id_ in old]:
        yield f"{place.text}: in another order, {_shortened(', '.join(new))}"


def _by_id(items: list[Any]) -> dict[str, Any] | None:
    """Returns the items by id, name or `about`; None if they have none of these, or one of them twice."""
    if not all(isinstance(item, Mapping) for item in items):
        return None
    for name in _IDS:
        if all(name in item for item in items):
            named = {str(item[name]): item for item in items}
            return named if len(named) == len(items) else None
    return None


def _about(item: Any) -> str:
    """Returns what a new or removed thing is about, in brackets: ` (30 points)`."""
    if not isinstance(item, Mapping):
        return f" ({_say(item)})"
    if "points" in item:
        return f" ({item['points']} points)"
    description = next((item[name] for name in _TELLING if name in item), None)
    return "" if description is None else f" ({_say(description, 'within' if 'within' in item else '')})"


def _say(value: Any, name: str = "") -> str:
    """Returns a value as people write it in the agreement, on one line of at most 100 characters."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() if name in _SECONDS:
            return format_duration(timedelta(seconds=value))
        case Mapping():
            return _shortened(f"{{{', '.join(f'{key}: {_say(inner, key)}' for key, inner in value.items())}}}")
        case list():
            return _shortened(f"[{', '.join(_say(inner) for inner in value)}]")
        case _:
            return _shortened(str(value))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT + 1 else f"{text[:_SHORT]}…"
