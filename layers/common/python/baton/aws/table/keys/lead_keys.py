"""Keys of a lead and of the items in its partition, and their places in both indexes."""

import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from baton.aws.table.keys.anonymous_keys import ANONYMOUS
from baton.aws.table.keys.item_key import (
    EVENTS,
    Key,
    first_and_rest,
    key,
    name_in_partition,
    sort_key_of,
)
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.deadlines import next_look_at

QUEUE_SHARDS = 4
MAX_EVENTS = 99_999_999
_COLDEST = 10**10
_RANK = r"[0-9A-Z:.#a-z_*-]{1,200}"


class Kind(StrEnum):
    """The kinds of items in a lead's partition: the first word of the sort key."""

    LEAD = "LEAD"
    EVENT = "EVENT"
    HANDOFF = "HANDOFF"
    DUTY = "DUTY"
    SEEN = "SEEN"
    EXTERNAL_ID = "KNOWN"
    COMPANY = "COMPANY"
    ANONYMOUS_ID = "ANONYMOUS"
    MERGED_HISTORIES = "ELSEWHERE"
    SPAM_SUSPICION = "SUSPECTED"


def kind_and_name(item: Mapping[str, Any]) -> tuple[str, str]:
    """Returns the kind of an item in a lead's partition, and the rest of its sort key: `HANDOFF` and `001`."""
    return first_and_rest(sort_key_of(item))


def is_sort_key(text: str) -> bool:
    """Tells whether a text, such as the content of a cursor, could be a sort key in a lead's partition."""
    first, _ = first_and_rest(text)
    return text.startswith((Kind.LEAD, Kind.MERGED_HISTORIES, Kind.SPAM_SUSPICION)) or (
        first in set(Kind) and first != text
    )


def is_rank(text: str) -> bool:
    """Tells whether a text, such as the content of a cursor, could be a rank in index 1."""
    return re.fullmatch(_RANK, text) is not None


def lead_partition(lead_id: str) -> str:
    """Names the partition that holds everything about one person."""
    return f"LEAD#{lead_id}"


def lead(lead_id: str) -> Key:
    """Returns the key of the lead itself."""
    return key(lead_partition(lead_id), Kind.LEAD)


