"""The terms of a handoff as people signed them, for the API: without the numbers that are kept beside the words."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def in_words(terms: Json) -> dict[str, Any]:
    """Returns the terms as JSON, without the numbers that only Baton uses, such as `within_seconds` beside `within`."""
    shown = _without(terms, "nobody_available_seconds")
    shown["clocks"] = {name: _clock(clock) for name, clock in terms["clocks"].items()}
    if terms.get("appointments"):
        shown["appointments"] = _without(terms["appointments"], "at_most_seconds", "grace_seconds")
    if terms.get("calendar"):
        shown["calendar"] = _without(terms["calendar"], "week")
    return shown


def _clock(clock: Json) -> dict[str, Any]:
    ladder = [_without(step, "percent") for step in clock["ladder"]]
    return {**_without(clock, "within_seconds", "within_unit"), "ladder": ladder}


def _without(part: Json, *names: str) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in names}
