"""The record of a target account, and a lead's match with one."""

from typing import Literal

from baton.agreement.terms.durations import Duration
from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.refusals import Refused

MatchedBy = Literal["link", "domain", "name"]


class Account(Fact):
    """A company on the list, under its main domain; `domains` are further ones.

    `quiet_for` is how long its owner hears nothing new after an alert (None: as the agreement says), `alerted_at` is
    when the last alert was given. An account with `target` off stays on the list, and nothing follows from it.
    """

    domain: str
    name: str | None = None
    owner: str | None = None
    target: bool = True
    domains: tuple[str, ...] = ()
    quiet_for: Duration | None = None
    alerted_at: Instant | None = None
    version: int = 0


class AccountMatch(Fact):
    """Which account a lead belongs to (its main domain), and what says so; a name says it weakly."""

    domain: str
    matched_by: MatchedBy


class AccountRefused(Refused):
    """A domain or name of the account belongs to another account already."""