def is_lead(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a lead's partition is the lead itself."""
    return sort_key_of(item) == Kind.LEAD


def lead_id_of(item: Mapping[str, Any]) -> str:
    """Returns the id of the lead in whose partition an item is."""
    return name_in_partition(item)


def event(event_id: str) -> Key:
    """Returns the key of an event of a lead; its id is the lead's id and a number, `9f…-00000001`."""
    lead_id, number = event_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{EVENTS}{number}")


def lead_id_of_event(event_id: str) -> str:
    """Returns the lead's id, with which the id of an event begins."""
    return event_id.rpartition("-")[0]


def event_sort_key(number: int) -> str:
    """Returns the sort key of a lead's nth event, as a bound for queries."""
    return f"{EVENTS}{number:08d}"


def is_event(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a lead's partition is an event."""
    return sort_key_of(item).startswith(EVENTS)


def merged_histories(lead_id: str) -> Key:
    """Returns the key of the links to other leads' histories; it sorts before the events, so one query reads both."""
    return key(lead_partition(lead_id), Kind.MERGED_HISTORIES)


def is_merged_histories(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a lead's partition holds the links to other leads' histories."""
    return sort_key_of(item) == Kind.MERGED_HISTORIES


def anonymous_id(lead_id: str, anonymous_id: str) -> Key:
    """Returns the key of the note that a visitor's id belongs to a lead; erasure finds it in the lead's partition."""
    return key(lead_partition(lead_id), f"{ANONYMOUS}{anonymous_id}")


def anonymous_id_of(item: Mapping[str, Any]) -> str | None:
    """Returns the visitor's id that an item of a lead's partition notes; None if it is of another kind."""
    kind, name = kind_and_name(item)
    return name if kind == Kind.ANONYMOUS_ID else None


def seen(lead_id: str, source: str, message: str) -> Key:
    """Returns the key of the mark that a message was processed, so that its repeat changes nothing."""
    return key(lead_partition(lead_id), f"{Kind.SEEN}#{source}#{message}")


def leads_of_company(company: str) -> str:
    """Returns the list of a company's leads in index 1, by its domain (`acme.com`) or normalised name (`name:acme`)."""
    return f"{Kind.COMPANY}#{company}"


def company_place(lead_id: str, company: str) -> Key:
    """Returns a lead's place in the list of its company; the event that names the company has it, or an own item."""
    return {"gsi1pk": {"S": leads_of_company(company)}, "gsi1sk": {"S": lead_id}}


def company_pointer(lead_id: str, company: str) -> Key:
    """Returns the keys of an own item that lists a lead under its company."""
    return key(lead_partition(lead_id), leads_of_company(company)) | company_place(lead_id, company)


def company_of(item: Mapping[str, Any]) -> str | None:
    """Returns the company under which an item of a lead's partition lists the lead; None if it lists it under none."""
    listed = item.get("gsi1pk", {}).get("S", "")
    return listed.removeprefix(leads_of_company("")) if listed.startswith(leads_of_company("")) else None


def known_as(source: str, id_: str) -> str:
    """Returns the list in index 1 of the leads that a marketing tool has known by this id."""
    return f"{Kind.EXTERNAL_ID}#{source}#{id_}"


def external_id(lead_id: str, source: str, id_: str, since: datetime) -> Key:
    """Returns the keys of the item that leads from a tool's id to the lead; of several leads the latest counts."""
    index = {"gsi1pk": {"S": known_as(source, id_)}, "gsi1sk": {"S": f"{iso(since)}#{lead_id}"}}
    return key(lead_partition(lead_id), known_as(source, id_)) | index


def source_and_name(name: str) -> tuple[str, str]:
    """Takes apart the name of a mark or an external id: its source, and the message or id there."""
    return first_and_rest(name)


def queue(status: str, shard: int) -> str:
    """Returns the list of a status in index 1; it is spread over several partitions, so that none becomes hot."""
    return f"QUEUE#{status}#{shard}"


def queue_of(lead: Lead) -> Key:
    """Returns a lead's place in index 1: its queue, longest in it first; in `nurturing` highest engagement first."""
    rank = f"{iso(lead.status_since)}#{lead.lead_id}"
    if lead.status is Status.NURTURING:
        coldness = _COLDEST - (lead.tally["warmth"] if lead.tally else 0.0)
        rank = f"{coldness:016.4f}#{rank}"
    return {"gsi1pk": {"S": queue(lead.status, shard_of(lead))}, "gsi1sk": {"S": rank}}


def spam_suspicion(lead: Lead, since: datetime | None) -> Key:
    """Returns the keys of the item that lists a known lead in queue `spam` too; in none without `since`."""
    item = key(lead_partition(lead.lead_id), Kind.SPAM_SUSPICION)
    if since is None:
        return item
    index = {"gsi1pk": {"S": queue(Status.SPAM, shard_of(lead))}, "gsi1sk": {"S": f"{iso(since)}#{lead.lead_id}"}}
    return item | index


def looks(shard: int) -> str:
    """Returns the list in index 2 of the leads that Baton re-evaluates at a given time, by that time."""
    return f"LOOKS#{shard}"


def lead_indexes(lead: Lead) -> Key:
    """Returns a lead's places: its queue in index 1; in index 2 the time of its re-evaluation, if there is one.

    A lead that is merged into another is in neither.
    """
    if lead.merged_into:
        return {}
    look = next_look_at(lead)
    if look is None:
        return queue_of(lead)
    return queue_of(lead) | {"gsi2pk": {"S": looks(shard_of(lead))}, "gsi2sk": {"S": f"{iso(look)}#{lead.lead_id}"}}


def shard_of(lead: Lead) -> int:
    """Returns the shard of a lead, from 0 to `QUEUE_SHARDS` - 1."""
    return zlib.crc32(lead.lead_id.encode()) % QUEUE_SHARDS
