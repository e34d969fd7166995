"""Turns pydantic's errors into faults that a draft's author understands: the path, what is wrong, and the remedy."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.reading.vocabulary import sections_with, words_at
from baton.agreement.terms.calendars import BLOCK_FORM, DAYS_FORM, HOLIDAY_FORM

Loc = tuple[int | str, ...]
Fault = tuple[Loc, str]
_NAME = "write small letters, digits, - and _, the first a letter, at most 40"
_FORMS = {
    r"^[a-z][a-z0-9_-]{0,39}$": _NAME,
    r"^[A-Za-z][A-Za-z0-9_-]{0,39}$": "write letters, digits, - and _, the first a letter, at most 40",
    BLOCK_FORM: "write from when to when, like 09:00-17:00, or 22:00-06:00 over midnight",
    HOLIDAY_FORM: "write a date like 2026-12-25, with its name behind it if you like: 2026-12-25 Christmas Day",
    r"^https?://[^\s]+$": "write a whole address that begins with https://",
}
_SHORT = re.compile(r"[\w -]{1,60}")
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]"
_ESCAPED = {
    "\x00": ("the character 0", r"\0"),
    "\x07": ("a bell", r"\a"),
    "\x08": ("a backspace", r"\b"),
    "\x0b": ("a vertical tab", r"\v"),
    "\x0c": ("a form feed", r"\f"),
    "\x1b": ("an escape character", r"\e"),
    "\x85": ("a next-line character", r"\N"),
    "\u2028": ("a line separator", r"\L"),
    "\u2029": ("a paragraph separator", r"\P"),
}
"""What YAML makes of some escapes in double quotes, and how they are written."""
_MANY = 12
_NOT_HERE = {*ConditionClause.model_fields, "not"}


def fault_path(loc: Loc, document: Any) -> str:
    """Returns the path to a fault, with a rule's id instead of its number: `fit.senior.points`."""
    parts, here = [], document
    for part in loc:
        if isinstance(part, str) and (part.startswith("=") or part == "[key]"):
            continue
        here = _within(here, part)
        named = here.get("id") if isinstance(here, Mapping) and isinstance(part, int) else None
        parts.append(named if isinstance(named, str) and _SHORT.fullmatch(named) else str(part))
    return ".".join(parts) or "document"


def root_faults(faults: list[Fault]) -> list[Fault]:
    """Drops the faults that only follow from others: around another fault, or under an unknown name."""
    within = {loc[:length] for loc, _ in faults for length in range(len(loc))}
    unknown = {loc[:-1] for loc, _ in faults if loc[-1:] == ("[key]",)}
    return [
        (loc, why)
        for loc, why in faults
        if loc[-1:] == ("[key]",)
        or (loc not in within and not any(loc[:length] in unknown for length in range(len(loc) + 1)))
    ]


def _within(here: Any, part: int | str) -> Any:
    if isinstance(here, Mapping):
        return here.get(part)
    return here[part] if isinstance(here, list) and isinstance(part, int) and part < len(here) else None


def empty_value_faults(document: Any, loc: Loc = ()) -> list[Fault]:
    """Returns a fault for each name without a value."""
    if document is None and loc:
        return [(loc, EMPTY)]
    parts: Any = ()
    if isinstance(document, Mapping):
        parts = document.items()
    elif isinstance(document, list):
        parts = enumerate(document)
    return [fault for name, part in parts for fault in empty_value_faults(part, (*loc, name))]


def control_character_faults(document: Any, loc: Loc = ()) -> list[Fault]:
    r"""Returns a fault for each text with a character that nobody types: YAML makes a backspace of `"\b"`."""
    if isinstance(document, str):
        found = re.search(_CONTROL, document)
        return [(loc, _typed_by_nobody(found[0]))] if found else []
    parts: Any = ()
    if isinstance(document, Mapping):
        parts = document.items()
    elif isinstance(document, list):
        parts = enumerate(document)
    return [fault for name, part in parts for fault in control_character_faults(part, (*loc, name))]


def _typed_by_nobody(character: str) -> str:
    written = _ESCAPED.get(character)
    if written is None:
        return f"has a character that nobody types (U+{ord(character):04X}); leave it out"
    what, meant = written
    return (
        f'has {what}, which is what YAML makes of "{meant}" in double quotes; write it in single quotes, '
        f"such as '{meant}', in which a backslash means itself"
    )


EMPTY = "is empty; write what belongs here, or leave the whole line out"


