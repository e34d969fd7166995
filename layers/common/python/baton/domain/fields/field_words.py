"""Says what is wrong with the fields that a model refused: never in pydantic's words, always with what would do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_FORMS = {
    "mon": "must be a day or several, such as mon or mon-fri",
    "24:00": "must be from when to when, such as 09:00-17:00",
    "a-z": "must be a name: small letters, digits, - and _, the first a letter, at most 40",
}
"""How a text must look, by a part of the pattern that refused it."""
_ELSE = "cannot be read; write it as the call's description says"
_OURS = ("value_error", "refused")
"""The types of the errors that Baton's own checks raise, in words of their own."""


def field_faults(errors: Iterable[ErrorDetails], model: type[BaseModel]) -> list[tuple[str, str]]:
    """Returns the path of each wrong field, such as `hours.mon`, and its fault with the remedy.

    For a field that the model does not have, the likely one is named.
    """
    names = [field.alias or name for name, field in model.model_fields.items()]
    return [(_path(error["loc"]), _fault(error, names)) for error in errors]


def unknown_name(name: str, known: Iterable[str]) -> str:
    """Returns the fault of a name that there is not: with the likely one, or else with all that there are."""
    from difflib import get_close_matches  # most requests are right  # noqa: PLC0415

    names = list(known)
    if close := get_close_matches(name[:100], names, n=1):
        return f"is not known; did you mean `{close[0]}`?"
    if not names:
        return "is not known; leave it out"
    return f"is not known; there {'is' if len(names) == 1 else 'are'} {', '.join(names)}"


def _path(loc: Iterable[int | str]) -> str:
    return ".".join(str(part)[:60] for part in loc if part != "[key]") or "body"


def _fault(error: ErrorDetails, known: list[str]) -> str:
    kind, about = error["type"], error.get("ctx", {})
    if kind in _OURS:
        return error["msg"].removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return unknown_name(str(error["loc"][-1]), known if len(error["loc"]) == 1 else ())
    return _WORDS[kind](about) if kind in _WORDS else _ELSE


def _choices(about: Mapping[str, Any]) -> str:
    """Returns what may stand here: pydantic tells it as `'won' or 'lost'`."""
    return f"must be one of {', '.join(_quoted(str(about['expected'])))}"


def _quoted(expected: str) -> Iterator[str]:
    """Yields the values in `'won', 'open' or 'lost'`; of a comma in quotes, the comma with its quotes."""
    for part in expected.replace(" or '", ", '").split(", '"):
        value = part.strip("'")
        yield value if value.isalnum() or len(value) > 1 else f'"{value}"'


def _pattern(about: Mapping[str, Any]) -> str:
    return next((words for part, words in _FORMS.items() if part in str(about.get("pattern"))), _ELSE)


def _too_short(about: Mapping[str, Any]) -> str:
    least, of_text = about["min_length"], about.get("field_type") == "Value"
    if least == 1:
        return "is empty; write something, or leave it out"
    return f"is shorter than {least} characters; write more" if of_text else f"must have at least {least} entries"


def _too_long(about: Mapping[str, Any]) -> str:
    if about.get("field_type") == "Value":
        return f"is longer than {about['max_length']} characters; shorten it"
    return f"has more than {about['max_length']} entries; leave some out"


_MOMENT = "must be a moment with its time zone, such as 2026-12-03T10:00:00+01:00"
_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "is missing; add it",
    "string_type": lambda _: "is not text; put it in quotes",
    "string_too_short": lambda about: _too_short({**about, "field_type": "Value"}),
    "string_too_long": lambda about: _too_long({**about, "field_type": "Value"}),
    "string_pattern_mismatch": _pattern,
    "string_unicode": lambda _: "has half a character; type it again",
    "int_type": lambda _: "must be a whole number, such as 3, without quotes",
    "int_parsing_size": lambda _: "is a number that is too large; write a smaller one",
    "float_type": lambda _: "must be a number, without quotes",
    "bool_parsing": lambda _: "must be true or false, without quotes",
    "bool_type": lambda _: "must be true or false, without quotes",
    "finite_number": lambda _: "is no number that can be counted with; write one such as 3",
    "greater_than": lambda about: f"must be more than {about['gt']}",
    "less_than": lambda about: f"must be less than {about['lt']}",
    "greater_than_equal": lambda about: f"must be {about['ge']} or more",
    "less_than_equal": lambda about: f"must be {about['le']} or less",
    "enum": _choices,
    "literal_error": _choices,
    "tuple_type": lambda _: "must be a list, in [ ]",
    "list_type": lambda _: "must be a list, in [ ]",
    "dict_type": lambda _: "must be an object of names and values, in { }",
    "model_type": lambda _: "must be an object of names and values, in { }",
    "too_short": _too_short,
    "too_long": _too_long,
    "datetime_type": lambda _: _MOMENT,
    "datetime_parsing": lambda _: _MOMENT,
    "datetime_from_date_parsing": lambda _: _MOMENT,
    "datetime_object_invalid": lambda _: _MOMENT,
    "timezone_aware": lambda _: _MOMENT,
}
