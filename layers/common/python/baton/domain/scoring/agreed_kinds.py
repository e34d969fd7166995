"""What is agreed of the kinds of signals: which ask for a person, which unsubscribe, which came from the person."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from baton.agreement.terms.rules import ATTRIBUTE, USUALLY_SUBSCRIBING, Attribute
from baton.domain.events.signal_events import IMPORTED
from baton.domain.leads.person_facts import AnswerValue, MailChoice

UNSUBSCRIBED = "unsubscribed"
_COMPLAINTS = frozenset(
    {"email_marked_as_spam", "spam_reported", "email_spammed", "email_complained", "marked_email_as_spam"}
    | {"spam_report", "spamreport", "spam_complaint", "email_complaint", "email_spam_complaint"}
)
_TOLD_BY_TOOLS = frozenset(
    {
        IMPORTED,
        UNSUBSCRIBED,
        "email_changed",  # Mailchimp
        "identified",  # Segment: who somebody is; what they did comes as events of their own
        "meeting_missed",  # Calendly: the host says so
        "preferences_changed",  # Customer.io, Mautic
        "list_joined",
        "list_left",
        "do_not_contact",
        *_COMPLAINTS,
    }
)
"""The kinds of signals, of those that tools send by themselves, that nobody did to come nearer."""
_OF_A_RECORD = (
    r"(contact|lead|profile|subscriber|person|customer|segment|lead_list)s?_"
    r"(created|updated|changed?|deleted|merged|enriched|imported|synced|assigned|restored|(un)?suppressed|scored)"
    r"|(company|organi[sz]ation|account|data)_(enriched|imported|synced|merged)"
    r"|((contact|lead|lifecycle|deal|opportunity)_(status|stage|owner|score|tag|list|property|field)s?|score|owner|tag)_"
    r"(changed?|updated|added|applied|removed|assigned)"
    r"|(added_to|removed_from)_(list|segment|audience)|(webinar|meeting|event|demo)_(no_show|missed)"
)
_OF_A_MESSAGE = (
    r"(e?mail|sms|push|push_notification|in_app|newsletter|letter|whatsapp)_"
    r"(drafted|attempted|queued|scheduled|processed|sent|delivered|received|deferred|delayed|dropped"
    r"|((hard|soft)_)?bounced|bounced_(hard|soft)|failed|undeliverable|rejected|blocked|suppressed|spammed|complained"
    r"|((hard|soft)_)?bounce|delivery_(delayed|failed))"
    r"|((hard|soft)_)?bounced?(_e?mail)?|(delivered|deferred|dropped|processed|suppressed|received|invalid)(_e?mail)?"
)
_OF_LEAVING = r"(\w+_)?(unsubscribed?|opted_out|opt_out)(_from_\w+)?"
_BETWEEN = str.maketrans(".-", "__")


class AgreedKinds(NamedTuple):
    """What an agreement says of kinds of signals; without it what holds for those that tools send by themselves.

    `attributes` are the agreement's own facts, which signals may tell.
    """

    asking: frozenset[str] = frozenset()
    unsubscribing: frozenset[str] = frozenset({UNSUBSCRIBED})
    subscribing: frozenset[str] = frozenset(USUALLY_SUBSCRIBING)
    from_person: Mapping[str, bool] = MappingProxyType({})
    attributes: Mapping[str, Attribute] = MappingProxyType({})

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> Self:
        """Returns what an agreement's rules say."""
        unsubscribing = frozenset(rules.get("unsubscribes", (UNSUBSCRIBED,)))
        subscribing = frozenset(rules.get("subscribes", USUALLY_SUBSCRIBING))
        asking, attributes = frozenset(rules["asks_for_a_person"]), rules.get("attributes", {})
        return cls(asking, unsubscribing, subscribing, rules.get("from_person", {}), attributes)

    def came_from_person(self, kind: str, told: bool | None = None, *, by_form: bool = False) -> bool:
        """Tells whether a signal is something that the person did, and no sign of leaving.

        `told` is what its sender says of this one signal. Otherwise its kind decides: as agreed, or as tools use it. A
        form of one's own website is always its sender's.
        """
        if kind in self.unsubscribing:
            return False
        if told is not None:
            return told
        return by_form or self.kind_is_of_people(kind)

    def kind_is_of_people(self, kind: str) -> bool:
        """Tells whether signals of this kind are something that people do, such as `page_visited`."""
        if kind in self.unsubscribing:
            return False
        if kind in self.from_person:
            return self.from_person[kind]
        return kind in self.asking or not _is_told_by_tools(kind)

    def attributes_in(self, properties: Mapping[str, object]) -> dict[str, AnswerValue]:
        """Returns the agreed attributes that properties such as `attributes.plan` tell, as far as they are clear."""
        if not self.attributes:
            return {}
        from baton.domain.conditions.attribute_values import attribute_value  # not every agreement has any  # noqa: PLC0415

        told = ((name, properties.get(f"{ATTRIBUTE}{name}")) for name in self.attributes)
        read = ((name, attribute_value(self.attributes[name], said)) for name, said in told if said is not None)
        return {name: value for name, value in read if value is not None}

    def mail_choice(self, kind: str, told: MailChoice | None = None, *, anybody: bool = False) -> MailChoice | None:
        """Returns whether the person wants mails, as a signal's sender or its kind says; None if it says nothing of it.

        What anybody could send, such as a form, can end mails, and never bring them back.
        """
        choice = told or self._choice_of_kind(kind)
        return None if choice and choice.wanted and anybody else choice

    def _choice_of_kind(self, kind: str) -> MailChoice | None:
        if kind in self.unsubscribing:
            return MailChoice(wanted=False)
        if _usual_name(kind) in _COMPLAINTS:
            return MailChoice(wanted=False, cause="complaint")
        return MailChoice(wanted=True) if kind in self.subscribing else None


def _usual_name(kind: str) -> str:
    return kind.translate(_BETWEEN)


@lru_cache(maxsize=256)
def _is_told_by_tools(kind: str) -> bool:
    name = _usual_name(kind)
    patterns = (_OF_A_RECORD, _OF_A_MESSAGE, _OF_LEAVING)
    return name in _TOLD_BY_TOOLS or any(re.fullmatch(pattern, name) for pattern in patterns)
