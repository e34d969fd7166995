"""Faults of fields, in words for the sender. They never repeat a value that was typed."""

from collections.abc import Iterable
from dataclasses import dataclass

_TITLES = {
    400: "The form cannot be read",
    413: "The form is too large",
    415: "The form is encoded in a way that is not understood",
    422: "Some fields need another look",
}
_CORRECT = "Correct what `errors` names and send the form again."
_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class FieldFault:
    """The fault of one field: what is wrong with its value, and the remedy."""

    field: str
    detail: str


class FormFaults(Exception):
    """The form is refused with an HTTP status; `errors` are the faults of its fields, in order."""

    def __init__(self, status: int, detail: str = _CORRECT, errors: Iterable[FieldFault] = ()) -> None:
        self.status = status
        self.title = _TITLES[status]
        self.detail = detail
        self.errors = tuple(errors)
        super().__init__(f"{status} {self.title}: {detail}")


def printable_name(name: str) -> str:
    """Returns a field's name as it may be shown: printable, and cut to 60 characters."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in name[:_MAX_NAME])
    return printable or "(no name)"
