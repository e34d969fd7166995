"""Writes leads with fifty signals each into the table, and computes what a new agreement means for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from baton.aws.table.store import Store
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Recorded
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.lead_changes.consequences import may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.teams.roster import ReadRoster
from bench.copied_leads import put_all
from bench.world import PEPPER, TABLE, World

SIGNALS = 50
_KINDS = (
    *["page_visited"] * 8,
    *["email_opened"] * 6,
    *["email_clicked"] * 4,
    "content_downloaded",
    "webinar_attended",
)
_CONTENTS = ("guide", "handover-guide", "case-study", "price-list", "careers")
_TITLES = ("Head of Operations", "Plant Manager", "Student", "Head of Sales", "Buyer")


@dataclass(frozen=True, slots=True)
class ReadingLead:
    """One such lead: whether sales had it before, and its expected state under the new agreement."""

    lead_id: str
    with_sales: bool
    handed_over: bool
    status: str


@dataclass
class ReadingLeads:
    """Makes these leads, always the same ones, under the agreement in force."""

    world: World
    now: datetime
    before: Scorecard
    after: Scorecard
    known: list[ReadingLead] = field(default_factory=list)

    def fill(self, people: int) -> None:
        """Writes so many leads into the table; those that sales has come with their handoffs."""
        store = Store.from_environment()
        put_all(self.world, self._items(people, store))

    def _items(self, people: int, store: Store) -> Iterator[Any]:
        for number in range(people):
            change = self._with_consequences(self._history(number), self.before, (), store.roster)
            self.known.append(self._expected(change, store.roster))
            if self.known[-1].with_sales:
                store.save(change)
            else:
                collected = _CollectingClient()
                Store(collected, TABLE).save(change)  # type: ignore[arg-type]  # it takes only what is put
                yield from collected.items

    def _history(self, number: int) -> Change:
        chance = Random(number)  # noqa: S311  # no secret
        email = f"{number}@readers.example.com"
        captured = LeadCaptured(email=email, source="website", agreement_version=1)
        profile, company = Profile(title=chance.choice(_TITLES)), Company(employees=chance.randrange(2000))
        learned = LeadUpdated(fields=("profile", "company"), profile=profile, company=company)
        change = Change.begin(None, lead_id_of(email, PEPPER.encode()))
        return change.then([captured, learned, *self._signals(chance)], self.now, "bench")

    def _signals(self, chance: Random) -> Iterator[SignalRecorded]:
        """Returns fifty signals of half a year, at hours at which no points fade while this is measured."""
        quiet, noon = chance.randrange(90), self.now - timedelta(hours=12)
        for place in range(SIGNALS):
            days = quiet + 180 * (SIGNALS - place) // SIGNALS
            moment = noon - timedelta(days=days, minutes=chance.randrange(300))
            kind = chance.choice(_KINDS)
            content = chance.choice(_CONTENTS) if kind != "webinar_attended" else "scoring-webinar"
            yield SignalRecorded(
                kind=kind, source="website", reference=f"{place:05d}", occurred_at=moment, content=content
            )

    def _with_consequences(
        self, change: Change, card: Scorecard, history: Sequence[Recorded], roster: ReadRoster
    ) -> Change:
        return with_consequences(change, card, None, self.now, history=lambda: history, roster=roster)

    def _expected(self, change: Change, roster: ReadRoster) -> ReadingLead:
        lead = _lead(change)
        again = Change.begin(lead, lead.lead_id)
        if may_follow(again):
            again = self._with_consequences(again, self.after, change.events, roster)
        offered = any(isinstance(event, HandoffOffered) for event in again.happened)
        return ReadingLead(lead.lead_id, lead.handoff is not None, offered, _lead(again).status)


class _CollectingClient:
    """Collects the items of a transaction, to be written in batches: nothing else is in the table yet."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # as the SDK spells it
        self.items += [write["Put"]["Item"] for write in TransactItems]


def _lead(change: Change) -> Lead:
    if change.after is None:
        raise LookupError("there is no lead")
    return change.after
