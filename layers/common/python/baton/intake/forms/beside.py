"""Keeps the fields that the agreement does not have, as properties of the signal, apart from all that rules know."""

from collections.abc import Iterable, Mapping

from baton.domain.leads.person_facts import AnswerValue
from baton.intake.fields.field_faults import printable_name
from baton.intake.forms.mended_text import mended

MAX_FIELDS = 30
MAX_VALUE = 1000
_PREFIX = "field."
_MAX_FILES = 10


def beside(others: Mapping[str, tuple[str, ...]]) -> dict[str, AnswerValue]:
    """Returns what was written into unknown fields: the first 30 by name, as `field.fax`, to 1,000 characters each."""
    kept: dict[str, AnswerValue] = {}
    for name in sorted(others):
        text = mended(", ".join(dict.fromkeys(each for each in others[name] if each.strip())), MAX_VALUE)
        if text and len(kept) < MAX_FIELDS:
            kept[f"{_PREFIX}{printable_name(name)}"] = text
    return kept


def file_names(files: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the field and the name of each file that came with a form, at most ten."""
    named = [(printable_name(field), mended(name, 100)) for field, name in files]
    return [each for each in named if each[1]][:_MAX_FILES]
