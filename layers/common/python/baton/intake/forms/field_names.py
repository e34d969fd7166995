"""Finds the field of a form that a sent name means; page builders dictate names such as `form_fields[email]`."""

import re
from collections.abc import Collection, Mapping

from baton.agreement.terms.form_terms import IGNORE, Form
from baton.intake.forms.passed_over import is_passed_over
from baton.intake.forms.visit_context import CONTEXT_FIELDS
from baton.intake.names.full_names import split_name
from baton.intake.names.usual_names import name_key, usual_field, usual_field_among

_IN_BRACKETS = re.compile(r"\[([^\[\]]*[^\[\]0-9][^\[\]]*)\](?:\[[0-9]*\])*$")
_BOTH_NAMES = frozenset({"first_name", "last_name"})
_NUMBERED = re.compile(r"(?:\[[0-9]*\])+$")
Values = Mapping[str, tuple[str, ...]]


def by_own_names(form: Form, sent: Values, known: Collection[str]) -> tuple[dict[str, tuple[str, ...]], Values]:
    """Returns the values under the form's own names and those in `known`, and under their own names all the others.

    The agreed names go first, then a name as it is, then a name that differs in case and signs, then usual names. Of
    two names for one field the value under the field's own name comes first. What frameworks add is left out.
    """
    agreed = {name_key(theirs): ours for theirs, ours in form.names.items()}
    by_key = {name_key(field): field for field in form.fields}
    own: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for name in sorted(sent, key=lambda name: name not in known):
        ours = _agreed(name, form, known, agreed) or _usual(name, form, by_key)
        if ours is None and not is_passed_over(name):
            others[name] = sent[name]
        elif ours is not None and ours != IGNORE:
            own[ours] = (*own.get(ours, ()), *sent[name])
    return own | _names(form, own, others), others


def _names(form: Form, own: Values, others: Values) -> dict[str, tuple[str, ...]]:
    """Returns first and last name from a field such as `your-name`, for a form that asks for both and got neither."""
    if not form.fields.keys() >= _BOTH_NAMES or any(each.strip() for name in _BOTH_NAMES for each in own.get(name, ())):
        return {}
    full = (each for name in others if usual_field(name) == "full_name" for each in others[name] if each.strip())
    first, last = split_name(next(full, ""))
    return {name: (part,) for name, part in (("first_name", first), ("last_name", last)) if part}


def _agreed(name: str, form: Form, known: Collection[str], agreed: Mapping[str, str]) -> str | None:
    if name in form.names:
        return form.names[name]
    return name if name in known else agreed.get(name_key(name))


def _usual(name: str, form: Form, by_key: Mapping[str, str]) -> str | None:
    if is_passed_over(name):
        return None
    if (small := name.strip().lower()) in CONTEXT_FIELDS:
        return small
    inner = _IN_BRACKETS.search(name)
    innermost = inner[1] if inner else _NUMBERED.sub("", name)
    return (
        by_key.get(name_key(name))
        or usual_field_among(form.fields, name)
        or by_key.get(name_key(innermost))
        or usual_field_among(form.fields, innermost)
    )
