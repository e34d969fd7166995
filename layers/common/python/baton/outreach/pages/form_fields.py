"""Writes the forms of pages: what was typed stays in its field, and a fault stands beside it.

The first wrong field has the focus, and says what is wrong with it to who listens to the page.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from baton.outreach.text.markup import as_typed, escape

CORRECT = "Nothing is saved yet. Please correct what is marked."
_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = rf"{_DAY}T\d{{2}}:\d{{2}}"


class Entered(NamedTuple):
    """What somebody entered in a form: what they typed and what is wrong with it, each by the name of its field.

    A `notice` is about the form as a whole, such as that it is to be sent again.
    """

    typed: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}
    notice: str = ""


NOTHING = Entered()


class Choice(NamedTuple):
    """A choice of one of several values, with a label for each; it must be made, unless it is not `needed`.

    The form's `Part` is shown once one of the `opening` values is chosen.
    """

    name: str
    legend: str
    labels: Mapping[str, str]
    opening: Container[str] = ()
    needed: bool = True

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the choice as a group of radio buttons."""
        chosen, fault = entered.typed.get(self.name), entered.faults.get(self.name)
        to_focus = (chosen if chosen in self.labels else next(iter(self.labels), "")) if focused == self.name else None
        buttons = "\n".join(self._button(value, chosen, to_focus) for value in self.labels)
        marks = f' role="radiogroup"{_marks(self.name)}' if fault else ""
        return (
            f"<fieldset{marks}>\n<legend>{escape(self.legend)}</legend>\n{_fault(self, fault)}{buttons}\n</fieldset>\n"
        )

    def _button(self, value: str, chosen: str | None, to_focus: str | None) -> str:
        marks = " required" * self.needed + " data-opens" * (value in self.opening) + " checked" * (value == chosen)
        marks += " autofocus" * (value == to_focus)
        return (
            f'<label class="choice"><input type="radio" name="{self.name}" value="{escape(value)}"{marks}> '
            f"<span>{escape(self.labels[value])}</span></label>"
        )


class ChoiceList(NamedTuple):
    """A choice of one of several values that takes one line; the first one is chosen."""

    name: str
    label: str
    labels: Mapping[str, str]

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the choice as a list that drops down."""
        chosen = entered.typed.get(self.name)
        options = "".join(
            f'<option value="{escape(value)}"{" selected" * (value == chosen)}>{escape(text)}</option>'
            for value, text in self.labels.items()
        )
        return _labelled(self, f'<select class="line" {_named(self, entered, focused)}>{options}</select>\n', entered)


class TextLine(NamedTuple):
    """A field for one line of at most `limit` characters."""

    name: str
    label: str
    limit: int

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the field with what was typed."""
        typed = as_typed(entered.typed.get(self.name, ""))
        named = _named(self, entered, focused)
        return _labelled(
            self, f'<input class="line" type="text" {named} maxlength="{self.limit}" value="{typed}">\n', entered
        )


class TextArea(NamedTuple):
    """A field for several lines of at most `limit` characters."""

    name: str
    label: str
    limit: int

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the field with what was typed."""
        typed = as_typed(entered.typed.get(self.name, ""))
        named = _named(self, entered, focused)
        return _labelled(self, f'<textarea {named} maxlength="{self.limit}" rows="4">\n{typed}</textarea>\n', entered)


class DayField(NamedTuple):
    """A field for a date, such as `2027-01-31`, from `least` on."""

    name: str
    label: str
    least: str = ""

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the field with what was typed; what is no date stays as text."""
        return _when(self, "date", _DAY, {"min": self.least}, entered, focused)


