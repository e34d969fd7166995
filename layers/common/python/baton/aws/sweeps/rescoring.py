"""Rescores all leads under the agreement in force, page by page; the table keeps the progress.

A page that is processed twice changes nothing the second time. A job that is started twice continues from the stored
progress. A lead that changes its queue meanwhile was rescored by the command that changed it.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.commands import Reconsidered
from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.sweeps.rescoring_progress import FAILED, FINISHED, QUEUES, RUNNING, SUPERSEDED, Progress, read_progress
from baton.aws.table.keys import agreement_keys, lead_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, Item, rank_of
from baton.aws.table.query_pages import count_of_pages
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.domain.basics.moments import iso
from baton.domain.leads.stage_and_status import Status

PAGE = 32
AT_ONCE = 8


class NotInForceYet(Exception):
    """This function's cached agreement is older than the version to rescore under."""


Reconsider = Callable[[str], Reconsidered]
"""Rescores the lead with this id under the agreement in force; a repeat changes nothing."""


@dataclass(frozen=True, slots=True)
class Rescoring:
    """Rescores leads in steps of some seconds."""

    agreements: Agreements
    reconsider: Reconsider
    seconds: float = 20.0

    def go_on(self, version: int, now: datetime) -> Progress:
        """Continues the job until its seconds are over, but for at least one page, and returns its progress.

        Raises:
            NotInForceYet: this function's cached agreement is older than the version.
            Contended: a lead changed at every attempt; the next attempt continues from the last page.
        """
        started = time.monotonic()
        progress = self._begun(version, now)
        in_force = self.agreements.in_force().version
        if in_force < version:
            raise NotInForceYet(f"version {in_force} is in force here, and not {version} yet")
        if in_force > version and not progress.done:
            return self._saved(progress, replace(progress, state=SUPERSEDED, finished_at=iso(now)))
        while not progress.done:
            progress = self._saved(progress, self._page(progress, now))
            if time.monotonic() - started > self.seconds:
                break
        return progress

    def _begun(self, version: int, now: datetime) -> Progress:
        """Reads the progress, or begins the job; a job that ended as `failed` begins again."""
        stored = read_progress(self.agreements.store, version)
        if stored and stored.state != FAILED:
            return stored
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            leads = sum(at_once.map(self._count, QUEUES))
        return self._saved(stored, Progress(version, RUNNING, iso(now), leads=leads))

    def _count(self, queue: tuple[Status, int]) -> int:
        """Counts the leads of a queue; its index has keys alone."""
        store = self.agreements.store
        return count_of_pages(
            store.dynamodb.query,
            TableName=store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition",
            ExpressionAttributeValues={":partition": {"S": lead_keys.queue(*queue)}},
        )

    def _page(self, progress: Progress, now: datetime) -> Progress:
        while not (found := self._leads(progress)):
            progress = replace(progress, queue=progress.queue + 1, after=BEFORE_ALL)
            if progress.queue == len(QUEUES):
                state = FAILED if progress.leads_failed else FINISHED
                return replace(progress, state=state, finished_at=iso(now))
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            done = list(at_once.map(self._one, (lead_keys.lead_id_of(item) for item in found)))
        scored = [one for one in done if one is not None]
        return replace(
            progress,
            after=rank_of(found[-1]),
            leads_seen=progress.leads_seen + len(done),
            leads_changed=progress.leads_changed + sum(one.changed for one in scored),
            handed_over=progress.handed_over + sum(one.handed_over for one in scored),
            leads_failed=progress.leads_failed + len(done) - len(scored),
        )

    def _one(self, lead_id: str) -> Reconsidered | None:
        """Rescores one lead; a fault of this lead alone is logged and counted, and does not stop the others."""
        try:
            return self.reconsider(lead_id)
        except NotFound:
            return Reconsidered(changed=False, handed_over=False)  # erased between the list and the look
        except Exception as fault:
            if is_busy(fault) or isinstance(fault, Contended):
                raise
            log.error("a lead cannot be scored anew", lead_id=lead_id, kind=type(fault).__name__)
            return None

    def _leads(self, progress: Progress) -> list[Item]:
        status, shard = QUEUES[progress.queue]
        found = self.agreements.store.dynamodb.query(
            TableName=self.agreements.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk > :after",
            ExpressionAttributeValues={
                ":partition": {"S": lead_keys.queue(status, shard)},
                ":after": {"S": progress.after},
            },
            Limit=PAGE,
        )
        return [dict(item) for item in found["Items"]]

    def _saved(self, read: Progress | None, new: Progress) -> Progress:
        """Saves the progress; if another execution saved its own meanwhile, continues from that."""
        store = self.agreements.store
        new = replace(new, pages=read.pages + 1 if read else 1)
        values = {name: value for name, value in asdict(new).items() if value is not None}
        item = {name: {"N": str(one)} if isinstance(one, int) else {"S": one} for name, one in values.items()}
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if read:
            condition = {
                "ConditionExpression": "pages = :read",
                "ExpressionAttributeValues": {":read": {"N": str(read.pages)}},
            }
        try:
            store.dynamodb.put_item(
                TableName=store.table, Item=agreement_keys.rescoring(new.version) | item, **condition
            )
        except store.dynamodb.exceptions.ConditionalCheckFailedException:
            return read_progress(store, new.version) or new
        return new
