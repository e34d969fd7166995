"""Everything that the table holds about a person, in words, for whoever asks what is known of them."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws import keys
from baton.aws.clock import iso
from baton.aws.queues import CursorInvalid
from baton.aws.store import NotFound, Store
from baton.aws.views import event_view
from baton.domain.events import Recorded

PAGE = 200
MOST_BYTES = 3_000_000
"""So much of the table is put into one answer, well below what the gateway and Lambda let through."""

FOLDERS = {"EVENT": "history", "HANDOFF": "handoffs", "DUTY": "duties", "SEEN": "messages", "COMPANY": "companies"}
_INTERNAL = {"tally", "learned", "timer", "look_at"}
"""How Baton counts, and what it waits for; the history says all that these follow from."""

_BEGINNING = " "

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """The partition of a lead, a few megabytes at a time."""

    store: Store

    def of(self, lead_id: str, cursor: str | None, now: datetime) -> View:
        """What is in the partition, after a former answer's `cursor` if there was more; this one's says so again.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is from no export.
        """
        after = _place(cursor)
        lead = self.store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        export: View = {"lead_id": lead_id, "exported_at": iso(now), "person": None}
        export |= {name: [] for name in FOLDERS.values()} | {"cursor": None}
        if after == _BEGINNING:
            export["person"] = lead.model_dump(mode="json", exclude=_INTERNAL, exclude_none=True)
        size = 0
        for item in self._items(lead_id, after):
            if size > MOST_BYTES:
                export["cursor"] = base64.urlsafe_b64encode(after.encode()).decode()
                break
            kind, _, which = item["sk"]["S"].partition("#")
            if kind in FOLDERS:
                export[FOLDERS[kind]].append(_told(kind, which, item))
            after, size = item["sk"]["S"], size + len(item.get("body", {}).get("S", ""))
        return export

    def _items(self, lead_id: str, after: str) -> Iterator[Any]:
        while True:
            found: Any = self.store.dynamodb.query(
                TableName=self.store.table,
                KeyConditionExpression="pk = :lead AND sk > :after",
                ExpressionAttributeValues={":lead": {"S": keys.lead_partition(lead_id)}, ":after": {"S": after}},
                Limit=PAGE,
                ConsistentRead=True,
            )
            yield from found["Items"]
            if "LastEvaluatedKey" not in found:
                return
            after = found["LastEvaluatedKey"]["sk"]["S"]


def _place(cursor: str | None) -> str:
    if not cursor:
        return _BEGINNING
    try:
        place = base64.urlsafe_b64decode(cursor.encode("ascii")).decode()
    except (binascii.Error, ValueError):
        place = ""
    if not place.startswith(tuple(f"{kind}#" for kind in FOLDERS)) and place != "LEAD":
        raise CursorInvalid("this is not an export's cursor")
    return place


def _told(kind: str, which: str, item: Any) -> Any:
    if kind == "EVENT":
        return event_view(Recorded.model_validate_json(item["body"]["S"]))
    if kind == "COMPANY":
        return which
    if kind == "SEEN":
        source, _, message = which.partition("#")
        return {"source": source, "message": message}
    return json.loads(item["body"]["S"])
