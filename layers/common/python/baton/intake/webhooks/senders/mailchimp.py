"""Mailchimp: a contact joins, leaves or changes in an audience. It signs nothing; a secret stands in the query."""

import re
from collections.abc import Iterator, Sequence

from baton.domain.leads.person_facts import MailChoice
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood
from baton.intake.webhooks.parsing.message_ids import content_hash, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import must_be_a_secret

_USUAL_KINDS = {
    "subscribe": "subscribed",
    "unsubscribe": "unsubscribed",
    "profile": "profile_updated",
    "upemail": "email_changed",
    "cleaned": "email_bounced",
    "campaign": IGNORE,  # it is about a campaign, not about a person
}
_MERGE = re.compile(r"data\[merges\]\[([^\[\]]{1,60})\]")


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks that a value in the query, under any name, is the secret."""
    must_be_a_secret(delivery.query.values(), secrets)


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is a hash of the body, as Mailchimp sends no id."""
    sent = dict(delivery.form())
    named, audience = sent.get("type"), sent.get("data[list_id]")
    agreed = names.agreed_kind(f"{named}:{audience}", named)
    choice, usual = _choice(sent)
    kind = agreed or usual or _USUAL_KINDS.get(str(named)) or kind_of(named)
    if kind is None:
        raise NotUnderstood("type is missing")
    if kind == IGNORE:
        return [ignored(agreed)]
    by_tool = None if agreed or named == "subscribe" else False
    email = sent.get("data[new_email]") or sent.get("data[email]")
    answers = SortedAnswers(names).add(_merged(sent)).clear(_merged(sent))
    answers.add(
        [("audience", audience), ("reason", sent.get("data[reason]")), ("campaign_id", sent.get("data[campaign_id]"))]
    )
    return [
        answers.signal(
            content_hash(delivery.body),
            kind,
            email,
            webhook_time(sent.get("fired_at"), delivery.arrived_at),
            from_person=by_tool,
            **({"mail_choice": choice} if choice else {}),
            is_address_current="data[new_email]" in sent,
            former_email=sent.get("data[old_email]"),
        )
    ]


def _choice(sent: dict[str, str]) -> tuple[MailChoice | None, str | None]:
    """Returns what an event says of mails, and its kind where the type alone does not tell.

    A contact that was `cleaned` for `abuse` called a mail spam. One that we delete has not left.
    """
    named, reason = sent.get("type"), sent.get("data[reason]")
    if named in ("cleaned", "unsubscribe") and reason == "abuse":
        return MailChoice(wanted=False, cause="complaint"), "unsubscribed"
    if named == "unsubscribe" and sent.get("data[action]") == "delete":
        return None, "contact_deleted"
    return None, None


def _merged(sent: dict[str, str]) -> Iterator[Entry]:
    """Yields the merge fields, without those nested in a field, such as an address."""
    for name, value in sent.items():
        if found := _MERGE.fullmatch(name):
            yield found[1], value
