"""Facts that staff enter or clear for a lead; an update that changes nothing makes no event."""

from collections.abc import Iterator, Mapping
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.rules import ATTRIBUTE, Attribute
from baton.domain.accounts.account import AccountMatch
from baton.domain.basics.facts import Fact
from baton.domain.basics.refusals import WrongField
from baton.domain.conditions.attribute_values import MAX_TEXT, attribute_value
from baton.domain.conditions.compiled_conditions import fact_names_in
from baton.domain.events.lead_events import Answered, LeadUpdated
from baton.domain.events.recorded import Event
from baton.domain.history.lead_facts import company_fact_name
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import (
    NO_COMPANY,
    NO_PROFILE,
    SIZES,
    AnswerValue,
    Company,
    Need,
    Profile,
    written_size,
)
from baton.domain.trust.speakers import Speaker, Trust
from baton.domain.trust.words import fact_in, standing_word

ACCOUNT, CONSENTS = "account", "consents"
_WRITTEN = frozenset(map(written_size, SIZES))


class FactUpdate(Fact):
    """An update of a lead's facts.

    `cleared` names what is to be removed, such as `profile.title`, `bant.budget`, `account` (a link that a person set)
    or `consents.newsletter`. `account` is the domain of the account that the lead is to be linked with. `take_over` has
    the ids of words of others that are to stand.
    """

    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    bant: Mapping[Need, Answered] = {}
    attributes: Mapping[str, AnswerValue] = {}
    cleared: tuple[str, ...] = ()
    account: str | None = None
    take_over: tuple[str, ...] = ()

    @property
    def may_move_to_an_account(self) -> bool:
        """Tells whether the lead may belong to another account after the update."""
        account_or_company = self.account or self.company.name or self.company.domain
        taken = any(fact_in(id_) in ("company", "company_domain") for id_ in self.take_over)
        return bool(account_or_company) or ACCOUNT in self.cleared or taken


def depends_on_account(wanted: FactUpdate, agreement: Agreement) -> bool:
    """Returns whether the consequences may depend on the lead's account, by the update or by the rules."""
    return wanted.may_move_to_an_account or any(
        "target_account" in fact_names_in(each) for each in _conditions(agreement)
    )


def _conditions(agreement: Agreement) -> Iterator[Any]:
    """Yields every condition of the agreement that may test for a target account."""
    rules = agreement.rules
    yield from (each for each in (rules["mql"], rules["sql"], *rules["wakes"].values()) if isinstance(each, dict))
    yield from (each["when"] for each in (*rules["thresholds"], *rules["fit"]))
    yield from (sooner.when for terms in agreement.handoffs.values() for sooner in terms.sooner)


def update_facts(lead: Lead, wanted: FactUpdate) -> list[Event]:
    """Updates what differs from the known facts; a repeated update changes nothing.

    Raises:
        Refused: nobody says any more what is to be taken over.
    """
    wanted = _with_taken_over(lead, wanted)
    profile, company = _new(wanted.profile, lead), _new_company(wanted.company, lead)
    bant = {need: answer for need, answer in wanted.bant.items() if not _is_stored_answer(lead, need, answer)}
    cleared = tuple(name for name in wanted.cleared if _has_fact(lead, name))
    attributes = {
        name: value
        for name, value in wanted.attributes.items()
        if value != lead.attributes.get(name) or not _staff_said(lead, f"{ATTRIBUTE}{name}")
    }
    link = AccountMatch(domain=wanted.account, matched_by="link") if wanted.account else None
    account = link if link != lead.account else None
    fields = (
        *(f"profile.{name}" for name in profile),
        *(f"company.{name}" for name in company if name not in _WRITTEN),
        *(f"bant.{need}" for need in bant),
        *(f"{ATTRIBUTE}{name}" for name in attributes),
        *cleared,
        *([ACCOUNT] if account else []),
    )
    if not fields:
        return []
    return [
        LeadUpdated(
            fields=fields,
            profile=Profile(**profile),
            company=Company(**company),
            bant=bant,
            attributes=attributes,
            cleared=cleared,
            account=account,
            speaker=Speaker.STAFF,
            confirms=True,
        )
    ]