def explained_fault(error: ErrorDetails) -> Fault:
    """Returns one pydantic error as a path and a sentence with a remedy."""
    kind, value, about = error["type"], error["input"], error.get("ctx", {})
    if value is None and kind != "missing":
        return error["loc"], EMPTY
    if error["loc"][-1:] == ("[key]",):
        return error["loc"], _bad_name(str(value), about)
    if kind == "extra_forbidden":
        return error["loc"], _unknown_word(error["loc"])
    wording = _WORDINGS.get(kind)
    if wording is None:
        return error["loc"], error["msg"].removeprefix("Value error, ")
    return error["loc"], wording(value, about)


def _unknown_word(loc: Loc) -> str:
    word = str(loc[-1])
    if word in _NOT_HERE and ("when" in loc or "criteria" in loc):
        return "cannot be asked here: it would follow from itself, or is not known yet; leave it out"
    here = [each for each in words_at(loc) if each != word]
    close = get_close_matches(word, here, n=1)
    if close:
        return f"is no word that means anything here; did you mean `{close[0]}`?"
    if there := sections_with(word):
        where = " and ".join(f"`{each}`" for each in there[:3])
        return f"means nothing here, but in {where}; move it there, or look at the indentation"
    more = f"write one of {', '.join(here)}, or leave it out" if 0 < len(here) <= _MANY else "leave it out"
    return f"is no word that means anything here; {more}"


def _bad_name(name: str, about: Mapping[str, Any]) -> str:
    if "properties" in str(about.get("pattern")):
        return "is nothing that a signal has; write kind, form, channel, source, campaign, content, content_topic, " + (
            "content_stage, content_title or properties.<name>"
        )
    if about.get("pattern") == DAYS_FORM:
        return f"`{name[:50]}` is no day; write mon, tue, wed, thu, fri, sat or sun, or several like mon-fri"
    if about.get("pattern") == HOLIDAY_FORM:
        return f"`{name[:50]}` is no date; {_FORMS[HOLIDAY_FORM]}"
    if "expected" in about:
        return f"is not known; write {about['expected']}"
    return f"`{name[:50]}` is no name; {_FORMS.get(str(about.get('pattern')), _NAME)}"


def _no_text(value: Any, _: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return 'is yes or no to YAML, not a text; write it in quotes, like "NO" for Norway'
    if isinstance(value, date | int | float):
        return f'is a {"date" if isinstance(value, date) else "number"} to YAML; write it in quotes: "{value}"'
    return "must be a text; write one in quotes"


def _no_number(value: Any, _: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return f"`{value[:50]}` is a text; write a number, without quotes"
    return (
        "must be a whole number; write one without a point"
        if isinstance(value, float)
        else "must be a number; write one"
    )


def _as_in_yaml(expected: str) -> str:
    return expected.replace("False", "false").replace("True", "true")


def _some(value: Any) -> str:
    return repr(value)[:60]


def _count(value: Any) -> str:
    return str(len(value)) if isinstance(value, Sequence | Mapping) else "too many"


_WORDINGS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda _, __: "is missing; add it",
    "string_type": _no_text,
    "int_type": _no_number,
    "float_type": _no_number,
    "bool_type": lambda value, _: f"{_some(value)} is neither true nor false; write one of them, without quotes",
    "bool_parsing": lambda value, _: f"{_some(value)} is neither true nor false; write one of them, without quotes",
    "tuple_type": lambda _, __: "must be a list; write [one, another], or a line with a dash for each",
    "dict_type": lambda _, __: "must have names and values; write `name: value`",
    "model_type": lambda _, __: "must have names and values; write `name: value`",
    "union_tag_invalid": lambda value, _: f"{_some(value)} means nothing here; write `all`, or {{at_least: 3}}",
    "literal_error": lambda value, about: f"{_some(value)} is not known here; write {_as_in_yaml(about['expected'])}",
    "enum": lambda value, about: f"{_some(value)} is not known here; write {about['expected']}",
    "greater_than": lambda value, about: f"{_some(value)} is too low; write more than {about['gt']}",
    "greater_than_equal": lambda value, about: f"{_some(value)} is too low; write {about['ge']} or more",
    "less_than_equal": lambda value, about: f"{_some(value)} is too high; write {about['le']} or less",
    "too_short": lambda _, about: f"is too short; at least {about['min_length']} must stand here",
    "too_long": lambda value, about: f"has {_count(value)} parts; at most {about['max_length']} may stand here",
    "string_too_short": lambda _, __: "is empty; write something, or leave the whole line out",
    "string_too_long": lambda _, about: f"is too long; write at most {about['max_length']} characters",
    "string_pattern_mismatch": lambda value, about: (
        f"`{str(value)[:50]}` does not fit; {_FORMS.get(about['pattern'], 'it must look like ' + about['pattern'])}"
    ),
}
