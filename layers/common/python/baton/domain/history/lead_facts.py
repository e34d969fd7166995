"""Folds facts about a person and a company into a lead: the latest value wins, in whichever order they arrive."""

from collections.abc import Container, Mapping
from typing import Any

from baton.agreement.conditions.patterns import MAX_SUBJECT
from baton.agreement.places.compared_places import PLACES, as_said, compared_place
from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.amounts import comparable, comparable_size, read_amount
from baton.domain.basics.facts import Instant
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Recorded
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, SIZES, Answer, AnswerValue, Company, Need, Profile, written_size
from baton.domain.leads.stage_and_status import Status

Changes = dict[str, Any]

_OF_FACTS = ("profile.", "company.", "bant.", ATTRIBUTE)
_OF_COMPANY = {"name": "company", "domain": "company_domain", "country": "company_country"}
COMPANY_FIELDS = {fact: field for field, fact in _OF_COMPANY.items()}
"""The field of a company for each fact that has another name."""


def company_fact_name(field: str) -> str:
    """Returns the name of a company's field in conditions: `company_domain` for `domain`."""
    return _OF_COMPANY.get(field, field)


def milliseconds(moment: Instant) -> int:
    """Converts a moment to milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def changes_from_signal(lead: Lead, event: SignalRecorded, recorded: Recorded) -> Changes:
    """Returns the facts that a signal of an older Baton changes; while sales has the lead, it only fills gaps.

    A line of a list does to existing facts what the list says, and never touches what staff said.
    """
    if event.existing == "keep" and lead.version > 1:
        return {}
    at = event.occurred_at or recorded.at
    only_adds = lead.status is Status.WITH_SALES or event.existing == "fill"
    learning = _FactChanges(lead, milliseconds(at), recorded, only_adds=only_adds, spared=event.staff_said or ())
    answers = {need: Answer(value=value, source=source_of(event), at=at) for need, value in event.bant.items()}
    return learning.of(event.profile, event.company, answers, event.attributes)


def changes_from_staff(lead: Lead, event: LeadUpdated, recorded: Recorded) -> Changes:
    """Returns the facts that a member of staff changed or cleared, by an event of an older Baton."""
    learning = _FactChanges(lead, milliseconds(recorded.at), recorded, only_adds=False)
    answers = {
        need: Answer(value=answer.value, met=answer.met, source=recorded.by, at=recorded.at)
        for need, answer in event.bant.items()
    }
    changes = learning.of(event.profile, event.company, answers, event.attributes)
    return _strike_out(changes, event.cleared, learning)


def source_of(event: SignalRecorded) -> str:
    """Returns the source of what a signal says: `form:consultation`, `hubspot`."""
    return f"form:{event.form}" if event.form else event.source


class _FactChanges:
    """Compares facts from one source and time with the lead's own, and keeps those that win."""

    def __init__(
        self, lead: Lead, at: int, recorded: Recorded, *, only_adds: bool, spared: Container[str] = ()
    ) -> None:
        self.lead, self.at, self.only_adds, self.spared = lead, at, only_adds, spared
        self.mark = (at, int(recorded.event_id.rsplit("-", 1)[1]))
        self.learned = dict(lead.learned)

    def of(
        self,
        profile: Profile,
        company: Company,
        answers: Mapping[Any, Answer],
        attributes: Mapping[str, AnswerValue],
    ) -> Changes:
        new_profile = self._newer(dict(profile), self.lead.profile, {})
        new_company = self._newer(company.plain_facts(), self.lead.company, _OF_COMPANY) | self._newer_sizes(company)
        new_answers = {
            need: answer
            for need, answer in answers.items()
            if self._counts(need, _comparable_answer(answer), _comparable_answer(self.lead.bant.get(need)))
        }
        new_attributes = {
            name: value
            for name, value in attributes.items()
            if self._counts(f"{ATTRIBUTE}{name}", value, self.lead.attributes.get(name))
        }
        changes: Changes = {}
        if new_attributes:
            changes["attributes"] = {**self.lead.attributes, **new_attributes}
        if new_profile:
            changes["profile"] = self.lead.profile.model_copy(update=new_profile)
        if new_company:
            changes["company"] = self.lead.company.model_copy(update=new_company)
        if new_answers:
            changes["bant"] = {**self.lead.bant, **new_answers}
        if self.learned != self.lead.learned:
            changes["learned"] = self.learned
        return changes

    def _newer(self, new: Changes, stored: Profile | Company, names: Mapping[str, str]) -> Changes:
        given = {field: value for field, value in new.items() if value is not None}
        return {
            field: value
            for field, value in given.items()
            if self._counts(names.get(field, field), value, getattr(stored, field))
        }

    def _newer_sizes(self, new: Company) -> Changes:
        """Returns the sizes that win, each with how it was written: of both, the newer one replaces what was there."""
        changes: Changes = {}
        for name in SIZES:
            size = new.size(name)
            if size and self._counts(name, size, self.lead.company.size(name) or None):
                changes |= size
        return changes

    def _counts(self, fact: str, value: object, stored: object) -> bool:
        """Tells whether a value wins over the known one; if it differs, records when the fact was learned."""
        if fact in self.spared:
            return False
        if stored is not None and (self.only_adds or self.at < self.lead.learned.get(fact, (0, 0))[0]):
            return False
        if not means_the_same(fact, value, stored, self.lead.profile.country):
            self.learned[fact] = self.mark
        return True


