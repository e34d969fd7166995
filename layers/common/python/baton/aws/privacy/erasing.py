"""Erases a person for whoever asks, in one transaction: from then on nobody finds them any more.

It puts a mark in the lead's place, which keeps anybody new from coming into its partition, gives up what the lead held
elsewhere, writes the ledger, and tells the stream. Whoever hears of it from the bus deletes what remains.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Self

from baton.aws.privacy.erasure_cleanup import ErasureCleanup
from baton.aws.privacy.erasure_ledger import Ledger
from baton.aws.table.keys import erasure_keys, lead_keys, report_keys
from baton.aws.table.lead_writes import Item, given_up
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.privacy.erasure import last_move
from baton.domain.privacy.privacy_events import LeadErased, RecordedErasure

BY = "ledger"


def _whoever(_: Lead) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Erasing:
    """The table, and the ledger beside it that a restored table is held against."""

    store: Store
    ledger: Ledger

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        store = Store.from_environment()
        return cls(store, Ledger.from_environment(store.dynamodb))

    def erase(self, lead_id: str, by: str, now: datetime) -> None:
        """Erase a lead for whoever asks; told again, nothing changes.

        Raises:
            NotFound: nobody is known by this id, and nobody was erased under it.
            Contended: too many changed the lead at once.
        """
        if not self.begin(lead_id, by, now) and self.ledger.erased_at(lead_id) is None:
            raise NotFound("there is no such lead")

    def begin(self, lead_id: str, by: str, now: datetime, may_go: Callable[[Lead], bool] = _whoever) -> bool:
        """Erase a lead, if there is one that may go as it is now; the bus brings on the rest.

        Raises:
            Contended: too many changed the lead at once.
        """

        def attempt() -> bool:
            lead = self.store.lead(lead_id)
            if lead is None or not may_go(lead):
                return False
            self.store.write(list(self._everywhere(lead, by, now)))
            return True

        return retry_on_conflict(attempt, "too many changed the same lead at once; send the same request again")

    def _everywhere(self, lead: Lead, by: str, now: datetime) -> Iterator[Item]:
        for number, each in enumerate(self._person(lead)):
            yield from self._marking(each, f"erased-{token_hex(8)}{number or ''}", by, now)

    def _person(self, lead: Lead) -> list[Lead]:
        """A lead and all that were merged into it are one person."""
        merged = dict.fromkeys(part.lead_id for part in lead.parts if part.came_with)
        return [lead, *filter(None, map(self.store.own, merged))]

    def _marking(self, lead: Lead, erased_as: str, by: str, now: datetime) -> list[Item]:
        """The mark keeps the address as long as anything may name it."""
        mark = lead_keys.lead(lead.lead_id) | {
            "erased_as": {"S": erased_as},
            "erased_at": {"S": iso(now)},
            "address": {"S": lead.email},
            "traces": {"S": json.dumps([part.model_dump(mode="json") for part in lead.parts if not part.came_with])},
        }
        left = erasure_keys.left_of(erased_as, "LAST") | report_keys.happened("MOVES", now, erased_as)
        return [
            self.store.put(mark, "version = :read", {":read": {"N": str(lead.version)}}),
            *given_up(self.store.table, lead),
            self.store.put(left | {"figures": {"S": last_move(lead, erased_as, now)}}),
            self.store.put(_event(lead, now)),
            self.ledger.entry(lead.lead_id, by, now),
        ]

    def reapply(self, remains: ErasureCleanup, now: datetime) -> tuple[int, list[str]]:
        """Erase whoever is in the table although they were erased, and say how many these were.

        Whoever came anew after that is left alone. So is whoever was taken for somebody else when the backup was made,
        and not any more when one of them was erased: which merges to undo first is said as well.
        """
        count, apart, due = 0, dict[str, None](), dict(self.ledger.all())

        def goes(lead: Lead) -> bool:
            return lead.lead_id in due and lead.created_at <= due[lead.lead_id]

        for lead_id in due:
            own = self.store.own(lead_id)
            if own and goes(own):
                stays, *merged = self._person(self.store.lead(lead_id) or own)
                taken_for_others = [each.lead_id for each in merged if goes(each) != goes(stays)]
                apart |= dict.fromkeys(taken_for_others)
                if not taken_for_others:
                    self.begin(lead_id, BY, now)
            count += remains.delete(lead_id) > 0
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
