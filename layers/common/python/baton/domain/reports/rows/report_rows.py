"""The rows of index 2 that reports read, as plain tuples, because a report reads thousands.

A field that an older version of Baton did not write is None, or empty.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from baton.domain.leads.handoff import OPEN_STATES

RowFigures = Mapping[str, Any]


class ClockRow(NamedTuple):
    """A clock as it ran for one owner, or for marketing; `within` is the agreed time as written: `2 business hours`.

    One that waited for a time agreed with the lead was late only after `grace_until`.
    """

    clock: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    within: str | None = None
    grace_until: datetime | None = None


class OwnershipRow(NamedTuple):
    """A time with one owner, or without one; `more` counts clocks left out of `runs`, as met and missed."""

    since: datetime
    owner: str | None = None
    until: datetime | None = None
    notified_at: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    returned_for: str | None = None
    runs: tuple[ClockRow, ...] = ()
    more: Mapping[str, Sequence[int]] = {}


class HandoffRow(NamedTuple):
    """A handoff: its trigger, its owners, and its end; the lead was `reached_after` so many of its `attempts`."""

    handoff_id: str
    lead_id: str
    trigger: str
    team: str
    state: str
    offered_at: datetime
    stints: tuple[OwnershipRow, ...] = ()
    agreement_version: int | None = None
    territory: str | None = None
    persona: str | None = None
    source: str | None = None
    campaign: str | None = None
    channel: str | None = None
    rules: tuple[str, ...] = ()
    score: float | None = None
    calendar: str | None = None
    ended_at: datetime | None = None
    return_reason: str | None = None
    stars: int | None = None
    amount: float | None = None
    currency: str | None = None
    full_score: int = 100
    attempts: int | None = None
    reached_after: int | None = None

    @property
    def owner(self) -> str | None:
        """Returns the last owner, if there was one."""
        return next((stint.owner for stint in reversed(self.stints) if stint.owner), None)

    @property
    def is_open(self) -> bool:
        """Tells whether sales still has the lead."""
        return self.state in OPEN_STATES


class DutyRow(NamedTuple):
    """A duty of marketing: its kind, its clock, its verdict, and how its lead came."""

    duty_id: str
    lead_id: str
    kind: str
    team: str
    opened_at: datetime
    run: ClockRow | None = None
    reason: str | None = None
    verdict: str | None = None
    by: str | None = None
    closed_at: datetime | None = None
    source: str | None = None
    campaign: str | None = None


class LeadPlace(NamedTuple):
    """A lead's status and stage."""

    status: str
    stage: str


class Move(NamedTuple):
    """A lead's change of status or stage; `before` is None for a new lead.

    `kept` is the rule by which the agreement kept the lead from sales; it may have stayed where it was.

    `stayed` is how many seconds it was in the former status, `stage_stayed` in the former stage, if it left that.
    `form` is that by which a new lead came, since that is kept. `sql` says that sales `accepted` an SQL, which may have
    stayed where it was, or `declined` it. `amount` and `currency` are what a lead that was won is worth.
    """

    at: datetime
    before: LeadPlace | None
    after: LeadPlace
    stayed: float | None = None
    stage_stayed: float | None = None
    source: str | None = None
    campaign: str | None = None
    channel: str | None = None
    kept: str | None = None
    form: str | None = None
    sql: str | None = None
    amount: float | None = None
    currency: str | None = None


def read_handoff(figures: str | bytes) -> HandoffRow:
    """Reads a handoff that `row_figures.handoff_figures` wrote."""
    read: RowFigures = json.loads(figures)
    fields = _read_fields(read, HandoffRow._fields, moments=("offered_at", "ended_at"))
    parts = {"stints": tuple(map(_stint, read.get("stints", ()))), "rules": tuple(read.get("rules", ()))}
    return HandoffRow(**(fields | parts))


def read_duty(figures: str | bytes) -> DutyRow:
    """Reads a duty that `row_figures.duty_figures` wrote."""
    read: RowFigures = json.loads(figures)
    fields = _read_fields(read, DutyRow._fields, moments=("opened_at", "closed_at"))
    return DutyRow(**(fields | {"run": _run(read["run"]) if read.get("run") else None}))


def read_move(figures: str | bytes) -> Move:
    """Reads a move that `row_figures.move_figures` wrote."""
    read: RowFigures = json.loads(figures)
    before = LeadPlace(**read["from"]) if read.get("from") else None
    return Move(
        **(_read_fields(read, Move._fields, moments=("at",)) | {"before": before, "after": LeadPlace(**read["to"])})
    )


def _stint(read: RowFigures) -> OwnershipRow:
    moments = ("since", "until", "notified_at", "accepted_at", "contacted_at")
    return OwnershipRow(
        **(_read_fields(read, OwnershipRow._fields, moments) | {"runs": tuple(map(_run, read.get("runs", ())))})
    )


def _run(read: RowFigures) -> ClockRow:
    moments = ("started_at", "due_at", "stopped_at", "grace_until")
    return ClockRow(**_read_fields(read, ClockRow._fields, moments))


def _read_fields(read: RowFigures, fields: tuple[str, ...], moments: tuple[str, ...]) -> dict[str, Any]:
    """Returns the fields that are present, with moments parsed."""
    values = {name: read[name] for name in fields if name in read}
    for name in moments:
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name])
    return values
