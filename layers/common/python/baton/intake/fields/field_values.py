"""Checks what was typed into one field, and gives it the one spelling under which it is kept."""

import re
from collections.abc import Callable
from unicodedata import category, normalize

from baton.agreement.terms.form_terms import FieldKind, FormField

_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = re.compile("\r\n|[\u2028\u2029]")
_PHONE = re.compile(r"[0-9 +()./-]+(?:ext[0-9 .]+)?", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9._:/-]+")
_COUNTRY_CODE = re.compile(r"[A-Za-z]{2}")
_COUNTRY_MARKS = frozenset(" '\u2019().,&-")
YES, NO = frozenset({"yes", "on", "true", "1"}), frozenset({"no", "off", "false", "0"})
MAX_IN_ONE = 4
"""Of so many characters one may be made by normalising, which takes the square of the length of a hostile text."""
_MAX_COUNTRY = 60
_MIN_DIGITS = 5


def check_answer(field: FormField, typed: str) -> str | None:
    """What was typed, Unicode normalised (NFC) and without space around it; None if that leaves nothing.

    Raises:
        ValueError: it does not fit the field; the text says what is wrong and the remedy, and repeats nothing of it.
    """
    answer = _LINE_BREAKS.sub("\n", typed).strip()
    if len(answer) <= field.max_length * MAX_IN_ONE:
        answer = normalize("NFC", answer).strip()
    if not answer:
        return None
    if len(answer) > field.max_length:
        raise ValueError(f"is longer than {field.max_length} characters; shorten it")
    _refuse_unprintable(answer, "\n\t" if field.kind is FieldKind.TEXT else "")
    return _KINDS[field.kind](answer)


def read_note(typed: str, limit: int) -> str | None:
    """A note that staff typed on a page, cut to `limit` characters; None if there is none, or nothing readable."""
    try:
        return check_answer(FormField(kind=FieldKind.TEXT, max_length=limit), typed[:limit])
    except ValueError:
        return None


def _refuse_unprintable(answer: str, allowed: str) -> None:
    for letter in answer:
        if letter in allowed:
            continue
        if letter == "\n":
            raise ValueError("has a line break that does not belong there; write it on one line")
        if letter in _BIDI_OVERRIDES or category(letter) in ("Cc", "Cs"):
            raise ValueError("holds a character that cannot be seen or printed; type it again without")


def _as_it_is(answer: str) -> str:
    return answer


def _email(answer: str) -> str:
    from baton.domain.identity.lead_ids import normalise_email  # slow, and few fields are addresses  # noqa: PLC0415

    try:
        return normalise_email(answer)
    except ValueError as fault:
        raise ValueError("is not an address that mail could reach; write it like name@company.com") from fault


def _phone(answer: str) -> str:
    phone = " ".join(answer.split())
    if not _PHONE.fullmatch(phone) or sum(letter.isdecimal() for letter in phone) < _MIN_DIGITS:
        raise ValueError(
            f"is not a phone number; write at least {_MIN_DIGITS} digits, with spaces, + ( ) - . / and `ext` between"
        )
    return phone


def _country(answer: str) -> str:
    if _COUNTRY_CODE.fullmatch(answer):
        return answer.upper()
    lettered = all(letter in _COUNTRY_MARKS or category(letter)[0] in "LM" for letter in answer)
    if not lettered or category(answer[0])[0] != "L" or len(answer) > _MAX_COUNTRY:
        raise ValueError(f"is not a country; write its two-letter code or its name in at most {_MAX_COUNTRY} letters")
    return answer


def _identifier(answer: str) -> str:
    if not _IDENTIFIER.fullmatch(answer):
        raise ValueError("is not an identifier; use the letters A to Z, digits and . _ : / -")
    return answer


def _consent(answer: str) -> str | None:
    if answer.casefold() not in YES | NO:
        raise ValueError("is neither yes nor no; tick the box, or leave it empty")
    return "yes" if answer.casefold() in YES else None


_KINDS: dict[FieldKind, Callable[[str], str | None]] = {
    FieldKind.EMAIL: _email,
    FieldKind.LINE: _as_it_is,
    FieldKind.TEXT: _as_it_is,
    FieldKind.PHONE: _phone,
    FieldKind.COUNTRY: _country,
    FieldKind.IDENTIFIER: _identifier,
    FieldKind.CONSENT: _consent,
}
