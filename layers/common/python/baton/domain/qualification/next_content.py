"""Chooses the content that a lead should read next, by funnel stage, topic and persona."""

from collections.abc import Mapping

from baton.agreement.terms.rules import Content
from baton.domain.scoring.standing import Standing

_DEPTH = {"tofu": 0, "mofu": 1, "bofu": 2}
_BEST_FIRST = (0, 1, 2, -1)
"""The preferred stages of content, in stages deeper than the lead's: the same is best, one back is worst."""


def next_content(standing: Standing) -> Content | None:
    """Returns the content of the agreed library that fits the lead best, among what it has not read.

    The funnel stage decides first, then whether the topic is the last one read, then whether it is meant for the lead's
    persona; of equals, the first in the agreement. Content for other personas does not fit.

    Returns:
        None if nothing fits, or if the lead has unsubscribed.
    """
    if standing.lead.unsubscribed_at:
        return None
    library = standing.card.library
    read = set(standing.tally.read)
    depth, topic = _DEPTH[standing.funnel or "tofu"], _last_topic(standing, library)
    persona = str(standing.facts.get("persona", ""))
    ranked = [
        ((_BEST_FIRST.index(deeper), content["topic"] != topic, not content["personas"], place), content)
        for place, (id_, content) in enumerate(library.items())
        if id_ not in read
        and (deeper := _DEPTH[content["stage"]] - depth) in _BEST_FIRST
        and (not content["personas"] or persona in content["personas"])
    ]
    return min(ranked, key=lambda each: each[0])[1] if ranked else None


def _last_topic(standing: Standing, library: Mapping[str, Content]) -> str | None:
    return next((library[id_]["topic"] for id_ in reversed(standing.tally.read) if id_ in library), None)