def with_agreed_attributes(wanted: FactUpdate, agreement: Agreement) -> FactUpdate:
    """Returns the update with its attributes as they are kept, by their agreed kinds.

    Raises:
        WrongField: an attribute is not agreed, or its value is none of its kind. One that is no longer agreed may be
            cleared.
    """
    agreed: Mapping[str, Attribute] = agreement.rules.get("attributes", {})
    read: dict[str, AnswerValue] = {}
    for name, said in wanted.attributes.items():
        if name not in agreed:
            there = ", ".join(agreed) or "none"
            raise WrongField(f"{ATTRIBUTE}{name}", f"is no attribute of the agreement; there are {there}")
        value = attribute_value(agreed[name], said)
        if value is None:
            raise WrongField(f"{ATTRIBUTE}{name}", _what_it_must_be(agreed[name]))
        read[name] = value
    return wanted.model_copy(update={"attributes": read}) if read else wanted


def _what_it_must_be(attribute: Attribute) -> str:
    match attribute["kind"]:
        case "number":
            return "is no number; send one, such as 12"
        case "yes/no":
            return "is neither yes nor no; send true or false"
        case "choice":
            return f"is none of its choices; there are {', '.join(attribute['choices'])}"
    return f"is no text of 1 to {MAX_TEXT} characters"


def _with_taken_over(lead: Lead, wanted: FactUpdate) -> FactUpdate:
    if not wanted.take_over:
        return wanted
    from baton.domain.lead_changes.taking_over import taken_over  # few updates do  # noqa: PLC0415

    taken = taken_over(lead, wanted.take_over)
    said = wanted.model_dump(include={"profile", "company", "bant", "attributes"}, exclude_none=True)
    return FactUpdate.model_validate(
        {
            **{part: {**taken[part], **said[part]} for part in taken},
            "cleared": wanted.cleared,
            "account": wanted.account,
        }
    )


def _new(wanted: Profile, lead: Lead) -> Mapping[str, Any]:
    return {
        name: value
        for name, value in wanted
        if value is not None and (value != getattr(lead.profile, name) or not _staff_said(lead, name))
    }


def _new_company(wanted: Company, lead: Lead) -> Mapping[str, Any]:
    stored = lead.company
    sizes = [
        size
        for name in SIZES
        if (size := wanted.size(name)) and (size != stored.size(name) or not _staff_said(lead, name))
    ]
    plain = {
        name: value
        for name, value in wanted.plain_facts().items()
        if value is not None and (value != getattr(stored, name) or not _staff_said(lead, company_fact_name(name)))
    }
    return plain | {field: value for size in sizes for field, value in size.items()}


def _staff_said(lead: Lead, fact: str) -> bool:
    """Tells whether a fact is staff's word already; what another said becomes theirs when they say the same."""
    stands = standing_word(lead.said.get(fact, ()))
    return stands is not None and stands.trust is Trust.STAFF


def _is_stored_answer(lead: Lead, need: Need, answer: Answered) -> bool:
    stored = lead.bant.get(need)
    return stored is not None and (stored.value, stored.met) == (answer.value, answer.met) and _staff_said(lead, need)


def _has_fact(lead: Lead, name: str) -> bool:
    part, _, field = name.partition(".")
    if name == ACCOUNT:
        return lead.account is not None and lead.account.matched_by == "link"
    if part == CONSENTS:
        return field in lead.consents and (lead.consents[field].given or lead.consents[field].claimed)
    if part == "company" and field in SIZES:
        return bool(lead.company.size(field))
    if part == "attributes":
        return field in lead.attributes
    return field in lead.bant if part == "bant" else getattr(getattr(lead, part), field) is not None
