"""Erases the leads whose retention time is over, for a minute at a time."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.agreement.terms.retention_terms import RetentionTerms
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.privacy.lead_erasure import LeadErasure
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL, rank_of
from baton.domain.basics.moments import iso
from baton.domain.follow_up.search_events import Place
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.privacy.privacy_events import LeadsRetired
from baton.domain.privacy.retention import retention_has_ended

BUDGET_SECONDS = 60.0
PAGE = 50
BY = "retention"


@dataclass(frozen=True, slots=True)
class LeadRetirement:
    """Goes through the queues that have a retention time in the agreement."""

    agreements: Agreements
    erasing: LeadErasure

    def go_on(self, detail: dict[str, Any], now: datetime) -> LeadsRetired:
        """Goes through leads for a minute; `detail` is that of the bus's event about the round so far.

        Raises:
            Contended: a lead changed at every attempt; call again with the same `detail`.
        """
        end, terms = time.monotonic() + BUDGET_SECONDS, self.agreements.in_force().agreement.retention
        so_far = _so_far(detail, now)
        begin, so_far = so_far.next or Place(list=0, after=BEFORE_ALL), so_far.model_copy(update={"next": None})
        for place, leads in self._pages(terms, begin, now):
            over = [lead.lead_id for lead in leads if retention_has_ended(lead, terms, now)]
            erased = sum(
                self.erasing.begin(each, BY, now, lambda lead: retention_has_ended(lead, terms, now)) for each in over
            )
            seen = {"looked_at": so_far.looked_at + len(leads), "erased": so_far.erased + erased}
            so_far = so_far.model_copy(update=seen)
            if time.monotonic() > end:
                return so_far.model_copy(update={"next": place})
        return so_far

    def _pages(self, terms: RetentionTerms, begin: Place, now: datetime) -> Iterator[tuple[Place, list[Lead]]]:
        for number, (partition, until) in enumerate(_lists(terms, now)):
            after = begin.after if number == begin.list else BEFORE_ALL
            while number >= begin.list and (items := self._page(partition, after, until)):
                after = rank_of(items[-1])
                yield Place(list=number, after=after), self._leads(items)

    def _page(self, partition: str, after: str, until: str) -> list[Any]:
        if after >= until:
            return []
        store, first = self.erasing.store, f"{after}{BEFORE_ALL}"
        found: Any = store.dynamodb.query(
            TableName=store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :first AND :until",
            ExpressionAttributeValues={
                ":partition": {"S": partition},
                ":first": {"S": first},
                ":until": {"S": max(first, until)},
            },
            Limit=PAGE,
        )
        return list(found["Items"])

    def _leads(self, items: list[Any]) -> list[Lead]:
        return [Lead.model_validate_json(body) for body in self.erasing.store.lead_bodies(items).values()]


def _lists(terms: RetentionTerms, now: datetime) -> Iterator[tuple[str, str]]:
    """Yields each queue with the rank up to which retention may be over; `nurturing` is whole, as it is not sorted by
    time.
    """
    for name in RetentionTerms.model_fields:
        length = getattr(terms, name)
        for shard in range(lead_keys.QUEUE_SHARDS):
            until = AFTER_ALL if name == Status.NURTURING else iso(now - length) if length else ""
            if length:
                yield lead_keys.queue(name, shard), until


def _so_far(detail: dict[str, Any], now: datetime) -> LeadsRetired:
    if "next" not in detail:
        return LeadsRetired(round=f"round-{now:%Y%m%dT%H%M%S}")
    counts = {name: value for name, value in detail.items() if name in LeadsRetired.model_fields}
    return LeadsRetired.model_validate(counts)
