"""Keys of a team: its events, roster, log and pools."""

from collections.abc import Mapping
from typing import Any, Literal

from baton.aws.table.keys.item_key import EVENTS, Key, first_and_rest, key, name_in_partition, sort_key_of

_REP, _POOL, _LOG = "REP", "TURNS", "TEAM"
ROSTER = f"{_REP}#"
"""The first sort key of the roster. A team's partition sorts as: companies, events, reps, the team's log, pools."""
TURNS = f"{_POOL}#"


def team_partition(team: str) -> str:
    """Names the partition of a team."""
    return f"TEAM#{team}"


def rep(team: str, email: str) -> Key:
    """Returns the key of a rep on a team's roster."""
    return key(team_partition(team), f"{ROSTER}{email}")


def pool(team: str, pool: str) -> Key:
    """Returns the key of a team's pool: whose turn it is, and how many leads wait."""
    return key(team_partition(team), f"{TURNS}{pool}")


def company(team: str, company: str) -> Key:
    """Returns the key of the rep who has a company's leads on a team; `company` is its hash."""
    return key(team_partition(team), f"COMPANY#{company}")


def team_log(team: str) -> Key:
    """Returns the key of a team's log: the number of its last event, and its timer."""
    return key(team_partition(team), _LOG)


def team_of(item: Mapping[str, Any]) -> str:
    """Returns the team in whose partition an item is."""
    return name_in_partition(item)


def kind_and_name(item: Mapping[str, Any]) -> tuple[Literal["rep", "pool", "log"], str]:
    """Returns what an item of the roster is, and the address of the rep or the name of the pool."""
    kind, name = first_and_rest(sort_key_of(item))
    if kind == _REP:
        return "rep", name
    return ("pool", name) if kind == _POOL else ("log", name)


def team_event(event_id: str) -> Key:
    """Returns the key of a team's event; its id is such as `team-sales-00000001`."""
    team, number = event_id.removeprefix("team-").rsplit("-", 1)
    return key(team_partition(team), f"{EVENTS}{number}")
