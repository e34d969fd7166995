"""The facts of a lead that forms and tools may send (`title`, `employees`, …), and the check of each."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.domain.history.lead_facts import company_fact_name
from baton.domain.leads.person_facts import BANT, NO_COMPANY, NO_PROFILE, AnswerValue, Company, Need, Profile
from baton.intake.fields.field_checks import check_answer
from baton.intake.fields.size_fields import MAX_NUMBER, company_facts, read_employees, read_revenue

MAX_ANSWER = 500
NAME_LENGTH = 100
FULL_NAME_LENGTH = 200

Check = Callable[[object], AnswerValue | None]


def read_text(value: object, longest: int, kind: FieldKind = FieldKind.LINE) -> str | None:
    """Returns a text as it is stored; None if it is empty. A number is a phone number, too.

    Raises:
        ValueError: it is not text, or does not fit; the text says what is wrong and the remedy.
    """
    if kind is FieldKind.PHONE and not isinstance(value, bool) and isinstance(value, int | float):
        value = str(value) if isinstance(value, int) else f"{value:.0f}"
    if not isinstance(value, str):
        raise ValueError("is not text; put it in quotes")
    return check_answer(_field(kind, longest), value)


@cache
def _field(kind: FieldKind, longest: int) -> FormField:
    """Returns the field of a kind and length; there are a few, and each is built once."""
    return FormField(kind=kind, max_length=longest)


def read_answer(value: object) -> AnswerValue | None:
    """Returns an answer or the value of a property: a text on one line, a number, or a bool.

    Raises:
        ValueError: it is something else, too long, or too large.
    """
    if isinstance(value, str):
        return read_text(value, MAX_ANSWER)
    if isinstance(value, bool):
        return value
    if not isinstance(value, int | float):
        raise ValueError("is neither text, nor a number, nor true or false; send one value")
    if not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise ValueError(f"is not a number between -{MAX_NUMBER} and {MAX_NUMBER}; write it as text")
    return value


def _line(longest: int, kind: FieldKind = FieldKind.LINE) -> Check:
    return partial(read_text, longest=longest, kind=kind)


def is_no_job(title: object) -> bool:
    """Returns whether a title is a salutation, such as `Mr`, which is no job."""
    from baton.intake.names.full_names import is_salutation  # only some requests name a title  # noqa: PLC0415

    return is_salutation(title)


def _read_title(value: object, longest: int, kind: FieldKind) -> str | None:
    return None if is_no_job(value) else read_text(value, longest, kind)


PROFILE_CHECKS: Mapping[str, Check] = {
    "first_name": _line(NAME_LENGTH),
    "last_name": _line(NAME_LENGTH),
    "title": _line(150),
    "phone": _line(100, FieldKind.PHONE),
    "country": _line(60, FieldKind.COUNTRY),
    "region": _line(100),
    "language": _line(60),
}
COMPANY_CHECKS: Mapping[str, Check] = {
    "name": _line(200),
    "industry": _line(100),
    "employees": read_employees,
    "revenue": read_revenue,
    "country": _line(60, FieldKind.COUNTRY),
    "infrastructure": _line(200),
}
_OF_COMPANY_AS = {company_fact_name(field): field for field in COMPANY_CHECKS}
FULL_NAME, SALUTATION = "full_name", "salutation"
FACTS: Mapping[str, Check] = {
    FULL_NAME: _line(FULL_NAME_LENGTH),
    **PROFILE_CHECKS,
    "title": partial(_read_title, longest=150, kind=FieldKind.LINE),
    **{name: COMPANY_CHECKS[field] for name, field in _OF_COMPANY_AS.items()},
    **dict.fromkeys(BANT, read_answer),
}
"""The check of each fact that a form's field or a signal's property may have. A full name gives two facts."""


def signal_facts(facts: Mapping[str, Any], domain: str | None) -> dict[str, Any]:
    """Returns checked facts as the parts of a `Signal`: profile, company with its `domain`, and BANT answers.

    A full name fills first and last name where these are not given.
    """
    profile = {name: facts[name] for name in facts if name in PROFILE_CHECKS}
    if FULL_NAME in facts:
        profile = {name: part for name, part in _names_in(facts[FULL_NAME]).items() if part} | profile
    company = {field: facts[name] for name, field in _OF_COMPANY_AS.items() if name in facts}
    bant: dict[Need, AnswerValue] = {need: facts[need] for need in BANT if need in facts}
    return {
        "profile": Profile(**profile) if profile else NO_PROFILE,
        "company": Company(**company_facts(company), domain=domain) if company or domain else NO_COMPANY,
        "bant": bant,
    }


def _names_in(full_name: str) -> dict[str, str | None]:
    from baton.intake.names.full_names import split_name  # only some requests have a full name  # noqa: PLC0415

    first, last = split_name(full_name)
    return {"first_name": first and first[:NAME_LENGTH], "last_name": last and last[:NAME_LENGTH]}
