"""The facts for reports, read from nothing but the raw events in the table.

A slow reference for the tests: it uses no rows, no ownership periods and no fold of Baton's.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from baton.aws.table.packing.packed_text import unpacked
from tests.unit.reports.table import Table

Raw = dict[str, Any]
Place = tuple[str, str]
OPEN = ("offered", "accepted", "contacted")
GOES_TO = {"park": "parked", "disqualify": "disqualified", "nurture": "nurturing"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class RawClock:
    """A clock that was started, for whom, and how it ended."""

    name: str
    owner: str
    start: datetime
    due: datetime
    stops_when: str
    stopped: datetime | None = None
    taken_away: datetime | None = None

    def verdict(self, now: datetime) -> str:
        if self.stopped:
            return "met" if self.stopped <= self.due else "missed"
        if self.taken_away:
            return "passed_on" if self.taken_away < self.due else "missed"
        return "open" if now <= self.due else "missed"


@dataclass
class RawHandoff:
    """A handoff."""

    offer: Raw
    offered: datetime
    source: str
    channel: str
    campaign: str | None
    owners: list[str | None]
    clocks: list[RawClock] = field(default_factory=list)
    running: list[RawClock] = field(default_factory=list)
    first: dict[str, datetime] = field(default_factory=dict)
    state: str = "offered"
    ending: Raw = field(default_factory=dict)
    back: list[tuple[str | None, str]] = field(default_factory=list)
    did: dict[tuple[str | None, str], datetime] = field(default_factory=dict)
    stars: int | None = None

    def mark(self, what: str, at: datetime) -> None:
        self.first.setdefault(what, at)
        self.did.setdefault((self.owners[-1], what), at)

    def as_had_by(self, owner: str | None) -> "RawHandoff":
        """The share of one owner in the handoff; only the last owner has the outcome."""
        first = {what: at for (who, what), at in self.did.items() if who == owner}
        back = [(who, why) for who, why in self.back if who == owner]
        clocks = [clock for clock in self.clocks if clock.owner == (owner or "nobody")]
        got = first.pop("got", self.offered)
        theirs = replace(self, owners=[owner], offered=got, first=first, clocks=clocks, back=back)
        return theirs if owner == self.owners[-1] else replace(theirs, state="gone", stars=None)

    def start(self, clocks: list[Raw], owner: str | None) -> None:
        for clock in clocks:
            ticking = RawClock(
                clock["name"],
                owner or "nobody",
                moment(clock["started_at"]),
                moment(clock["due_at"]),
                clock["stops_when"],
            )
            for other in self.running:
                if other.name == ticking.name:
                    other.stopped = other.stopped or ticking.start
            self.running = [other for other in self.running if other.name != ticking.name] + [ticking]
            self.clocks.append(ticking)

    def stop(self, at: datetime, *by: str) -> None:
        for clock in self.running:
            if clock.stopped is None and (not by or clock.stops_when in by):
                clock.stopped = at


@dataclass
class RawDuty:
    """A duty of marketing's."""

    kind: str
    opened: datetime
    due: datetime
    closed: datetime | None = None
    verdict: str | None = None
    by: str | None = None

    def kept(self, now: datetime) -> str:
        if self.closed:
            return "met" if self.closed <= self.due else "missed"
        return "open" if now <= self.due else "missed"


@dataclass
class RawMove:
    """What one command made of a lead's place."""

    at: datetime
    source: str
    before: tuple[str, str] | None
    after: tuple[str, str]
    since: datetime | None
    stage_since: datetime | None
    sql: str | None = None
    deal: str | None = None


@dataclass
class RawEvents:
    """Everything that the events tell."""

    handoffs: list[RawHandoff] = field(default_factory=list)
    duties: list[RawDuty] = field(default_factory=list)
    steps: list[RawMove] = field(default_factory=list)


def events_of(table: Table) -> RawEvents:
    """Read all events of all leads."""
    histories: dict[str, list[Raw]] = defaultdict(list)
    for (pk, sk), item in sorted(table.items.items()):
        if sk.startswith("EVENT#"):
            histories[pk].append(json.loads(unpacked(item["body"])))
    told = RawEvents()
    for history in histories.values():
        _read_lead(history, told)
    return told