class TimeField(NamedTuple):
    """A field for a day with a time, no later than `latest`, such as `2027-01-31T10:00`."""

    name: str
    label: str
    latest: str

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the field with what was typed; what is no time stays as text."""
        return _when(self, "datetime-local", _TIME, {"max": self.latest}, entered, focused)


SingleField = Choice | ChoiceList | TextLine | TextArea | DayField | TimeField


class Group(NamedTuple):
    """Fields that belong together, under one heading, as many beside each other as there is room for."""

    legend: str
    fields: Sequence[SingleField]

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the fields as one group."""
        content = "".join(f"<div>\n{each.html(entered, focused)}</div>\n" for each in self.fields)
        legend = f"<legend>{escape(self.legend)}</legend>\n"
        return f'<fieldset>\n{legend}<div class="row">\n{content}</div>\n</fieldset>\n'


class Part(NamedTuple):
    """Fields of a form that are shown only once a value is chosen to which they belong; see `Choice.opening`.

    A browser that cannot tell shows them always, and so does every one if something is wrong with them.
    """

    fields: Sequence[SingleField | Group]

    def html(self, entered: Entered, focused: str) -> str:
        """Returns the fields, in one block."""
        wrong = any(each.name in entered.faults for each in _single(self.fields))
        content = "".join(each.html(entered, focused) for each in self.fields)
        return f"<div{'' if wrong else ' data-opened'}>\n{content}</div>\n"


Field = SingleField | Part | Group


def form(fields: Sequence[Field], button: str, entered: Entered = NOTHING) -> str:
    """Returns a form that sends its fields to the page's own address.

    A fault of a field that the form does not have stands above it, as its notice does.
    """
    names = [each.name for each in _single(fields)]
    wrong = [name for name in names if name in entered.faults]
    elsewhere = [fault for name, fault in entered.faults.items() if name not in names]
    told = [text for text in (entered.notice, *([CORRECT] if wrong else []), *elsewhere) if text]
    notice = f'<p class="fault" role="alert">{escape(" ".join(told))}</p>\n' if told else ""
    content = "".join(each.html(entered, next(iter(wrong), "")) for each in fields)
    return f'{notice}<form method="post">\n{content}<button type="submit">{escape(button)}</button>\n</form>'


def press_form(name: str, value: str, button: str) -> str:
    """Returns a form that is one button beside the usual one; it sends its value to the page's own address."""
    sent = f'name="{name}" value="{escape(value)}"'
    return f'<form method="post"><button class="next" type="submit" {sent}>{escape(button)}</button></form>'


def _single(fields: Sequence[Field]) -> Iterator[SingleField]:
    for each in fields:
        if isinstance(each, Part | Group):
            yield from _single(each.fields)
        else:
            yield each


def _when(
    field: DayField | TimeField,
    kind: str,
    pattern: str,
    limits: Mapping[str, str],
    entered: Entered,
    focused: str,
) -> str:
    typed = entered.typed.get(field.name, "").strip()
    is_text = bool(typed) and not re.fullmatch(pattern, typed)
    bounds = "" if is_text else "".join(f' {name}="{value}"' for name, value in limits.items() if value)
    shown, named = as_typed(typed), _named(field, entered, focused)
    control = f'<input class="line" type="{"text" if is_text else kind}" {named}{bounds} value="{shown}">\n'
    return _labelled(field, control, entered)


def _named(field: SingleField, entered: Entered, focused: str) -> str:
    marks = _marks(field.name) if field.name in entered.faults else ""
    return f'id="{field.name}" name="{field.name}"{marks}{" autofocus" * (field.name == focused)}'


def _labelled(field: ChoiceList | TextLine | TextArea | DayField | TimeField, control: str, entered: Entered) -> str:
    label = f'<label class="note" for="{field.name}">{escape(field.label)}</label>\n'
    return f"{label}{control}{_fault(field, entered.faults.get(field.name))}"


def _marks(name: str) -> str:
    return f' aria-invalid="true" aria-describedby="{name}-fault"'


def _fault(field: SingleField, fault: str | None) -> str:
    return f'<p class="fault" id="{field.name}-fault">{escape(fault)}</p>\n' if fault else ""
