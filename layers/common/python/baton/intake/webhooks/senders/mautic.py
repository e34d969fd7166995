"""Mautic: what happened to its contacts; several events in one delivery, by their names."""

from collections.abc import Iterator, Sequence
from typing import Any

from baton.intake.fields.json_documents import Object
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, within
from baton.intake.webhooks.parsing.message_ids import hash_of, ids_of, moment, name_of
from baton.intake.webhooks.parsing.parsed_signal import Part, Unclear
from baton.intake.webhooks.parsing.sorted_answers import Entry, Sorted
from baton.intake.webhooks.parsing.tool_names import IGNORE, Names, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, mac, must_match

_USUAL_KINDS = {
    "mautic.lead_post_save_new": "contact_created",
    "mautic.lead_post_save_update": "contact_updated",
    "mautic.form_on_submit": "form_submitted",
    "mautic.page_on_hit": "page_visited",
    "mautic.email_on_open": "email_opened",
    "mautic.lead_channel_subscription_changed": "preferences_changed",
    **dict.fromkeys(("mautic.email_on_send", "mautic.lead_points_change", "mautic.lead_post_delete"), IGNORE),
    **dict.fromkeys(("mautic.lead_company_change", "mautic.company_post_save", "mautic.company_post_delete"), IGNORE),
}


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Base64 HMAC-SHA256 of the body; it has no time."""
    given = delivery.header("webhook-signature")
    must_match([given], secrets, lambda secret: in_base64(mac(secret.encode(), delivery.body)))


def read(delivery: Delivery, names: Names) -> list[Part]:
    """Every event in a delivery, each by itself."""
    body = delivery.object()
    events = [(name, said) for name, said in body.items() if name.startswith("mautic.")]
    if not events:
        raise NotUnderstood("there is no event in it whose name begins with mautic.")
    return [
        part
        for name, said in events
        for each in (said if isinstance(said, list) else [said])
        for part in _read(name, within(each, name) or each, names, delivery)
    ]


def _read(name: str, event: Any, names: Names, delivery: Delivery) -> Iterator[Part]:
    if not isinstance(event, Object):
        yield Unclear("an event is not an object")
        return
    about = _about(event)
    contact = _contact(event) or _contact(about)
    form = within(about, "form", "alias"), within(about, "form", "name")
    kind = names.agreed_kind(*form, name) or _USUAL_KINDS.get(name) or kind_of(name.removeprefix("mautic."))
    if _has_left(name, event):
        kind = names.agreed_kind(name) or "unsubscribed"
    if kind == IGNORE:
        return
    said = Sorted(names).add(_results(about)).add(_fields(contact)).add(_around(about, form))
    said.content = said.content or _page(about, names)
    named = name_of(name, within(about, "id") or hash_of(event)) if about else hash_of(event)
    happened = within(about, "dateSubmitted") or within(about, "dateHit") or within(about, "dateRead")
    at = moment(happened or event.get("timestamp"), delivery.arrived_at)
    if kind is None:
        yield Unclear("the event has no name")
    else:
        ids = ids_of(("contact", contact.get("id")))
        if ids or said.email or name != "mautic.page_on_hit":  # else it is a visitor whom nobody knows
            email = said.email or within(about, "emailAddress")
            yield said.told(named, kind, email, at, ids=ids, or_nobody=name == "mautic.page_on_hit")


def _about(event: Object) -> Object:
    """What the event is about besides the contact."""
    for name in ("submission", "hit", "stat"):
        if isinstance(about := event.get(name), Object):
            return about
    return Object([])


def _contact(event: Object) -> Object:
    contact = event.get("contact") or event.get("lead")
    return contact if isinstance(contact, Object) else Object([])


def _has_left(name: str, event: Object) -> bool:
    is_about_that = name == "mautic.lead_channel_subscription_changed"
    return is_about_that and event.get("new_status") in ("unsubscribed", "bounced", "manual")


def _results(about: Object) -> Iterator[Entry]:
    results = about.get("results")
    yield from (results if isinstance(results, Object) else {}).items()


def _fields(contact: Object) -> Iterator[Entry]:
    """A contact's fields, which stand in groups, each with its value; `all` has them once more."""
    fields = contact.get("fields")
    for group, of_group in (fields if isinstance(fields, Object) else {}).items():
        if group != "all" and isinstance(of_group, Object):
            for name, field in of_group.items():
                yield name, within(field, "value") if isinstance(field, Object) else field


def _around(about: Object, form: tuple[object, object]) -> Iterator[Entry]:
    yield "form", form[1] or form[0]
    yield "page_url", about.get("url") or about.get("referer")
    yield "mail", within(about, "email", "name")


def _page(about: Object, names: Names) -> str | None:
    page = within(about, "page", "alias")
    agreed = names.content_of(about.get("url"), page)
    return agreed or (page if isinstance(page, str) else None)
