"""Keys of a handoff, and its places in both indexes: worklists of reps, and waiting lines of teams."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from baton.aws.table.keys.item_key import (
    AFTER_ALL,
    Key,
    first_and_rest,
    key,
    last_word,
    name_in_partition,
    sort_key_of,
)
from baton.aws.table.keys.lead_keys import Kind, lead_partition
from baton.aws.table.keys.report_keys import Reported, report_index
from baton.domain.basics.moments import iso
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.routing_choice import LineKey

HANDOFFS = f"{Kind.HANDOFF}#"
NOBODY = "nobody"
NEVER = "9999"
FORM = "form"


def handoff(handoff_id: str) -> Key:
    """Returns the key of a handoff; its id is the lead's id and a number, `9f…-001`."""
    lead_id, number = handoff_id.rsplit("-", 1)
    return key(lead_partition(lead_id), f"{HANDOFFS}{number}")


def handoff_id_of(item: Mapping[str, Any]) -> str:
    """Returns the id of the handoff with this key."""
    return f"{name_in_partition(item)}-{first_and_rest(sort_key_of(item))[1]}"


def lead_id_of(handoff_id: str) -> str:
    """Returns the lead's id, with which the id of a handoff begins."""
    return handoff_id.rpartition("-")[0]


def worklist(owner: str | None) -> str:
    """Returns a worklist in index 1: a rep's open handoffs, a marketing team's open duties, or, for None, ownerless
    handoffs.
    """
    return f"REP#{owner or NOBODY}#open"


def line_name(key: LineKey) -> str:
    """Names a waiting line of a pool by hashes of its former owners and of its additional candidates; `new` without.

    The names of lines of leads whom only forms know begin with `form`.
    """
    former_owners, candidates, by_form = key
    named = (("had", former_owners), ("for", candidates))
    words = [f"{word}-{_digest(people)}" for word, people in named if people]
    return "-".join([FORM, *words] if by_form else words) or "new"


def is_by_form(line: str) -> bool:
    """Tells whether only forms know the leads of the line with this name."""
    return line.split("-", 1)[0] == FORM


def _digest(people: Collection[str]) -> str:
    return hashlib.sha256(" ".join(sorted(people)).encode()).hexdigest()[:12]


def line_prefix(team: str, pool: str, key: LineKey) -> str:
    """Returns the beginning of the ranks of one waiting line, among the handoffs without owner in index 1."""
    return f"{team}#{pool}#{line_name(key)}#"


def after_line(prefix: str) -> str:
    """Returns a rank that sorts after all of the line with this prefix."""
    return f"{prefix}{AFTER_ALL}"


def waiting_since(rank: str, prefix: str) -> str:
    """Returns the rest of a rank in a line: when the handoff began to wait, and its id."""
    return rank.removeprefix(prefix)


def handoff_of_rank(rank: str) -> str:
    """Returns the id of the handoff with this rank in index 1."""
    return last_word(rank)


def team_of_rank(rank: str) -> str:
    """Returns the team in whose waiting line a handoff without owner has this rank."""
    return first_and_rest(rank)[0]


def before_team(team: str) -> str:
    """Returns a rank that sorts before all waiting lines of a team."""
    return f"{team}#"


def after_team(team: str) -> str:
    """Returns a rank that sorts after all waiting lines of a team, and before those of the next."""
    return f"{team}$"


def handoff_indexes(handoff: Handoff) -> Key:
    """Returns a handoff's places: in index 1, while it is open, its owner's worklist by due time, or its line.

    A line is sorted by waiting time. In index 2 it always stands in the month in which it was offered.
    """
    month = report_index(Reported.HANDOFFS, handoff.offered_at, handoff.handoff_id)
    if not handoff.is_open:
        return month
    if handoff.owner:
        rank = due_rank([clock for clock in handoff.clocks if not clock.stopped_at])
    else:
        rank = f"{line_prefix(handoff.team, handoff.pool, handoff.line_key)}{iso(handoff.assigned_at)}"
    rank = f"{rank}#{handoff.handoff_id}"
    return {**month, "gsi1pk": {"S": worklist(handoff.owner)}, "gsi1sk": {"S": rank}}


def due_rank(running: Collection[Clock]) -> str:
    """Writes when the first of the running clocks is due as the beginning of a rank; what is never due sorts last.

    After a `#` follows when the first of them is late, if it has a grace until then.
    """
    if not running:
        return NEVER
    due_at, late_after = min(each.due_at for each in running), min(each.late_after for each in running)
    return iso(due_at) if due_at == late_after else f"{iso(due_at)}#{iso(late_after)}"


def is_late(rank: str, now: datetime) -> bool:
    """Tells whether what has this rank in a worklist is late: whether its due time, and its grace if any, is over."""
    return rank.rsplit("#", 2)[-2] < iso(now)
