"""Says in words who said something of a lead; the name of a source may be a stranger's, and is made safe."""

from baton.domain.trust.speakers import Speaker
from baton.domain.trust.words import Word
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import defanged_line

_NAMES = {"hubspot": "HubSpot", "customerio": "Customer.io"}
_FORM = "form:"
SOURCE_LIMIT = 60


def who_says(word: Word) -> str:
    """Returns who said a word: `HubSpot`, `the form consultation`, `the list expo`."""
    if word.source.startswith(_FORM):
        return f"the form {defanged_line(in_words(word.source.removeprefix(_FORM)), SOURCE_LIMIT)}"
    name = _NAMES.get(word.source) or defanged_line(word.source, SOURCE_LIMIT)
    match word.speaker:
        case Speaker.ANYBODY:
            return f"somebody by {name}"
        case Speaker.LIST | Speaker.LIST_FILLING:
            return f"the list {name}"
        case Speaker.EARLIER if not name:
            return "somebody, earlier"
        case Speaker.TOOL | Speaker.CONFIRMED:
            return name if word.source in _NAMES else name.capitalize()
        case _:
            return name
