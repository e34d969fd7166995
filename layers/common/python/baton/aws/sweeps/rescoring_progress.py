"""Reads how far all leads are rescored under a version of the agreement."""

from dataclasses import asdict, dataclass
from typing import Any

from baton.aws.table.keys import agreement_keys, lead_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, without_key
from baton.aws.table.store import Store
from baton.domain.leads.stage_and_status import RESCORING_ORDER

QUEUES = [(status, shard) for status in RESCORING_ORDER for shard in range(lead_keys.QUEUE_SHARDS)]
"""A lead that the job hands to sales or to review moves to a queue that is done already, and is not counted twice."""
RUNNING, FINISHED, SUPERSEDED, FAILED = "running", "finished", "superseded", "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of rescoring under a version: the current queue, the last lead in it, and counts.

    The counts cover only pages that were completed, not the part of a page before a crash. `leads` is how many there
    were when the job began; one that began under an older Baton has not counted them.
    """

    version: int
    state: str
    started_at: str
    queue: int = 0
    after: str = BEFORE_ALL
    pages: int = 0
    leads_seen: int = 0
    leads_changed: int = 0
    handed_over: int = 0
    leads_failed: int = 0
    finished_at: str | None = None
    leads: int | None = None

    @property
    def done(self) -> bool:
        """Tells whether the job has ended."""
        return self.state != RUNNING

    def view(self) -> dict[str, Any]:
        """Shows the progress to staff."""
        shown = asdict(self)
        del shown["after"], shown["pages"], shown["queue"]
        counted = {"queues_done": self.queue, "queues": len(QUEUES)}
        return {name: value for name, value in (shown | counted).items() if value is not None}


def read_progress(store: Store, version: int) -> Progress | None:
    """Reads the progress of rescoring under a version; None if it has not begun."""
    found = store.dynamodb.get_item(TableName=store.table, Key=agreement_keys.rescoring(version), ConsistentRead=True)
    if "Item" not in found:
        return None
    attributes: Any = {
        name: int(value["N"]) if "N" in value else value["S"] for name, value in without_key(found["Item"]).items()
    }
    return Progress(**attributes)