def _comparable_answer(answer: Answer | None) -> object:
    return answer and (_normalised(answer.value), answer.met)


def means_the_same(fact: str, one: object, other: object, country: str | None = None) -> bool:
    """Tells whether two values of a fact differ in their spelling alone, as `Germany` and `DE` do as countries.

    `country` is the country of the person, in which a region is.
    """
    if fact in PLACES and isinstance(one, str) and isinstance(other, str):
        return compared_place(fact, one, country) == compared_place(fact, other, country)
    return _normalised(one) == _normalised(other)


def _normalised(value: object) -> object:
    """Removes case and spacing from a text, so that another spelling is no new fact."""
    if isinstance(value, dict):
        return {name: _normalised(part) for name, part in value.items()}
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _strike_out(changes: Changes, cleared: tuple[str, ...], learning: _FactChanges) -> Changes:
    """Clears facts by their names: `profile.title`, `company.industry`, `bant.budget`."""
    for part, _, field in (name.partition(".") for name in cleared if name.startswith(_OF_FACTS)):
        answers = changes.get(part, getattr(learning.lead, part))
        if part in ("bant", "attributes"):
            changes[part] = {name: answer for name, answer in answers.items() if name != field}
        else:
            also = {written_size(field): None} if field in SIZES else {}
            changes[part] = answers.model_copy(update={field: None, **also})
        fact = company_fact_name(field) if part == "company" else field
        fact = f"{ATTRIBUTE}{field}" if part == "attributes" else fact
        changes["learned"] = {**changes.get("learned", learning.learned), fact: learning.mark}
    return changes


def facts_as_written(lead: Lead) -> dict[str, Any]:
    """Returns the facts of person and company and the answers as written, by the names of `condition_facts`."""
    company = lead.company
    facts = {
        **dict(lead.profile),
        **{company_fact_name(field): value for field, value in company.plain_facts().items()},
    }
    facts |= {name: size[written_size(name)] or size[name] for name in SIZES if (size := company.size(name))}
    facts |= {need: answer.value for need, answer in lead.bant.items()}
    return {name: value for name, value in facts.items() if value is not None}


def condition_facts(lead: Lead) -> dict[str, Any]:
    """Returns the facts of a lead by the names that conditions use; texts are casefolded, as conditions ignore case.

    Countries, languages and regions are codes, as far as they are understood; `country as said` and the like are the
    words of others.
    """
    profile, company = lead.profile, lead.company
    texts = {
        "title": profile.title,
        "country": profile.country,
        "region": profile.region,
        "language": profile.language,
        "email_domain": lead.address.rpartition("@")[2],
        "company": company.name,
        "company_domain": company.domain,
        "industry": company.industry,
        "company_country": company.country,
        "infrastructure": company.infrastructure,
        "channel": lead.channel.value,
        "source": lead.source,
        "campaign": lead.campaign,
    }
    facts: dict[str, Any] = {name: text.casefold()[:MAX_SUBJECT] for name, text in texts.items() if text}
    for name in PLACES & facts.keys():
        code = compared_place(name, texts[name], profile.country)[:MAX_SUBJECT]
        if code != facts[name]:
            facts[as_said(name)], facts[name] = facts[name], code
    facts["disposable_address"] = lead.has_disposable_address
    facts["employees"] = comparable_size("employees", company.employees, company.employees_written)
    facts["revenue"] = comparable_size("revenue", company.revenue, company.revenue_written)
    for need in BANT:
        if answer := lead.bant.get(need):
            facts[need] = _comparable_value(need, answer)
    for name, value in lead.attributes.items():
        facts[f"{ATTRIBUTE}{name}"] = value
    return facts


def _comparable_value(need: Need, answer: Answer) -> object:
    """Returns an answer as conditions compare it: a budget as an amount, any other one as a text."""
    return comparable(read_amount(answer.value)) if need == "budget" else str(answer.value).casefold()[:MAX_SUBJECT]
