"""Says each event of a timeline in one plain sentence; another language is other sentences in LANGUAGES."""

from collections.abc import Mapping

from baton.agreement.terms.agreement import Agreement
from baton.domain.events.recorded import Recorded
from baton.outreach.timeline.english_of_handoffs import OF_HANDOFFS
from baton.outreach.timeline.english_of_leads import OF_LEADS
from baton.outreach.timeline.sentence_parts import Sentences, Teller

LANGUAGES: Mapping[str, Sentences] = {"en": {**OF_LEADS, **OF_HANDOFFS}}
"""For each language the sentence of each kind of event."""


def event_sentence(recorded: Recorded, agreement: Agreement, language: str) -> str:
    """Returns an event in a sentence, with the labels and the time zone of the agreement.

    What people typed stands in it on one line, cut where it is long. A page must escape it.
    """
    told = LANGUAGES[language][recorded.event.type](Teller(recorded, agreement), recorded.event)
    sentence = " ".join(told.split())
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."
