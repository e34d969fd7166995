"""Folds what speakers say into a lead's facts, by trust: a fact is the word that stands; others are kept beside it."""

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.facts import Instant
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history import lead_facts
from baton.domain.history.lead_facts import COMPANY_FIELDS, company_fact_name, means_the_same, milliseconds, source_of
from baton.domain.history.room_for_words import within_room
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, SIZES, Answer, Company, Existing, Profile, written_size
from baton.domain.trust.speakers import Speaker, Trust, trust_in
from baton.domain.trust.words import NOTHING_SAID, Word, Words, earlier, kept, standing_word, with_word

Changes = dict[str, Any]
Values = dict[str, Any]
"""Values of facts by their names, as words give them."""
Standing = dict[str, Word | None]
"""The words that stand on facts, by their names; None on a fact on which none does."""


class _Voice(NamedTuple):
    """Who speaks, when, and of what the speaker is known not to know better."""

    speaker: Speaker
    source: str
    at: Instant
    number: int
    recorded: Recorded
    staff_said: Container[str] = ()
    existing: Existing | None = None


def changes_from_signal(lead: Lead, event: SignalRecorded, recorded: Recorded) -> Changes:
    """Returns the facts that a signal changes: whoever is trusted less fills gaps, and is kept beside what is known.

    A signal that was stored before Baton kept who speaks follows the rule of that time. What anybody could have sent
    counts as of its arrival, because its time is as much theirs as its words.
    """
    if event.speaker is None:
        return _without_words(lead, lead_facts.changes_from_signal(lead, event, recorded))
    if event.existing == "keep" and lead.version > 1:
        return {}
    has_time = event.occurred_at is not None and trust_in(event.speaker) > Trust.ANYBODY
    at = event.occurred_at if event.occurred_at and has_time else recorded.at
    values = _values(event.profile, event.company, event.attributes) | {
        need: {"value": value, "met": None} for need, value in event.bant.items()
    }
    values |= dict.fromkeys(fact for fact in event.cleared if fact not in values)
    voice = _Voice(
        Speaker(event.speaker), source_of(event), at, 0 if has_time else event_number(recorded), recorded,
        staff_said=event.staff_said or (), existing=event.existing,
    )  # fmt: skip
    return _heard(lead, values, voice)


def changes_from_staff(lead: Lead, event: LeadUpdated, recorded: Recorded) -> Changes:
    """Returns the facts that a member of staff changed or cleared."""
    if event.speaker is None:
        return _without_words(lead, lead_facts.changes_from_staff(lead, event, recorded))
    values = _values(event.profile, event.company, event.attributes)
    values |= {need: {"value": answer.value, "met": answer.met} for need, answer in event.bant.items()}
    values |= dict.fromkeys(filter(None, map(fact_cleared, event.cleared)))
    return _heard(lead, values, _Voice(Speaker.STAFF, recorded.by, recorded.at, event_number(recorded), recorded))


def fact_cleared(name: str) -> str | None:
    """Returns the fact that an update clears by its name: `company_country` for `company.country`."""
    part, _, field = name.partition(".")
    if part == "company":
        return company_fact_name(field)
    if name.startswith(ATTRIBUTE):
        return name
    return field if part in ("profile", "bant") else None


def known_values(lead: Lead | FactSnapshot) -> Values:
    """Returns the facts that are known of a lead, as words give them."""
    answers = {need: {"value": answer.value, "met": answer.met} for need, answer in lead.bant.items()}
    return _values(lead.profile, lead.company, lead.attributes) | answers


def words_on(
    lead: Lead | FactSnapshot, fact: str, staff_said: Container[str] = (), known: Values | None = None
) -> Words:
    """Returns the words on a fact; of one that became known before words were kept, the one that it has.

    `known` are the lead's known values, for a caller that asks of many facts.
    """
    if words := lead.said.get(fact):
        return words
    value, at = (known_values(lead) if known is None else known).get(fact), lead.learned.get(fact, (0, 0))[0]
    if value is None and not (at and fact in staff_said):
        return NOTHING_SAID
    answer = next((answer for need, answer in lead.bant.items() if need == fact), None)
    source, at = (answer.source, milliseconds(answer.at)) if answer else ("", at)
    return (earlier(source, at, value, by_staff=fact in staff_said),)


def merged_words(
    lead: Lead, other: FactSnapshot, filled: Lead, number: int, *, same_company: bool
) -> tuple[Changes, Changes]:
    """Returns the facts and the words of two leads that are one person: own ones stand unless one is trusted more.

    Facts on which neither lead has words are as in the lead whose gaps are `filled`. The second part has what changes
    of `learned`.
    """
    of_company = set(map(company_fact_name, Company.model_fields))
    facts = [fact for fact in {**lead.said, **other.said} if same_company or fact not in of_company]
    said, standing = dict(lead.said), Standing()
    for fact in facts:
        own = words_on(lead, fact)
        said[fact] = kept([*own, *(_merged(word, standing_word(own)) for word in words_on(other, fact))])
        standing[fact] = standing_word(said[fact])
    said, standing = _within_room(said, standing)
    changes, new = (
        _changed(filled, said, standing, known_values(filled)),
        _new_in_meaning(lead, standing, known_values(lead)),
    )
    learned = {fact: (other.learned.get(fact, (0, 0))[0], number) for fact in new}
    return changes, learned


