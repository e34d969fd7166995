"""Keys of a team: its roster, its turns, its events."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import EVENTS, Key, key


def team_partition(team: str) -> str:
    """The partition that holds a team's roster."""
    return f"TEAM#{team}"


ROSTER = "REP#"
"""Where the roster begins in a team's partition: its people, then what was told of the team, then the turns of each
pool. The team's events stand before."""
TURNS = "TURNS#"
TOLD = "TEAM"


def rep(team: str, email: str) -> Key:
    """A person on a team's roster."""
    return key(team_partition(team), f"{ROSTER}{email}")


def turns(team: str, pool: str) -> Key:
    """Whose turn it is in a pool of a team, and who waits."""
    return key(team_partition(team), f"{TURNS}{pool}")


def team_of(item: Mapping[str, Any]) -> str:
    """The team in whose partition an item stands."""
    return str(item["pk"]["S"].partition("#")[2])


def told(team: str) -> Key:
    """What was told of a team."""
    return key(team_partition(team), TOLD)


def team_event(event_id: str) -> Key:
    """Something that happened to a team."""
    team, number = event_id.removeprefix("team-").rsplit("-", 1)
    return key(team_partition(team), f"{EVENTS}{number}")
