"""Recognises messages by which a tool's vendor lets people try a webhook; they tell of no real person."""

from baton.intake.fields.json_documents import JsonObject

_YES = (True, 1, "true", "1", "yes")
_MARKS = ("is_test", "isTest", "test_mode", "testMode")


def is_marked_as_test(*parts: object) -> bool:
    """Returns whether one of these objects says of itself that it is a test, as Google's lead forms do (`is_test`)."""
    return any(_folded(part.get(mark)) in _YES for part in parts if isinstance(part, JsonObject) for mark in _MARKS)


def _folded(value: object) -> object:
    if isinstance(value, str):
        return value.strip().casefold()
    return value if isinstance(value, bool | int) else None
