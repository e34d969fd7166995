"""Keys of a lead's own items, and its places in both indexes."""

import zlib
from datetime import datetime

from baton.aws.table.keys.anonymous_keys import ANONYMOUS
from baton.aws.table.keys.item_key import EVENTS, Key, key
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.deadlines import next_look_at

QUEUE_SHARDS = 4
_COLDEST = 10**10
ELSEWHERE = "ELSEWHERE"
SUSPECTED = "SUSPECTED"


def lead_partition(lead_id: str) -> str:
    """The partition that holds everything about one person."""
    return f"LEAD#{lead_id}"


def lead(lead_id: str) -> Key:
    """The lead itself."""
    return key(lead_partition(lead_id), "LEAD")


def event(event_id: str) -> Key:
    """One event of a lead's history."""
    lead_id, number = event_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{EVENTS}{number}")


def elsewhere(lead_id: str) -> Key:
    """Where else the lead's history is kept: it stands just before the events, so that one query gives it with them."""
    return key(lead_partition(lead_id), ELSEWHERE)


def known_anonymously(lead_id: str, anonymous_id: str) -> Key:
    """That a lead is known by such an id: in its own partition, so that it goes with it."""
    return key(lead_partition(lead_id), f"{ANONYMOUS}{anonymous_id}")


def seen(lead_id: str, source: str, message: str) -> Key:
    """The mark that a message was dealt with."""
    return key(lead_partition(lead_id), f"SEEN#{source}#{message}")


def leads_of_company(company: str) -> str:
    """Index 1: the leads known of a company: of a registrable domain, or of a normalised name (`name:acme`)."""
    return f"COMPANY#{company}"


def company_pointer(lead_id: str, company: str) -> Key:
    """What leads from a company to one of its leads: an item in the lead's own partition, so that it goes with it."""
    index = {"gsi1pk": {"S": leads_of_company(company)}, "gsi1sk": {"S": lead_id}}
    return key(lead_partition(lead_id), leads_of_company(company)) | index


def known_as(source: str, id_: str) -> str:
    """Index 1: whoever a marketing tool knows by an id."""
    return f"KNOWN#{source}#{id_}"


def known_pointer(lead_id: str, source: str, id_: str, since: datetime) -> Key:
    """What leads from a tool's id of somebody to the lead: an item in the lead's own partition, the latest counts."""
    index = {"gsi1pk": {"S": known_as(source, id_)}, "gsi1sk": {"S": f"{iso(since)}#{lead_id}"}}
    return key(lead_partition(lead_id), known_as(source, id_)) | index


def queue(status: str, shard: int) -> str:
    """Index 1: the leads of one status; several partitions, so that no status has a hot one."""
    return f"QUEUE#{status}#{shard}"


def queue_of(lead: Lead) -> Key:
    """Index 1 for a lead: its queue, in the order in which leads came into it; nurturing, the warmest first."""
    rank = f"{iso(lead.status_since)}#{lead.lead_id}"
    if lead.status is Status.NURTURING:
        coldness = _COLDEST - (lead.tally["warmth"] if lead.tally else 0.0)
        rank = f"{coldness:016.4f}#{rank}"
    return {"gsi1pk": {"S": queue(lead.status, shard_of(lead))}, "gsi1sk": {"S": rank}}


def suspected(lead: Lead, since: datetime | None) -> Key:
    """What lists a lead that is known besides in the queue of those taken for robots, since when; or does no longer."""
    item = key(lead_partition(lead.lead_id), SUSPECTED)
    if since is None:
        return item
    index = {"gsi1pk": {"S": queue(Status.SPAM, shard_of(lead))}, "gsi1sk": {"S": f"{iso(since)}#{lead.lead_id}"}}
    return item | index


def looks(shard: int) -> str:
    """Index 2: the leads that Baton is to look at again at some time, the earliest first."""
    return f"LOOKS#{shard}"


def indexes_of_lead(lead: Lead) -> Key:
    """Index 1 for a lead: its queue. Index 2, while Baton is to look at it again at some time: that time.

    A lead for which another one stands is in none.
    """
    if lead.merged_into:
        return {}
    look = next_look_at(lead)
    if look is None:
        return queue_of(lead)
    return queue_of(lead) | {"gsi2pk": {"S": looks(shard_of(lead))}, "gsi2sk": {"S": f"{iso(look)}#{lead.lead_id}"}}


def shard_of(lead: Lead) -> int:
    """The shard of a lead, from 0 to `QUEUE_SHARDS` - 1."""
    return zlib.crc32(lead.lead_id.encode()) % QUEUE_SHARDS
