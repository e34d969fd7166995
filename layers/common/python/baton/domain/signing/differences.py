"""Lists what a draft changes, one line for each change: `threshold 60 → 70`. What stops working comes first."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.rules import USUAL
from baton.domain.signing.difference_effects import ABSENT, Effect, Path, judge
from baton.domain.signing.line_parts import Part, marked, parts, unmarked, without_signs
from baton.domain.signing.terms_in_lines import NAMES_OF_PEOPLE, gist, new_thing_in_words, term_in_words

_SHORT = 100
_IDS = ("id", "name", "about")
_THINGS = {
    "fit": "rule",
    "engagement": "rule",
    "personas": "persona",
    "criteria": "criterion",
    "content": "content",
    "territories": "territory",
    "never": "rule",
    "thresholds": "threshold",
    "fit_bands": "band",
    "engagement_bands": "band",
    "checklist": "question",
}
_NAMED = {"teams": "team", "handoffs": "handoff", "clocks": "clock", "return_reasons": "reason", "forms": "form"} | {
    "fields": "field",
    "calendars": "calendar",
    "webhooks": "tool",
    "events": "event",
    "attributes": "attribute",
}
_CONDITIONS = {"when", "signal", "match", "mql", "sql", "parked", "disqualified", "at_most", "yes_if", "unless"}
_LENGTHS = {"age", "silent_for"}
_WORKED_OUT = frozenset({"never_fades"})
"""Fields of a rule that follow from others."""
_IS_THE_MATTER = {"points"}
"""Fields that need no name after the rule's id: `whitepaper 50 → 30`."""


class Difference(NamedTuple):
    """A difference in words, its effect, and where it is: `("forms", "demo")`; `gone`: the thing there is no more.

    `marked` are the words with marks (`line_parts`); `follows` says what follows, such as `who sends it is answered
    404`.
    """

    marked: str
    effect: Effect
    path: Path
    gone: bool = False
    follows: str = ""

    @property
    def text(self) -> str:
        """Returns what changes, in words."""
        return unmarked(self.marked)

    def line(self, in_use: str | None = None) -> str:
        """Writes the difference on one line: what changes, what follows, and how much it is in use."""
        return "".join(each.text for each in self.parts(in_use))

    def parts(self, in_use: str | None = None) -> list[Part]:
        """Returns the parts of the line."""
        follows = f"; {self.follows}" if self.follows else ""
        return list(parts(f"{self.marked}{follows}{f' ({in_use})' if in_use else ''}"))


class _Place(NamedTuple):
    """A path in the agreement as a line shows it: `handoffs.consultation.clocks`, `engagement: whitepaper at_most`."""

    text: str = ""
    path: Path = ()
    of_one: bool = False
    is_named: bool = False
    """People gave the last part its name, which is no word of the agreement, such as a handoff `sql`."""

    @property
    def said(self) -> str:
        return marked(self.text, path=self.path) if self.text else ""

    def thing(self, id_: str) -> str:
        return marked(id_, path=(*self.path, id_))

    @property
    def name(self) -> str:
        return self.path[-1] if self.path and not self.is_named else ""

    def field(self, name: str) -> "_Place":
        path, is_named = (*self.path, name), self.name in NAMES_OF_PEOPLE
        if self.of_one and name in _IS_THE_MATTER:
            return _Place(self.text, path)
        between = " " if self.of_one else "."
        return _Place(f"{self.text}{between}{name}" if self.text else name, path, is_named=is_named)

    def one(self, id_: object) -> "_Place":
        return _Place(f"{self.text}: {id_}", (*self.path, str(id_)), of_one=True, is_named=True)


class _Found(NamedTuple):
    """A difference before its effect is known: both values, of which one may be absent."""

    text: str
    path: Path
    old: Any
    new: Any


def differences(old: Agreement, new: Agreement) -> list[Difference]:
    """Returns the differences of `new` from `old`, each told whole.

    First comes what stops working, then what changes who is handed over, then the rest; within each the order is that
    of the document.
    """
    rules = frozenset({*old.rules, *new.rules})
    judged = []
    for found in _of_fields(_Place(), _sections(old), _sections(new)):
        effect, follows = judge(found.path, found.old, found.new, rules)
        judged.append(Difference(found.text, effect, found.path, found.new is ABSENT, follows))
    order = list(Effect)
    return sorted(judged, key=lambda each: order.index(each.effect))


def difference_lines(old: Agreement, new: Agreement) -> list[str]:
    """Returns the differences of `new` from `old` as lines: `["threshold 60 → 70"]`."""
    return [each.line() for each in differences(old, new)]


def counts_by_effect(found: Sequence[Difference]) -> dict[str, int]:
    """Returns how many differences have each effect: `{"stops": 1, "decides": 4, "other": 0}`."""
    counts = Counter(each.effect for each in found)
    return {effect.value: counts[effect] for effect in Effect}


