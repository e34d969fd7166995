"""The rows of index 2 as reports read them: plain tuples, because there are thousands of them in a report.

What a row does not say (an older Baton did not write it) is None, or nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from baton.domain.leads.handoff import OPEN_STATES

RowFigures = Mapping[str, Any]


class ClockRow(NamedTuple):
    """A clock as it ran for one owner, or for marketing; `within` is the agreed time as it is written."""

    clock: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    within: str | None = None


class OwnershipRow(NamedTuple):
    """Somebody's time with a lead, or nobody's; `more` counts the clocks that `runs` leaves out: in time, and late."""

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
    """A handoff: what it was made for, who held it when, and how it ended."""

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

    @property
    def owner(self) -> str | None:
        """Who held it last, if anybody."""
        return next((stint.owner for stint in reversed(self.stints) if stint.owner), None)

    @property
    def is_open(self) -> bool:
        """Whether sales still holds the lead."""
        return self.state in OPEN_STATES


class DutyRow(NamedTuple):
    """Something that marketing owed a lead: of which kind, by when, and what it said."""

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


class LeadPlace(NamedTuple):
    """Where a lead is: who holds it, and how qualified it is."""

    status: str
    stage: str


class Move(NamedTuple):
    """A lead came to another status or stage; `before` is None if nobody knew it.

    `stayed` is how many seconds it was in the former status, `stage_stayed` in the former stage, if it left that.
    """

    at: datetime
    before: LeadPlace | None
    after: LeadPlace
    stayed: float | None = None
    stage_stayed: float | None = None
    source: str | None = None
    campaign: str | None = None
    channel: str | None = None


def read_handoff(figures: str) -> HandoffRow:
    """A handoff, as `figures.of_handoff` wrote it."""
    said: RowFigures = json.loads(figures)
    known = _read_fields(said, HandoffRow._fields, moments=("offered_at", "ended_at"))
    parts = {"stints": tuple(map(_stint, said.get("stints", ()))), "rules": tuple(said.get("rules", ()))}
    return HandoffRow(**(known | parts))


def read_duty(figures: str) -> DutyRow:
    """A duty of marketing's, as `figures.of_duty` wrote it."""
    said: RowFigures = json.loads(figures)
    known = _read_fields(said, DutyRow._fields, moments=("opened_at", "closed_at"))
    return DutyRow(**(known | {"run": _run(said["run"]) if said.get("run") else None}))


def read_move(figures: str) -> Move:
    """A move, as `figures.of_move` wrote it."""
    said: RowFigures = json.loads(figures)
    before = LeadPlace(**said["from"]) if said.get("from") else None
    return Move(
        **(_read_fields(said, Move._fields, moments=("at",)) | {"before": before, "after": LeadPlace(**said["to"])})
    )


def _stint(said: RowFigures) -> OwnershipRow:
    moments = ("since", "until", "notified_at", "accepted_at", "contacted_at")
    return OwnershipRow(
        **(_read_fields(said, OwnershipRow._fields, moments) | {"runs": tuple(map(_run, said.get("runs", ())))})
    )


def _run(said: RowFigures) -> ClockRow:
    return ClockRow(**_read_fields(said, ClockRow._fields, moments=("started_at", "due_at", "stopped_at")))


def _read_fields(said: RowFigures, fields: tuple[str, ...], moments: tuple[str, ...]) -> dict[str, Any]:
    """What is said of these fields, with the moments among them read."""
    known = {name: said[name] for name in fields if name in said}
    for name in moments:
        if known.get(name):
            known[name] = datetime.fromisoformat(known[name])
    return known
