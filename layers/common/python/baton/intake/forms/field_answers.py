"""Reads the answers to a form's own fields; what cannot be read stays in words, and only few faults refuse a form."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from baton.agreement.terms.form_terms import FieldKind, Form, FormField
from baton.intake.fields.field_checks import check_answer
from baton.intake.fields.field_faults import FieldFault

_FURTHER = "also"
_MAX_LEFT = 1000
_JOINED = {FieldKind.LINE: ", ", FieldKind.TEXT: "\n"}
"""How several values of a field become one answer; of the other kinds the first that can be read counts."""
_MAX_JOINED = 50
_NO_ANSWER = frozenset({"undefined", "[object Object]", "NaN"})
"""What scripts write where there is nothing; `Null` is a name."""
_BETWEEN_ADDRESSES = r"[,;\s]+"
_MAX_ADDRESSES = 5


class Left(NamedTuple):
    """What was written into a field and is no answer to it: the field's name, what it is, and the words."""

    field: str
    what: str
    text: str

    def __str__(self) -> str:
        """Returns it as a line of the message: `phone: call me`, `email (also): kim@example.com`."""
        return f"{self.field} ({self.what}): {self.text}" if self.what else f"{self.field}: {self.text}"


class Answers(NamedTuple):
    """The answers by field, what was written besides, and the faults that refuse the form."""

    given: dict[str, str]
    left: list[Left]
    faults: list[FieldFault]


def read_answers(form: Form, sent: Mapping[str, Sequence[str]]) -> Answers:
    """Returns the answers to the form's own fields.

    Without a readable e-mail address the form is refused, because nobody knows who sent it. So it is without another
    needed answer, unless the form asks for a person: then a person asks, whatever else is missing.
    """
    answers = Answers({}, [], [])
    for name, field in form.fields.items():
        values = _different(sent.get(name, ()))
        must = field.needed and (not form.asks_for_a_person or field.kind is FieldKind.EMAIL)
        try:
            answer, further = _read(field, values)
        except ValueError as fault:
            if must:
                answers.faults.append(FieldFault(name, str(fault)))
            else:
                _leave(answers, name, "", values)
            continue
        if answer is not None:
            answers.given[name] = answer
            _leave(answers, name, _FURTHER, further)
        elif must:
            answers.faults.append(FieldFault(name, "is needed and has no answer; fill it in"))
    return answers


def _different(values: Sequence[str]) -> Sequence[str]:
    """Returns the values without blank ones, each once."""
    if len(values) == 1 and values[0] not in _NO_ANSWER:
        return values
    return tuple(dict.fromkeys(each for each in values if each.strip() and each not in _NO_ANSWER))


def _leave(answers: Answers, name: str, what: str, values: Sequence[str]) -> None:
    if not values:
        return
    from baton.intake.forms.mended_text import mended  # few forms need it  # noqa: PLC0415

    text = mended(", ".join(values), _MAX_LEFT)
    if text:
        answers.left.append(Left(name, what, text))


def _read(field: FormField, values: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Returns the answer to a field, and the values that are no part of it."""
    if not values:
        return None, ()
    if len(values) == 1:
        return _one(field, values[0])
    if field.kind in _JOINED:
        return _one(field, _JOINED[field.kind].join(values[:_MAX_JOINED]))
    return _first_readable(field, values)


def _first_readable(field: FormField, values: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Returns the first value that can be read; a box is ticked if any value says so, as a hidden `no` stands beside
    it on many pages.
    """
    fault: ValueError | None = None
    for place, value in enumerate(values):
        try:
            answer, further = _one(field, value)
        except ValueError as unread:
            fault = fault or unread
            continue
        if answer is not None:
            rest = () if field.kind is FieldKind.CONSENT else (*values[:place], *values[place + 1 :])
            return answer, (*further, *rest)
    if fault is not None:
        raise fault
    return None, ()


def _one(field: FormField, typed: str) -> tuple[str | None, Sequence[str]]:
    further: Sequence[str] = ()
    try:
        answer = check_answer(field, typed)
    except ValueError:
        answer, further = _mended(field, typed)
    return (None if answer in _NO_ANSWER else answer), further


def _mended(field: FormField, typed: str) -> tuple[str | None, Sequence[str]]:
    """Returns what of a value can be read after all: without what cannot be printed, or one of several addresses.

    A text that is too long is cut; it is longer than a page lets anybody write.

    Raises:
        ValueError: as `check_answer`, of the value as it was typed.
    """
    from baton.intake.forms.mended_text import mended  # few forms need it  # noqa: PLC0415

    if field.kind is FieldKind.EMAIL:
        return _one_of_several(field, typed)
    is_text = field.kind is FieldKind.TEXT
    try:
        text = mended(typed, field.max_length, "\n\t") if is_text else mended(typed, field.max_length + 1)
        return check_answer(field, text), ()
    except ValueError:
        return check_answer(field, typed), ()


def _one_of_several(field: FormField, typed: str) -> tuple[str | None, Sequence[str]]:
    """Returns the first of several addresses in one field, and the others."""
    pieces = [each for each in re.split(_BETWEEN_ADDRESSES, typed[: field.max_length * _MAX_ADDRESSES]) if each]
    if not 1 < len(pieces) <= _MAX_ADDRESSES:
        return check_answer(field, typed), ()
    try:
        addresses = [check_answer(field, each) for each in pieces]
    except ValueError:
        return check_answer(field, typed), ()
    return addresses[0], [each for each in addresses[1:] if each]
