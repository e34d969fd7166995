"""Scores all leads anew under the agreement in force, a page at a time; the table knows how far it has come.

A page that is done twice changes nothing the second time, and a job that is started twice, or again in the middle, goes
on from where the table says. Leads that change queue meanwhile were scored anew by whoever changed them.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.commands import Reconsidered
from baton.aws.runtime.clients import is_busy
from baton.aws.table.keys import agreement_keys, lead_keys
from baton.aws.table.lead_writes import Item
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.domain.basics.moments import iso
from baton.domain.leads.stage_and_status import RESCORING_ORDER

logger = Logger()

QUEUES = [(status, shard) for status in RESCORING_ORDER for shard in range(lead_keys.QUEUE_SHARDS)]
"""Who is handed over or goes to review on the way comes into a queue that is done already, and is not seen twice."""
PAGE = 32
AT_ONCE = 8
RUNNING, FINISHED, SUPERSEDED, FAILED = "running", "finished", "superseded", "failed"


class NotInForceYet(Exception):
    """This function still goes on with an older agreement than the one that all leads are to be scored under."""


Reconsider = Callable[[str], Reconsidered]
"""Scores the lead with this id anew, under the agreement in force; repeated, nothing changes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far scoring all leads under a version has come: in which queue, after which lead of it, and what it did.

    What was done of a page before a crash is not counted: the counts are of what the pages did that came to their end.
    """

    version: int
    state: str
    started_at: str
    queue: int = 0
    after: str = " "
    pages: int = 0
    leads_seen: int = 0
    leads_changed: int = 0
    handed_over: int = 0
    leads_failed: int = 0
    finished_at: str | None = None

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do."""
        return self.state != RUNNING

    def view(self) -> dict[str, Any]:
        """What a person who watches sees."""
        shown = asdict(self)
        del shown["after"], shown["pages"], shown["queue"]
        counted = {"queues_done": self.queue, "queues": len(QUEUES)}
        return {name: value for name, value in (shown | counted).items() if value is not None}


def read_progress(store: Store, version: int) -> Progress | None:
    """How far scoring all leads under a version has come, if it has begun."""
    found = store.dynamodb.get_item(TableName=store.table, Key=agreement_keys.rescoring(version), ConsistentRead=True)
    if "Item" not in found:
        return None
    kept: Any = {name: value for name, value in found["Item"].items() if name not in ("pk", "sk")}
    read: Any = {name: int(one["N"]) if "N" in one else one["S"] for name, one in kept.items()}
    return Progress(**read)


@dataclass(frozen=True, slots=True)
class Rescoring:
    """The job: pages of leads, for some seconds at a time."""

    agreements: Agreements
    reconsider: Reconsider
    seconds: float = 20.0

    def go_on(self, version: int, now: datetime) -> Progress:
        """Score leads anew from where the job stands, a page at least, until its seconds are over.

        Returns how far it has come.

        Raises:
            NotInForceYet: this function has not heard of the version yet.
            Contended: too many changed one lead at once; the job goes on from its last page when it is tried again.
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
        """Where the job stands; one that ended with leads that could not be scored begins anew."""
        known = read_progress(self.agreements.store, version)
        if known is None:
            return self._saved(None, Progress(version, RUNNING, iso(now)))
        if known.state == FAILED:
            return self._saved(known, Progress(version, RUNNING, iso(now), pages=known.pages))
        return known

    def _page(self, progress: Progress, now: datetime) -> Progress:
        while not (found := self._leads(progress)):
            progress = replace(progress, queue=progress.queue + 1, after=" ")
            if progress.queue == len(QUEUES):
                state = FAILED if progress.leads_failed else FINISHED
                return replace(progress, state=state, finished_at=iso(now))
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            done = list(at_once.map(self._one, (item["pk"]["S"].partition("#")[2] for item in found)))
        scored = [one for one in done if one is not None]
        return replace(
            progress,
            after=found[-1]["gsi1sk"]["S"],
            leads_seen=progress.leads_seen + len(done),
            leads_changed=progress.leads_changed + sum(one.changed for one in scored),
            handed_over=progress.handed_over + sum(one.handed_over for one in scored),
            leads_failed=progress.leads_failed + len(done) - len(scored),
        )

    def _one(self, lead_id: str) -> Reconsidered | None:
        """One lead; what is wrong with it alone must not hold up the others, and is counted."""
        try:
            return self.reconsider(lead_id)
        except NotFound:
            return Reconsidered(changed=False, handed_over=False)  # erased between the list and the look
        except Exception as fault:
            if is_busy(fault) or isinstance(fault, Contended):
                raise
            logger.error("a lead cannot be scored anew", lead_id=lead_id, kind=type(fault).__name__)
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
        """Keep how far it has come; if another execution was faster, go on from where that one is."""
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
