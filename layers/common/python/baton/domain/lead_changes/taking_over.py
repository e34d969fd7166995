"""Takes over words that differ from a lead's facts: they are staff's word then, and stand."""

from collections.abc import Iterable
from typing import Any

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.refusals import Refused
from baton.domain.history.differing_words import differing_words
from baton.domain.history.lead_facts import COMPANY_FIELDS
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, SIZES, Profile
from baton.domain.trust.speakers import Trust
from baton.domain.trust.words import fact_in, has_value_of, standing_word

Parts = dict[str, dict[str, Any]]


def taken_over(lead: Lead, ids: Iterable[str]) -> Parts:
    """Returns the facts that the words with these ids give, as the parts of an update; one taken before gives none.

    Raises:
        Refused: nobody says one of them any more.
    """
    said = {each.id: each for each in differing_words(lead)}
    parts: Parts = {"profile": {}, "company": {}, "bant": {}, "attributes": {}}
    for id_ in ids:
        if found := said.get(id_):
            part, values = _as_update(found.fact, found.word.value)
            parts[part] |= values
        elif not _is_taken(lead, id_):
            raise Refused("it is not said any more, or somebody decided otherwise; read the lead for what is said now")
    return parts


def _is_taken(lead: Lead, id_: str) -> bool:
    stands = standing_word(lead.said.get(fact_in(id_), ()))
    return stands is not None and stands.trust is Trust.STAFF and has_value_of(id_, stands.value)


def _as_update(fact: str, value: Any) -> tuple[str, dict[str, Any]]:
    """Returns the part of an update that a fact belongs to, and its fields in it."""
    if fact in BANT:
        return "bant", {fact: value}
    if fact.startswith(ATTRIBUTE):
        return "attributes", {fact.removeprefix(ATTRIBUTE): value}
    if fact in Profile.model_fields:
        return "profile", {fact: value}
    return "company", value if fact in SIZES else {COMPANY_FIELDS.get(fact, fact): value}
