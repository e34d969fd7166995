"""Checks of attributes: each that a condition, a form or a tool names is agreed, and is asked as its kind allows."""

from collections.abc import Iterator, Mapping
from typing import Any

from baton.agreement.checks.condition_checks import compared_texts
from baton.agreement.checks.condition_paths import Loc, all_conditions
from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.value_tests import NumberTests, TextTests, number_or_text
from baton.agreement.document.attribute_clauses import AttributeClause
from baton.agreement.document.document import Sections
from baton.agreement.terms.rules import ATTRIBUTE

_TAKEN = {*Attributes.model_fields, "email", "message", "first_name", "last_name", "full_name", "phone", "content"}
_ASKED_BY = {
    "text": "texts, such as `[one, another]`, or {matches: …}",
    "number": "numbers, such as {at_least: 10}",
    "choice": "its choices, such as `[one, another]`",
    "yes/no": "true or false",
}


def attributes_exist(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each attribute that is named and not agreed, or asked in a way that its kind has not."""
    for name in sections.attributes:
        if name in _TAKEN:
            yield ("attributes", name), "is the name of a fact that every lead may have; choose another"
    conditions = [
        *all_conditions(sections),
        *((("personas", number, "criteria"), persona.criteria) for number, persona in enumerate(sections.personas)),
    ]
    for loc, condition in conditions:
        for name, test in (condition.attributes or {}).items():
            yield from _faults((*loc, "attributes", name), name, test, sections.attributes)
    for number, fact in enumerate(sections.marketing.reconsider):
        if fact.startswith(ATTRIBUTE) and fact.removeprefix(ATTRIBUTE) not in sections.attributes:
            yield ("marketing", "reconsider", number), _unknown(fact.removeprefix(ATTRIBUTE), sections.attributes)
    for form, terms in sections.forms.items():
        for field, one in terms.fields.items():
            if one.attribute is not None and one.attribute not in sections.attributes:
                yield ("forms", form, "fields", field, "attribute"), _unknown(one.attribute, sections.attributes)
    for tool, names in sections.webhooks.items():
        for theirs, ours in names.fields.items():
            if ours.startswith(ATTRIBUTE) and ours.removeprefix(ATTRIBUTE) not in sections.attributes:
                yield ("webhooks", tool, "fields", theirs), _unknown(ours.removeprefix(ATTRIBUTE), sections.attributes)


def _unknown(name: str, agreed: Mapping[str, Any]) -> str:
    return f"there is no attribute `{name}`; there are {', '.join(sorted(agreed)) or 'none'}"


def _faults(loc: Loc, name: str, test: Any, agreed: Mapping[str, AttributeClause]) -> Iterator[tuple[Loc, str]]:
    if name not in agreed:
        yield loc, _unknown(name, agreed)
        return
    attribute = agreed[name]
    if isinstance(test, TextTests) and test.normal().keys() == {"known"}:
        return
    if _kind_asked(test) not in _KINDS_ASKED[attribute.kind]:
        yield loc, f"is of the kind {attribute.kind}; ask for {_ASKED_BY[attribute.kind]}, or {{known: true}}"
        return
    if attribute.kind == "choice":
        choices = {choice.casefold() for choice in attribute.choices}
        if unknown := [text for text in compared_texts(test) if text.casefold() not in choices]:
            yield loc, f"there is no choice `{unknown[0]}`; there are {', '.join(attribute.choices)}"


_KINDS_ASKED = {"text": {"text"}, "choice": {"text"}, "number": {"number"}, "yes/no": {"flag"}}


def _kind_asked(test: Any) -> str:
    if isinstance(test, bool):
        return "flag"
    return "number" if isinstance(test, NumberTests) or number_or_text(test) == "=number" else "text"
