"""Erases a person in one transaction; from then on no read finds the lead.

The transaction replaces the lead by a mark, which keeps new items out of its partition; releases the owner's capacity;
writes the erasure ledger; and stores an event for the bus. On that event `erasure_cleanup` deletes all other items.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from baton.aws.privacy.erasure_ledger import Ledger
from baton.aws.table.keys import erasure_keys, lead_keys, report_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.lead_writes import release_writes
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.privacy.erasure import last_move
from baton.domain.privacy.privacy_events import LeadErased, RecordedErasure
from baton.domain.search.lead_words import word_change

if TYPE_CHECKING:
    from baton.aws.privacy.erasure_cleanup import ErasureCleanup

BY = "ledger"


def _any_lead(_: Lead) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class LeadErasure:
    """Erases leads from the table, and keeps a ledger, so that a restored backup can be erased again."""

    store: Store
    ledger: Ledger

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        store = Store.from_environment()
        return cls(store, Ledger.from_environment(store.dynamodb))

    def erase(self, lead_id: str, by: str, now: datetime) -> None:
        """Erases a lead; a repeat changes nothing.

        Raises:
            NotFound: there is no lead with this id, and none was erased.
            Contended: the lead changed at every attempt.
        """
        if not self.begin(lead_id, by, now) and self.ledger.erased_at(lead_id) is None:
            raise NotFound("there is no such lead")

    def begin(self, lead_id: str, by: str, now: datetime, may_erase: Callable[[Lead], bool] = _any_lead) -> bool:
        """Erases a lead if it exists and `may_erase` allows it; its event starts the cleanup.

        Raises:
            Contended: the lead changed at every attempt.
        """

        def attempt() -> bool:
            lead = self.store.lead(lead_id)
            if lead is None or not may_erase(lead):
                return False
            self.store.write(list(self._erasure_writes(lead, by, now)))
            return True

        return retry_on_conflict(attempt, "too many changed the same lead at once; send the same request again")

    def _erasure_writes(self, lead: Lead, by: str, now: datetime) -> Iterator[Item]:
        person = self._person(lead)
        yield from release_writes(self.store.table, person, now)
        for number, each in enumerate(person):
            yield from self._writes_of(each, f"erased-{token_hex(8)}{number or ''}", by, now)

    def _person(self, lead: Lead) -> list[Lead]:
        """Reads a lead and all leads merged into it, which are one person."""
        merged = dict.fromkeys(part.lead_id for part in lead.merged_wholly)
        return [lead, *filter(None, map(self.store.lead_itself, merged))]

    def _writes_of(self, lead: Lead, erased_as: str, by: str, now: datetime) -> list[Item]:
        """Builds the writes; the mark keeps address and words until the cleanup has searched for them."""
        mark = lead_keys.lead(lead.lead_id) | {
            "erased_as": {"S": erased_as},
            "erased_at": {"S": iso(now)},
            "address": {"S": lead.email},
            "words": {"S": word_change(lead, None).as_text()},
            "traces": {"S": json.dumps([part.model_dump(mode="json") for part in lead.parts if not part.came_with])},
        }
        figures = erasure_keys.erased_figures(erased_as, "LAST") | report_keys.report_index(
            report_keys.Reported.MOVES, now, erased_as
        )
        return [
            self.store.put(mark, "version = :read", {":read": {"N": str(lead.version)}}),
            self.store.put(figures | {"figures": {"S": last_move(lead, erased_as, now)}}),
            self.store.put(_event(lead, now)),
            self.ledger.entry(lead.lead_id, by, now),
        ]

    def reapply(self, cleanup: "ErasureCleanup", now: datetime) -> tuple[int, list[str]]:
        """Erases every lead of a restored table that the ledger lists, and returns their number.

        A lead that was created after its erasure stays. If a lead was erased alone, but the backup has it merged with
        others, it stays as well; its id is returned, so that staff unmerge it first.
        """
        count, apart, due = 0, dict[str, None](), dict(self.ledger.all())

        def is_due(lead: Lead) -> bool:
            return lead.lead_id in due and lead.created_at <= due[lead.lead_id]

        for lead_id in due:
            own = self.store.lead_itself(lead_id)
            if own and is_due(own):
                stays, *merged = self._person(self.store.lead(lead_id) or own)
                merged_since = [each.lead_id for each in merged if is_due(each) != is_due(stays)]
                apart |= dict.fromkeys(merged_since)
                if not merged_since:
                    self.begin(lead_id, BY, now)
            count += cleanup.delete(lead_id) > 0
        return count, list(apart)


def _event(lead: Lead, now: datetime) -> Item:
    handoff = lead.handoff if lead.handoff and lead.handoff.is_open else None
    recorded = RecordedErasure(
        event_id=f"erasure-{lead.lead_id}-{lead.version:08d}",
        lead_id=lead.lead_id,
        at=now,
        event=LeadErased(team=handoff.team if handoff else None),
    )
    return erasure_keys.erasure(recorded.event_id) | {
        "type": {"S": recorded.event.type},
        "at": {"S": iso(now)},
        "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
    }
