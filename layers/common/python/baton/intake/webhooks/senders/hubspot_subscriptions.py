"""HubSpot's contacts who want no mails, or mails again: by `hs_email_optout`, or by a changed subscription."""

from baton.domain.leads.person_facts import MailChoice
from baton.intake.fields.json_documents import JsonObject
from baton.intake.names.consent_words import opts_out

OPTED_OUT = "hs_email_optout"
_NOT_THEIR_WORD = ("HUBSPOT_CUSTOMER", "NON_DELIVERY")
"""In the `source` of a changed subscription: a colleague, or a mail that came back."""


def choice_of_property(event: JsonObject, *, who: bool | None) -> MailChoice | None:
    """Returns what a changed property says of mails; that somebody wants mails again counts only from the contact."""
    if event.get("propertyName") != OPTED_OUT:
        return None
    value = str(event.get("propertyValue") or "")
    if opts_out(value):
        return MailChoice(wanted=False, cause="record")
    return MailChoice(wanted=True) if value.casefold() == "false" and who else None


def kind_of_subscription(event: JsonObject) -> str | None:
    """Returns the kind of a changed subscription to all mails, such as `unsubscribed`; None for any other event."""
    status = str(event.get("portalSubscriptionStatus")).upper()
    if "SUBSCRIBED" not in status:
        return None
    if any(each in str(event.get("source")).upper() for each in _NOT_THEIR_WORD):
        return "preferences_changed"
    return "unsubscribed" if "UNSUBSCRIBED" in status else "subscribed"