def _read_lead(history: list[Raw], told: RawEvents) -> None:
    captured = history[0]["event"]
    lead = {"source": captured["source"], "channel": captured["channel"], "campaign": captured.get("campaign")}
    place: tuple[str, str] | None = None
    since = stage_since = None
    given: RawHandoff | None = None
    owed: RawDuty | None = None
    commands: dict[str, list[Raw]] = defaultdict(list)
    for recorded in history:  # in the office no two commands come at one time
        commands[recorded["at"]].append(recorded)
    for written, events in commands.items():
        at, before, came, staged = moment(written), place, since, stage_since
        had, had_taken, had_open = given, _taken(given), given is not None and given.state in OPEN
        for recorded in events:
            event, kind = recorded["event"], recorded["event"]["type"]
            moved = _place_after(place, event, kind)
            if place is None or moved[0] != place[0]:
                since = at
            if place is None or moved[1] != place[1]:
                stage_since = at
            place = moved
            if kind == "HandoffOffered":
                given = RawHandoff(event, at, lead["source"], lead["channel"], lead["campaign"], [event.get("owner")])
                given.mark("got", at)
                given.start(event["clocks"], event.get("owner"))
                if event.get("owner"):
                    given.mark("routed", at)
                told.handoffs.append(given)
                if owed and not owed.closed:
                    owed.closed, owed.verdict, owed.by = at, "handed_over", recorded["by"]
            elif given and event.get("handoff_id") == given.offer["handoff_id"]:
                _read_handoff(given, event, kind, at)
            if kind in ("ReviewRequested", "AnswerRequested") and event.get("duty_id"):
                owed = RawDuty(
                    "review" if kind == "ReviewRequested" else "return", at, moment(event["clock"]["due_at"])
                )
                told.duties.append(owed)
            if kind == "LeadReviewed" and owed and not owed.closed:
                owed.closed, owed.verdict, owed.by = at, event["verdict"], recorded["by"]
        sql = _sales_on_sql(before, place, had, given, taken=had_taken, was_open=had_open)
        deal = given.ending.get("amount") if given and place and place[0] == "won" != (before and before[0]) else None
        if (before != place or sql) and place:
            told.steps.append(RawMove(at, str(lead["source"]), before, place, came, staged, sql, deal))


def _sales_on_sql(
    before: Place | None,
    after: Place | None,
    had: RawHandoff | None,
    has: RawHandoff | None,
    taken: bool,
    was_open: bool,
) -> str | None:
    """What sales did with an SQL by one command; `taken` and `was_open` tell of the handoff that it had before."""
    was_sql = before is not None and before[1] == "sql"
    is_sql = was_sql or (after is not None and after[1] == "sql")
    if had and was_open and had.state == "returned":
        return "declined" if was_sql and not _taken(had) else None
    if had and was_open and _taken(had) and is_sql and not (was_sql and taken):
        return "accepted"
    return "accepted" if has and has is not had and is_sql and _taken(has) else None


def _taken(given: RawHandoff | None) -> bool:
    return given is not None and ("accepted" in given.first or given.state in ("won", "lost"))


def _place_after(place: tuple[str, str] | None, event: Raw, kind: str) -> tuple[str, str]:
    if place is None:
        return ("spam" if event["spam"] else "nurturing"), "lead"
    status, stage = place
    match kind:
        case "HandoffOffered":
            status = "with_sales"
        case "LeadParked":
            status = "parked"
        case "LeadDisqualified":
            status = "disqualified"
        case "ReviewRequested":
            status = "in_review"
        case "LeadReviewed":
            status = "nurturing"
        case "SignalRecorded" if status == "spam" and not event["spam"]:
            status = "nurturing"
        case "LeadQualified":
            stage = event["stage"]
        case "HandoffReturned":
            status = GOES_TO[event["then"]]
        case "HandoffClosed":
            status, stage = event["outcome"], "customer" if event["outcome"] == "won" else stage
    return status, stage


def _read_handoff(given: RawHandoff, event: Raw, kind: str, at: datetime) -> None:
    match kind:
        case "HandoffReassigned":
            for clock in given.running:
                clock.taken_away = at
            given.running, given.state = [], "offered"
            given.back += [(given.owners[-1], event["returned_for"])] if event.get("returned_for") else []
            given.owners.append(event.get("owner"))
            given.mark("got", at)
            given.start(event["clocks"], event.get("owner"))
            if event.get("owner"):
                given.mark("routed", at)
        case "OwnerNotified":
            given.mark("notified", at)
        case "HandoffAccepted":
            given.stop(at, "accepted")
            given.start(event["clocks"], given.owners[-1])
            given.state = "accepted"
            given.mark("accepted", at)
        case "ContactLogged":
            given.stop(at, "contacted", "acted")
            given.start(event["clocks"], given.owners[-1])
            given.state = "contacted"
            given.mark("accepted", at)
            given.mark("contacted", at)
        case "HandoffReturned" | "HandoffClosed":
            given.stop(at)
            given.state, given.ending = event.get("outcome", "returned"), event
            given.back += [(given.owners[-1], event["reason"])] if kind == "HandoffReturned" else []
        case "HandoffRated":
            given.stars = event["stars"]
