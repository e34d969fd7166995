"""Says each event of a timeline in one plain sentence; another language is other sentences in LANGUAGES."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.moments import shown_moment
from baton.domain.events.merge_events import LeadMerged
from baton.domain.events.recorded import Recorded
from baton.outreach.timeline.english_of_handoffs import OF_HANDOFFS
from baton.outreach.timeline.english_of_leads import OF_LEADS
from baton.outreach.timeline.sentence_parts import Part, Sentences, Teller

LANGUAGES: Mapping[str, Sentences] = {"en": {**OF_LEADS, **OF_HANDOFFS}}
"""For each language the sentence of each kind of event."""

NOBODY: Mapping[str, str] = MappingProxyType({})


def event_sentence(recorded: Recorded, agreement: Agreement, language: str) -> str:
    """Returns an event in a sentence, with the labels and the time zone of the agreement.

    What people typed stands in it on one line, cut where it is long. A page must escape it.
    """
    return "".join(part.text for part in event_parts(recorded, agreement, language))


def event_parts(
    recorded: Recorded, agreement: Agreement, language: str, addresses: Mapping[str, str] = NOBODY
) -> list[Part]:
    """Returns the parts of an event's sentence, so that a moment in it can be told in a reader's own zone.

    `addresses` are those of other leads, by id, which the reader is told anyway.
    """
    teller = Teller(recorded, agreement, [], addresses)
    told = LANGUAGES[language][recorded.event.type](teller, recorded.event)
    sentence = " ".join(told.split())
    return teller.parts(sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}.")


def addresses_told(events: Iterable[Recorded]) -> dict[str, str]:
    """Returns by which addresses leads were known that events merge: what undoes such a merge does not tell them."""
    merges = (each.event for each in events if isinstance(each.event, LeadMerged))
    return {part.lead_id: part.email for event in merges for part in event.parts if part.email}


def in_sentence(
    recorded: Recorded, agreement: Agreement, language: str, addresses: Mapping[str, str] = NOBODY
) -> dict[str, Any]:
    """Shows an event's sentence as `words`, and in `parts`: moments have `at`, ids a `label` or `lead`."""
    parts = event_parts(recorded, agreement, language, addresses)
    shown = [
        {"text": each.text, "at": each.at and shown_moment(each.at), "label": each.label, "lead": each.lead}
        for each in parts
    ]
    return {
        "words": "".join(each.text for each in parts),
        "parts": [{name: value for name, value in each.items() if value is not None} for each in shown],
    }
