"""The check of each kind of form field (`FieldKind`): e-mail, phone, country, identifier, consent, and plain text."""

from collections.abc import Callable

from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.intake.fields.consent_boxes import check_consent
from baton.intake.fields.countries import check_country
from baton.intake.fields.email_addresses import check_email
from baton.intake.fields.field_text import clean_text
from baton.intake.fields.identifiers import check_identifier
from baton.intake.fields.phone_numbers import check_phone


def check_answer(field: FormField, typed: str) -> str | None:
    """Returns a typed answer as it is kept: Unicode NFC, no space around it; None if nothing is left.

    Raises:
        ValueError: it does not fit the field; the text says what is wrong and the remedy, and repeats nothing of it.
    """
    answer = clean_text(typed, field.max_length, "\n\t" if field.kind is FieldKind.TEXT else "")
    return _CHECKS[field.kind](answer) if answer else None


def read_note(typed: str, limit: int) -> str | None:
    """Returns a note of staff, cut to `limit` characters; None if it is empty or unreadable."""
    try:
        return check_answer(FormField(kind=FieldKind.TEXT, max_length=limit), typed[:limit])
    except ValueError:
        return None


def _unchanged(answer: str) -> str:
    return answer


_CHECKS: dict[FieldKind, Callable[[str], str | None]] = {
    FieldKind.EMAIL: check_email,
    FieldKind.LINE: _unchanged,
    FieldKind.TEXT: _unchanged,
    FieldKind.PHONE: check_phone,
    FieldKind.COUNTRY: check_country,
    FieldKind.IDENTIFIER: check_identifier,
    FieldKind.CONSENT: check_consent,
}
