"""Mautic: events of its contacts, several in one delivery, by their names."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from baton.domain.leads.person_facts import MailChoice
from baton.domain.trust.speakers import Speaker
from baton.intake.fields.fact_fields import SALUTATION
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, objects_in, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import (
    DeliveryPart,
    LetGo,
    LetGoReason,
    ParsedSignal,
    UnclearPart,
    ignored,
)
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, mac, must_match

_USUAL_KINDS = {
    "mautic.lead_post_save_new": "contact_created",
    "mautic.lead_post_save_update": "contact_updated",
    "mautic.form_on_submit": "form_submitted",
    "mautic.page_on_hit": "page_visited",
    "mautic.email_on_open": "email_opened",
    **dict.fromkeys(("mautic.email_on_send", "mautic.lead_points_change", "mautic.lead_post_delete"), IGNORE),
    **dict.fromkeys(("mautic.lead_company_change", "mautic.company_post_save", "mautic.company_post_delete"), IGNORE),
}

_TESTED = frozenset({"john@doe.name", "email@formsubmit.com", "test@test.com", "test@email.com"})
"""The addresses in Mautic's test payload, which has a time of its own beside the events."""
_SUBSCRIPTION = "mautic.lead_channel_subscription_changed"
_BY_MAIL = frozenset({_SUBSCRIPTION, "mautic.email_on_open", "mautic.email_on_click"})
"""What only whoever gets the mails can do; all else Mautic's public forms and pages do, too, and no event tells."""
_UNSUBSCRIBED = "1"
"""Mautic's number for this reason not to contact somebody; 2 is a bounce, 3 a colleague's tick."""
_OF_MAUTIC = re.compile(r"mautic\.((lead|company|contact|segment|point|stage)s?_.*|.*_on_send|.*_post_.*)")
"""Events of what Mautic or its users did with contacts: put them into a segment, sent them a mail."""


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks base64 HMAC-SHA256 of the body; it has no time."""
    given = delivery.header("webhook-signature")
    must_match([given], secrets, lambda secret: in_base64(mac(secret.encode(), delivery.body)))


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns the parts of a delivery, one or none for each event."""
    body = delivery.object()
    events = [(name, content) for name, content in body.items() if name.startswith("mautic.")]
    if not events:
        raise NotUnderstood("there is no event in it whose name begins with mautic.")
    parts = [
        part
        for name, content in events
        for each in (content if isinstance(content, list) else [content])
        for part in _read(name, value_at(each, name) or each, names, delivery)
    ]
    return [LetGo(LetGoReason.TEST) if "timestamp" in body and _is_test(part) else part for part in parts]


def _is_test(part: DeliveryPart) -> bool:
    return isinstance(part, ParsedSignal) and str(part.email).casefold() in _TESTED


