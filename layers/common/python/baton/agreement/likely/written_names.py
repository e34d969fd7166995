"""Lists the names that a draft uses of what others send: kinds, content, topics, forms, properties, words of facts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from baton.agreement.checks.condition_checks import compared_texts
from baton.agreement.checks.condition_paths import Loc, all_conditions
from baton.agreement.document.document import Sections

FACTS = ("industry", "source", "campaign", "infrastructure")
"""The facts whose words a company chooses, and which several rules name."""
OF_A_TOOL = "kind of a tool"
"""What a tool's event may mean: a kind, one of the forms, or nothing."""
_PROPERTY = "properties."


class Named(NamedTuple):
    """A name in a draft: what it is of, where it stands, and whether the draft says there that it exists."""

    of: str
    name: str
    loc: Loc
    exists: bool = False


def names_in(sections: Sections) -> Iterator[Named]:
    """Yields every name that a draft uses, and those that it makes known."""
    yield from _of_lists(sections)
    yield from _of_forms(sections)
    yield from _of_content(sections)
    yield from _of_webhooks(sections)
    for number, rule in enumerate(sections.engagement):
        yield from _of_match(rule.signal, ("engagement", number, "signal"))
    for loc, condition in all_conditions(sections):
        counted = getattr(condition, "signals", None)
        if counted is not None:
            yield from _of_match(counted.match, (*loc, "signals", "match"))
            if counted.distinct and counted.distinct.startswith(_PROPERTY):
                yield Named("property", counted.distinct.removeprefix(_PROPERTY), (*loc, "signals", "distinct"))
            if counted.sum:
                yield Named("property", counted.sum.of, (*loc, "signals", "sum", "of"))
        for fact in FACTS:
            yield from (Named(fact, text, (*loc, fact)) for text in compared_texts(getattr(condition, fact, None)))
    for number, persona in enumerate(sections.personas):
        for fact in FACTS:
            for text in compared_texts(getattr(persona.criteria, fact, None)):
                yield Named(fact, text, ("personas", number, "criteria", fact))


def _of_lists(sections: Sections) -> Iterator[Named]:
    for name in ("asks_for_a_person", "unsubscribes", "subscribes"):
        for number, kind in enumerate(getattr(sections, name)):
            yield Named("kind", kind, (name, number))
    for kind in sections.from_person:
        yield Named("kind", kind, ("from_person", kind, "[key]"), exists=True)


def _of_forms(sections: Sections) -> Iterator[Named]:
    for name in sections.attributes:
        yield Named("field", name, ("attributes", name), exists=True)
    for name, form in sections.forms.items():
        yield Named("form", name, ("forms", name), exists=True)
        yield Named("kind", form.signal, ("forms", name, "signal"), exists=True)
        yield Named(OF_A_TOOL, name, ("forms", name), exists=True)
        for field in form.fields:
            yield Named("field", field, ("forms", name, "fields", field, "[key]"))
            yield Named("property", field, ("forms", name, "fields", field, "[key]"), exists=True)


def _of_content(sections: Sections) -> Iterator[Named]:
    for number, content in enumerate(sections.content):
        yield Named("content", content.id, ("content", number, "id"), exists=True)
        yield Named("content topic", content.topic, ("content", number, "topic"), exists=True)


def _of_webhooks(sections: Sections) -> Iterator[Named]:
    """Yields a tool's events and content; an event may also name a form, or be passed over."""
    yield Named(OF_A_TOOL, "ignore", ("webhooks",), exists=True)
    for tool, names in sections.webhooks.items():
        for theirs, kind in names.events.items():
            if kind not in sections.forms and kind != "ignore":
                yield Named("kind", kind, ("webhooks", tool, "events", theirs), exists=True)
                yield Named(OF_A_TOOL, kind, ("webhooks", tool, "events", theirs))
        for theirs, content in names.content.items():
            yield Named("content", content, ("webhooks", tool, "content", theirs))


def _of_match(match: Mapping[str, Any], loc: Loc) -> Iterator[Named]:
    for aspect, test in match.items():
        at = (*loc, aspect)
        if aspect.startswith(_PROPERTY):
            yield Named("property", aspect.removeprefix(_PROPERTY), (*at, "[key]"))
        elif aspect in ("kind", "form", "content", "content_topic"):
            for text in compared_texts(test):
                yield Named(aspect.replace("_", " "), text, at)
