"""The handoffs of a lead, newest first, and one handoff by its id; also those of leads that were merged into it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import sort_key_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.leads.handoff import Handoff, handoff_id_of, handoff_number
from baton.domain.leads.lead import Lead

NUMBERS = 999
"""Handoffs of a lead are numbered from 1 to this."""


class HandoffPage(NamedTuple):
    """A page of handoffs, newest first, and the cursor of the next page, None on the last."""

    handoffs: list[Handoff]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class LeadHandoffs:
    """Reads handoffs. A cursor has the number of the last one shown of each history: `3`, or `3.1` if merged."""

    store: Store

    def of(self, lead: Lead, cursor: str | None, limit: int) -> HandoffPage:
        """Reads a page of a lead's handoffs: one query, and one more for each lead that was merged into it.

        Raises:
            CursorInvalid: it is not from this list, or the lead was merged or unmerged since.
        """
        histories = list(dict.fromkeys([lead.lead_id, *(part.lead_id for part in lead.merged_wholly)]))
        before = _places(cursor, len(histories))
        found = [
            (place, handoff)
            for place, lead_id in enumerate(histories)
            for handoff in self._of_history(lead, lead_id, before[place], limit + 1)
        ]
        found.sort(key=lambda each: (each[1].offered_at, each[1].handoff_id), reverse=True)
        for place, handoff in found[:limit]:
            before[place] = handoff_number(handoff)
        return HandoffPage(
            [handoff for _, handoff in found[:limit]], ".".join(map(str, before)) if len(found) > limit else None
        )

    def one(self, handoff_id: str) -> tuple[Handoff, Lead]:
        """Reads a handoff and the lead whose it is now, in one read, or two if the lead was merged.

        Raises:
            NotFound: there is no such handoff.
        """
        lead_id = handoff_keys.lead_id_of(handoff_id)
        items = self.store.items([lead_keys.lead(lead_id), handoff_keys.handoff(handoff_id)]) if lead_id else []
        by_kind = {lead_keys.kind_and_name(item)[0]: item for item in items if "body" in item}
        own = by_kind.get(lead_keys.Kind.LEAD)
        itself = Lead.model_validate_json(unpacked(own["body"])) if own else None
        handoff = itself.handoff if itself else None
        if former := by_kind.get(lead_keys.Kind.HANDOFF):
            handoff = Handoff.model_validate_json(unpacked(former["body"]))
        lead = self.store.lead(itself.merged_into) if itself and itself.merged_into else itself
        if lead is None or handoff is None or handoff.handoff_id != handoff_id:
            raise NotFound("there is no such handoff")
        return handoff, lead

    def _of_history(self, lead: Lead, lead_id: str, before: int, limit: int) -> list[Handoff]:
        """Reads the last handoffs in one partition; the present one, without a body, stands in the lead's own item."""
        if before <= 1:
            return []
        found: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": handoff_keys.HANDOFFS},
                ":last": {"S": sort_key_of(handoff_keys.handoff(handoff_id_of(lead_id, before - 1)))},
            },
            Limit=limit,
            ScanIndexForward=False,
            ConsistentRead=True,
        )
        read = (self._read(item, lead, lead_id) for item in found["Items"])
        return [handoff for handoff in read if handoff]

    def _read(self, item: Any, lead: Lead, lead_id: str) -> Handoff | None:
        if "body" in item:
            return Handoff.model_validate_json(unpacked(item["body"]))
        handoff_id = handoff_keys.handoff_id_of(item)
        if lead.handoff and lead.handoff.handoff_id == handoff_id:
            return lead.handoff
        has_it = self.store.lead_itself(lead_id)
        return has_it.handoff if has_it and has_it.handoff and has_it.handoff.handoff_id == handoff_id else None


def _places(cursor: str | None, histories: int) -> list[int]:
    """Parses a cursor into the number of the last handoff shown of each history."""
    if not cursor:
        return [NUMBERS + 1] * histories
    numbers = cursor.split(".")
    if not all(each.isascii() and each.isdigit() and len(each) <= len(str(NUMBERS + 1)) for each in numbers):
        raise CursorInvalid("this is not a cursor of a lead's handoffs")
    if len(numbers) != histories:
        raise CursorInvalid("this lead was merged with another, or is not any more")
    return [int(each) for each in numbers]