def _read(name: str, event: Any, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    if not isinstance(event, JsonObject):
        yield UnclearPart("an event is not an object")
        return
    about = _about(event)
    contact = _contact(event) or _contact(about)
    form = value_at(about, "form", "alias"), value_at(about, "form", "name")
    agreed = names.agreed_kind(*form, name)
    kind = agreed or _USUAL_KINDS.get(name) or kind_of(name.removeprefix("mautic."))
    who = False if agreed is None and _OF_MAUTIC.fullmatch(name) else None
    choice = _choice_in(contact)
    if name == _SUBSCRIPTION:
        choice, usual = _subscription(event)
        kind = agreed or usual
    if kind == IGNORE:
        yield ignored(agreed)
        return
    speaker = None if name in _BY_MAIL else Speaker.ANYBODY
    known = [*_fields(contact, names)]
    if speaker is None:  # the record's facts may be those of a form
        known = [(field, value) for field, value in known if _place_of(field, names) in {"email", "opt_out"}]
    answers = SortedAnswers(names).add(_results(about)).add(known).add(_around(about, form))
    if name == _SUBSCRIPTION:
        answers.add((part, event.get(part)) for part in ("channel", "old_status", "new_status"))
    if not about:
        answers.clear(_fields(contact, names))
    answers.content = answers.content or _page(about, names)
    named = message_id_of(name, value_at(about, "id") or content_hash(event)) if about else content_hash(event)
    happened = value_at(about, "dateSubmitted") or value_at(about, "dateHit") or value_at(about, "dateRead")
    at = webhook_time(happened or event.get("timestamp"), delivery.arrived_at)
    if kind is None:
        yield UnclearPart("the event has no name")
    else:
        ids = person_ids(("contact", contact.get("id")))
        if ids or answers.email or name != "mautic.page_on_hit":  # else it is a visitor whom nobody knows
            email = answers.email or value_at(about, "emailAddress")
            more: dict[str, Any] = {"mail_choice": choice} if choice else {}
            more |= {
                "speaker": speaker,
                "from_person": who,
                "anybody": name == "mautic.form_on_submit",
                "is_address_current": not about,
            }
            yield answers.signal(named, kind, email, at, ids=ids, **more)
        else:
            yield LetGo(LetGoReason.NAMES_NOBODY)


def _about(event: JsonObject) -> JsonObject:
    """Returns the submission, page hit or mail of an event; an empty object if there is none."""
    for name in ("submission", "hit", "stat"):
        if isinstance(about := event.get(name), JsonObject):
            return about
    return JsonObject([])


def _contact(event: JsonObject) -> JsonObject:
    contact = event.get("contact") or event.get("lead")
    return contact if isinstance(contact, JsonObject) else JsonObject([])


def _subscription(event: JsonObject) -> tuple[MailChoice | None, str]:
    """Returns what a changed subscription says of mails, and its kind.

    Only the contact's own word counts: a bounce, a colleague's tick (`manual`) and other channels end no mails. Whoever
    had left and is `contactable` again came back by themselves; Mautic lets nobody else undo that.
    """
    new, old = event.get("new_status"), event.get("old_status")
    if event.get("channel") not in (None, "email"):
        return None, "preferences_changed"
    if new == "unsubscribed":
        return MailChoice(wanted=False), "unsubscribed"
    if new == "contactable" and old == "unsubscribed":
        return MailChoice(wanted=True), "subscribed"
    return None, "email_bounced" if new == "bounced" else "preferences_changed"


def _choice_in(contact: JsonObject) -> MailChoice | None:
    """Returns what a contact's list `doNotContact` says of mails."""
    for each in objects_in(contact.get("doNotContact")):
        if each.get("channel") == "email" and str(each.get("reason")) == _UNSUBSCRIBED:
            return MailChoice(wanted=False, cause="record")
    return None


def _results(about: JsonObject) -> Iterator[Entry]:
    results = about.get("results")
    yield from (results if isinstance(results, JsonObject) else {}).items()


def _fields(contact: JsonObject, names: ToolNames) -> Iterator[tuple[str, Any]]:
    """Yields a contact's fields, which stand in groups; the group `all` repeats them.

    Mautic's `title` is a salutation; the job is its `position`. Without a position, `title` may be a job all the same.
    """
    fields, values = contact.get("fields"), dict[str, Any]()
    for group, of_group in (fields if isinstance(fields, JsonObject) else {}).items():
        if group != "all" and isinstance(of_group, JsonObject):
            for name, field in of_group.items():
                values.setdefault(name, value_at(field, "value") if isinstance(field, JsonObject) else field)
    is_job = not values.get("position") or names.agreed_field("title")
    yield from ((SALUTATION if name == "title" and not is_job else name, value) for name, value in values.items())


def _place_of(field: str, names: ToolNames) -> str | None:
    return names.agreed_field(field) or names.usual_field(field)


def _around(about: JsonObject, form: tuple[object, object]) -> Iterator[Entry]:
    yield "form", form[1] or form[0]
    yield "page_url", about.get("url") or about.get("referer")
    yield "mail", value_at(about, "email", "name")


def _page(about: JsonObject, names: ToolNames) -> str | None:
    page = value_at(about, "page", "alias")
    agreed = names.content_of(about.get("url"), page)
    return agreed or (page if isinstance(page, str) else None)
