"""The record of a target account, and a lead's match with one."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer

from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.refusals import Refused
from baton.domain.basics.staff_addresses import StaffAddress

MatchedBy = Literal["link", "domain", "name"]


def _read(stored: object) -> object:
    if not isinstance(stored, str):
        return stored
    from baton.domain.working_time.spelled_times import duration_in  # few accounts have a time of their own  # noqa: PLC0415

    return duration_in(stored)


def _written(length: timedelta) -> str:
    from baton.agreement.terms.durations import format_duration  # as above  # noqa: PLC0415

    return format_duration(length)


QuietTime = Annotated[timedelta, BeforeValidator(_read), PlainSerializer(_written, return_type=str)]
"""A time that is stored as text, such as `7d`; no rule for what people may write checks it again."""


class Account(Fact):
    """A company on the list, under its main domain; `domains` are further ones.

    `quiet_for` is how long its owner hears nothing new after an alert (None: as the agreement says), `alerted_at` is
    when the last alert was given, `alerted_by_form_at` the last for what anybody can send, `forms` what its leads by
    forms did. An account with `target` off stays on the list, and nothing follows from it.
    """

    domain: str
    name: str | None = None
    owner: StaffAddress | None = None
    target: bool = True
    domains: tuple[str, ...] = ()
    quiet_for: QuietTime | None = None
    alerted_at: Instant | None = None
    alerted_by_form_at: Instant | None = None
    forms: FormHandoffs | None = None
    version: int = 0


class AccountMatch(Fact):
    """Which account a lead belongs to (its main domain), and what says so; a name says it weakly."""

    domain: str
    matched_by: MatchedBy


class AccountRefused(Refused):
    """A domain or name of the account belongs to another account already."""


def check_account_version(before: Account | None, version: int | None) -> None:
    """Checks that an account still has the version that was read: 0 if it was not listed; None accepts any.

    Raises:
        Refused: somebody put it on the list, changed it or took it off meanwhile.
    """
    if version is None or version == (before.version if before else 0):
        return
    if before is None:
        raise Refused("it was taken off the list since you read it; to put it on again, send version 0")
    if version == 0:
        raise Refused(f"it is on the list already, as {before.name or before.domain}; read it before you change it")
    raise Refused(f"it changed since you read it: it has version {before.version}, and you have {version}")
