"""Forms on websites: their fields and the kinds of fields, their limits, and the signal that a sent form is."""

from collections.abc import Container
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.durations import Duration


class FieldKind(StrEnum):
    """How a form's field is read and checked."""

    EMAIL = "email"
    LINE = "line"
    TEXT = "text"
    PHONE = "phone"
    COUNTRY = "country"
    IDENTIFIER = "identifier"
    CONSENT = "consent"


class FormField(Clause):
    """One field of a form."""

    kind: FieldKind = FieldKind.LINE
    """What may stand in it: email, line (of text), text, phone, country, identifier or consent (a box to tick)."""
    needed: bool = Field(default=False, strict=True)
    """true: the form is refused without it. A form that asks for a person needs an e-mail address alone."""
    max_length: int = Field(default=200, strict=True, ge=1, le=10_000)
    """How many characters it may have."""
    purpose: Name | None = None
    """Of a consent: what is agreed to, such as newsletter."""
    text: ShortText | None = None
    """Of a consent: which version of the words is agreed to, such as 2026-11."""
    attribute: Name | None = None
    """The attribute that it tells, a fact of your own; left out: the one of the field's own name, if there is one."""

    @property
    def agreed_to(self) -> tuple[str, str]:
        """Returns a consent's purpose and the version of its words."""
        return self.purpose or "", self.text or ""

    @model_validator(mode="after")
    def _consent_has_a_purpose(self) -> Self:
        if (self.kind is FieldKind.CONSENT) is not (self.purpose is not None and self.text is not None):
            raise ValueError(
                "a field of the kind consent, and no other, needs both `purpose` and `text`; write both, or neither"
            )
        if self.attribute is not None and self.kind in (FieldKind.CONSENT, FieldKind.EMAIL):
            raise ValueError("tells no attribute; make it a field of another kind, or leave `attribute` out")
        return self


RESERVED = frozenset({"submission_id", "return_to"})
IGNORE = "ignore"
Theirs = Annotated[str, Field(min_length=1, max_length=200)]


class FormLimit(Clause):
    """So many forms are taken in so much time; who sends more is asked to come back later."""

    at_most: int = Field(strict=True, ge=1, le=1_000_000)
    """How many are taken."""
    within: Duration
    """In how much time: a minute to a day."""

    @field_validator("within")
    @classmethod
    def _is_a_minute_to_a_day(cls, within: timedelta) -> timedelta:
        if not timedelta(minutes=1) <= within <= timedelta(days=1):
            raise ValueError("is not between 1m and 1d; write it like 10m")
        return within


class FormLimits(Clause):
    """How many of one form are taken. A whole office may share an address."""

    per_address: FormLimit = FormLimit.model_construct(at_most=60, within=timedelta(minutes=10))
    """From one address of the internet (of IPv6, from one network, /64)."""
    per_form: FormLimit = FormLimit.model_construct(at_most=3000, within=timedelta(minutes=10))
    """From everywhere together, counted in several parts, so that it is about so many."""


class Form(Clause):
    """A form on a website: its fields, what sending it means, and where the visitor may be sent afterwards."""

    signal: Name
    """The kind of signal that sending it is."""
    asks_for_a_person: bool = Field(default=False, strict=True)
    """true: whoever sends it is handed over to sales at once."""
    fields: dict[Name, FormField] = Field(min_length=1, max_length=50)
    """Its fields by their names; `email` must be one of them."""
    names: dict[Theirs, Name] = Field(default_factory=dict, max_length=200)
    """What a page calls its fields, and which field of the form each is: `form_fields[email]: email`; `ignore`: it says
    nothing. Without it, names count that differ in case and signs alone, or that are usual, such as `your-email`."""
    honeypot: Name
    """A hidden field that people leave empty and robots fill."""
    at_least_seconds: int | None = Field(default=None, strict=True, ge=1, le=3600)
    """Whoever says to have sent it sooner after the page was opened is taken for a robot; a page need not say it."""
    limits: FormLimits = FormLimits.model_construct()
    """How many are taken in which time."""
    return_pages: tuple[Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)], ...] = ()
    """The pages that a visitor may be sent to afterwards."""

    @model_validator(mode="after")
    def _says_who_sent_it(self) -> Self:
        email = self.fields.get("email")
        if email is None or not email.needed or email.kind is not FieldKind.EMAIL:
            raise ValueError(
                "nobody can be called back without an address; a form needs the field "
                "`email: {kind: email, needed: true}`"
            )
        if self.honeypot in self.fields:
            raise ValueError(f"the honeypot `{self.honeypot}` must not be one of the form's own fields; rename it")
        taken = RESERVED.intersection((*self.fields, self.honeypot))
        if taken:
            raise ValueError(
                f"every form has {' and '.join(sorted(RESERVED))} already; rename {', '.join(sorted(taken))}"
            )
        return self

    def with_attributes(self, names: Container[str]) -> "Form":
        """Returns the form, in which fields of the kind line that are called like one of these attributes tell it."""
        fields = {
            name: field.model_copy(update={"attribute": name})
            if name in names and field.attribute is None and field.kind is FieldKind.LINE
            else field
            for name, field in self.fields.items()
        }
        return self if fields == self.fields else self.model_copy(update={"fields": fields})

    @model_validator(mode="after")
    def _names_mean_its_own_fields(self) -> Self:
        fields = {*self.fields, *RESERVED, self.honeypot, IGNORE}
        unknown = sorted({ours for ours in self.names.values() if ours not in fields})
        if unknown:
            raise ValueError(f"`names` maps to {', '.join(unknown)}, which the form does not have; add it to `fields`")
        return self
