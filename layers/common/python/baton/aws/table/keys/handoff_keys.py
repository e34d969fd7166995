"""Keys of a handoff, and its places in both indexes."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from baton.aws.table.keys.item_key import Key, key
from baton.aws.table.keys.lead_keys import lead_partition
from baton.aws.table.keys.report_keys import happened
from baton.domain.basics.moments import iso
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.routing_choice import LineKey

HANDOFFS = "HANDOFF#"
NOBODY = "nobody"
NEVER = "9999"


def handoff(handoff_id: str) -> Key:
    """One handoff of a lead."""
    lead_id, number = handoff_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{HANDOFFS}{number}")


def handoff_id(item: Mapping[str, Any]) -> str:
    """The id of the handoff with these keys."""
    return f"{item['pk']['S'].partition('#')[2]}-{item['sk']['S'].partition('#')[2]}"


def lead_of(handoff_id: str) -> str:
    """The id of the lead that a handoff hands over; the handoff's id begins with it."""
    return handoff_id.rpartition("-")[0]


def worklist(owner: str | None) -> str:
    """Index 1: the open handoffs of one salesperson, or of nobody yet."""
    return f"REP#{owner or NOBODY}#open"


def line_of(key: LineKey) -> str:
    """The name of the line in which leads wait that were had by the same people, and may be taken by the same."""
    had_it, besides = key
    parts = [f"{word}-{_digest(people)}" for word, people in (("had", had_it), ("for", besides)) if people]
    return "-".join(parts) or "new"


def _digest(people: Collection[str]) -> str:
    return hashlib.sha256(" ".join(sorted(people)).encode()).hexdigest()[:12]


def line(team: str, pool: str, key: LineKey) -> str:
    """How the ranks begin of the leads that wait in a line, on the desk of nobody."""
    return f"{team}#{pool}#{line_of(key)}#"


def team_in_line(rank: str) -> str:
    """The team in one of whose lines a rank on the desk of nobody is."""
    return rank.partition("#")[0]


def after_team(team: str) -> str:
    """What comes after all ranks of a team on the desk of nobody, and before those of the next."""
    return f"{team}$"


def indexes_of(handoff: Handoff) -> Key:
    """Index 1 while it is open: its owner's desk, by what is due first; nobody's, by line and by when it began to wait.
    Index 2 always: its month.
    """
    month = happened("HANDOFFS", handoff.offered_at, handoff.handoff_id)
    if not handoff.is_open:
        return month
    if handoff.owner:
        rank = rank_of(min((clock.due_at for clock in handoff.clocks if not clock.stopped_at), default=None))
    else:
        rank = f"{line(handoff.team, handoff.pool, handoff.line_key)}{iso(handoff.assigned_at)}"
    rank = f"{rank}#{handoff.handoff_id}"
    return {**month, "gsi1pk": {"S": worklist(handoff.owner)}, "gsi1sk": {"S": rank}}


def rank_of(moment: datetime | None) -> str:
    """A moment as a sort key: what is never due comes last."""
    return iso(moment) if moment else NEVER