def _sections(agreement: Agreement) -> dict[str, Any]:
    """Returns the agreement's data with the rules beside the other sections, as in the document.

    What the rules leave out because it is as usual stands at the end.
    """
    data = agreement.model_dump(mode="json")
    rules = data.pop("rules", {})
    written = [{name: each[name] for name in each if name not in _WORKED_OUT} for each in rules.get("engagement", ())]
    usual = {name: value for name, value in USUAL.items() if name not in rules}
    return without_signs({**data, **rules, **({"engagement": written} if written else {}), **usual})


def _of(place: _Place, old: Any, new: Any) -> Iterator[_Found]:
    old, new = _or_empty(place, old, new), _or_empty(place, new, old)
    if old == new and type(old) is type(new):
        return
    say = _saying(place)
    whole = place.name in _LENGTHS or (place.name in _CONDITIONS and not _is_better_told_in_parts(old, new, say))
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not whole:
        yield from _of_fields(place, old, new)
    elif isinstance(old, list) and isinstance(new, list) and not whole:
        yield from _of_lists(place, old, new)
    else:
        before, after = _from_where_they_part(old, new)
        yield _Found(f"{place.said} {say(before)} → {say(after)}", place.path, old, new)


def _is_better_told_in_parts(old: Any, new: Any, say: Callable[[Any], str]) -> bool:
    """Tells whether two conditions are long and ask the same, so that only the tests that differ need to be told."""
    is_long = _longer(old, new, say) > _SHORT
    return is_long and all(isinstance(each, Mapping) for each in (old, new)) and list(old) == list(new)


def _longer(old: Any, new: Any, say: Callable[[Any], str]) -> int:
    return max(len(unmarked(say(each))) for each in (old, new))


def _or_empty(place: _Place, value: Any, other: Any) -> Any:
    """Returns an empty section in place of one that is not written, where the other agreement has named things."""
    if value is not None or len(place.path) != 1 or not other or place.name not in (*_THINGS, *_NAMED):
        return value
    return type(other)()


def _saying(place: _Place) -> Callable[[Any], str]:
    return lambda value: term_in_words(value, place.name)


def _from_where_they_part(old: Any, new: Any) -> tuple[Any, Any]:
    """Returns both values; of two long texts only what follows their common beginning."""
    if not isinstance(old, str) or not isinstance(new, str) or max(len(old), len(new)) <= _SHORT:
        return old, new
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _SHORT // 4)
    return (f"…{old[start:]}", f"…{new[start:]}") if start else (old, new)


def _of_fields(place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Found]:
    thing = _NAMED.get(place.name)
    for name in [*old, *(name for name in new if name not in old)]:
        path = (*place.path, name)
        if thing and name not in new:
            yield _Found(f"{place.said}: {thing} {place.thing(name)} is gone{gist(old[name])}", path, old[name], ABSENT)
        elif thing and name not in old:
            said = new_thing_in_words(place.name, new[name])
            yield _Found(f"{place.said}: new {thing} {place.thing(name)}{said}", path, ABSENT, new[name])
        else:
            yield from _of(place.field(name), old.get(name), new.get(name))


def _of_lists(place: _Place, old: list[Any], new: list[Any]) -> Iterator[_Found]:
    before, after = _by_id(old), _by_id(new)
    if before is not None and after is not None and (before or after):
        yield from _of_ids(place, before, after)
        return
    say = _saying(place)
    gone, added = [one for one in old if one not in new], [one for one in new if one not in old]
    if _longer(old, new, say) <= _SHORT:
        told = f" {say(old)} → {say(new)}"
    elif len(gone) == len(added) == 1:
        yield from _of(place, gone[0], added[0])
        return
    elif gone or added:
        parts = [
            f"{word} {', '.join(map(say, each))}" for word, each in (("no longer", gone), ("now also", added)) if each
        ]
        told = f": {'; '.join(parts)}"
    else:
        told = f": in another order, {say(new)}"
    yield _Found(f"{place.said}{told}", place.path, old, new)


def _of_ids(place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Found]:
    thing = _THINGS.get(place.name, "entry")
    for id_ in [*old, *(id_ for id_ in new if id_ not in old)]:
        path = (*place.path, id_)
        if id_ not in new:
            yield _Found(f"{place.said}: {thing} {place.thing(id_)} is gone{gist(old[id_])}", path, old[id_], ABSENT)
        elif id_ not in old:
            said = new_thing_in_words(place.name, new[id_])
            yield _Found(f"{place.said}: new {thing} {place.thing(id_)}{said}", path, ABSENT, new[id_])
        else:
            yield from _of_fields(place.one(id_), old[id_], new[id_])
    if [id_ for id_ in old if id_ in new] != [id_ for id_ in new if id_ in old]:
        order = ", ".join(map(place.thing, new))
        yield _Found(f"{place.said}: in another order, {order}", place.path, list(old), list(new))


def _by_id(items: list[Any]) -> dict[str, Any] | None:
    """Returns the items by id, name or `about`; None if they have none of these, or one of them twice."""
    if not all(isinstance(item, Mapping) for item in items):
        return None
    for name in _IDS:
        if all(name in item for item in items):
            named = {str(item[name]): item for item in items}
            return named if len(named) == len(items) else None
    return None