def _merged(word: Word, own: Word | None) -> Word:
    """Returns a word of the other lead: beside the one that stands here, if that is as trusted."""
    return word._replace(speaker=Speaker.MERGED) if own and own.trust is word.trust else word


def _values(profile: Profile, company: Company, attributes: Mapping[str, Any]) -> Values:
    """Returns the facts that are given of a person and a company, sizes with how they were written."""
    values = {**dict(profile), **{company_fact_name(field): value for field, value in company.plain_facts().items()}}
    values |= {name: company.size(name) or None for name in SIZES}
    values |= {f"{ATTRIBUTE}{name}": value for name, value in attributes.items()}
    return {fact: value for fact, value in values.items() if value is not None}


def _heard(lead: Lead, values: Values, voice: _Voice) -> Changes:
    """Returns the changes by a voice that gives values, None for what it clears."""
    said, standing, new = dict(lead.said), Standing(), dict[str, Word]()
    known = known_values(lead)
    for fact, value in values.items():
        before = words_on(lead, fact, voice.staff_said, known)
        speaker = voice.speaker if _may_replace(standing_word(before), voice) else Speaker.LIST_FILLING
        new[fact] = Word(speaker, voice.source, milliseconds(voice.at), voice.number, value)
        words = with_word(before, new[fact])
        if words != lead.said.get(fact, NOTHING_SAID):
            said[fact], standing[fact] = words, standing_word(words)
    said, standing = _within_room(said, standing)
    changes = _changed(lead, said, standing, known)
    learned, number = dict(lead.learned), event_number(voice.recorded)
    for fact in _new_in_meaning(lead, standing, known):
        is_new = standing[fact] == new.get(fact)
        learned[fact] = (milliseconds(voice.at if is_new else voice.recorded.at), number)
    return changes | ({"learned": learned} if learned != lead.learned else {})


def _within_room(said: dict[str, Words], standing: Standing) -> tuple[dict[str, Words], Standing]:
    """Returns the words that the lead has room for, and what stands now, also of facts that lost words."""
    fits = dict(within_room(said))
    lost = [fact for fact, words in said.items() if len(fits.get(fact, ())) < len(words)]
    return fits, standing | {fact: standing_word(fits.get(fact, ())) for fact in lost}


def _may_replace(stands: Word | None, voice: _Voice) -> bool:
    """Tells whether a list may replace a word, as it says: none, or what is older; all others may, by their trust."""
    if stands is None or voice.existing is None:
        return True
    return voice.existing == "replace" and stands.at <= milliseconds(voice.at)


def _changed(lead: Lead, said: Mapping[str, Words], standing: Standing, known: Values) -> Changes:
    """Returns the fields of the lead that change when other words stand."""
    changes = Changes()
    given = {fact: word.value if word else None for fact, word in standing.items()}
    differs = {fact: value for fact, value in given.items() if value != known.get(fact)}
    profile = {fact: value for fact, value in differs.items() if fact in Profile.model_fields}
    own = {fact: value for fact, value in differs.items() if fact.startswith(ATTRIBUTE)}
    company = _company_fields({fact: value for fact, value in differs.items() if fact not in {*profile, *own, *BANT}})
    answers = {fact: _answer(word) for fact, word in standing.items() if fact in BANT}
    bant = {need: answer for need, answer in {**lead.bant, **answers}.items() if answer}
    if profile:
        changes["profile"] = lead.profile.model_copy(update=profile)
    if company:
        changes["company"] = lead.company.model_copy(update=company)
    if own:
        told = lead.attributes | {fact.removeprefix(ATTRIBUTE): value for fact, value in own.items()}
        changes["attributes"] = {name: value for name, value in told.items() if value is not None}
    if bant != lead.bant:
        changes["bant"] = bant
    if said != lead.said:
        changes["said"] = said
    return changes


def _company_fields(values: Values) -> Changes:
    """Returns the fields of a company for facts under their names; a size has two."""
    fields: Changes = {}
    for fact, value in values.items():
        if fact in SIZES:
            fields |= value or {fact: None, written_size(fact): None}
        else:
            fields[COMPANY_FIELDS.get(fact, fact)] = value
    return fields


def _answer(word: Word | None) -> Answer | None:
    if word is None or word.value is None:
        return None
    return Answer(**word.value, source=word.source, at=datetime.fromtimestamp(word.at / 1000, UTC))


def _new_in_meaning(lead: Lead, standing: Standing, known: Values) -> list[str]:
    """Returns the facts that mean something else than before; another spelling is no new fact."""
    return [
        fact
        for fact, word in standing.items()
        if not means_the_same(fact, word.value if word else None, known.get(fact), lead.profile.country)
    ]


def _without_words(lead: Lead, changes: Changes) -> Changes:
    """Returns changes by the rule of an older Baton; of facts that it gave other values, it is not kept who spoke."""
    if not lead.said or not changes:
        return changes
    before, after = known_values(lead), known_values(lead.model_copy(update=changes))
    said = {fact: words for fact, words in lead.said.items() if before.get(fact) == after.get(fact)}
    return changes if said == lead.said else {**changes, "said": said}
