"""Keys of a team: its events, roster, log and pools; and of the mailboxes of those who get mail."""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

from baton.aws.table.keys.item_key import EVENTS, Key, first_and_rest, key, name_in_partition, sort_key_of

_REP, _POOL, _LOG = "REP", "TURNS", "TEAM"
POSTPONED = "POSTPONED#"
"""The beginning of the sort keys of mails that wait for the end of a mailbox's pause."""
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


def mailbox_of(address: str) -> str:
    """Returns the name of an address's mailbox: a hash, so that no key has an address in it for the mails' sake."""
    return hashlib.sha256(f"mailbox:{address}".encode()).hexdigest()[:24]


def _mailbox(address: str) -> str:
    return f"MAILBOX#{mailbox_of(address)}"


def mail_pause(address: str) -> Key:
    """Returns the key of a mailbox's pause: until when it gets no further mail."""
    return key(_mailbox(address), "PAUSE")


def postponed_mail(address: str, event_id: str) -> Key:
    """Returns the key of the note that an event's mail waits for the end of a mailbox's pause."""
    return key(_mailbox(address), f"{POSTPONED}{event_id}")


def postponed_event(item: Mapping[str, Any]) -> str:
    """Returns the id of the event whose mail waits."""
    return first_and_rest(sort_key_of(item))[1]


def mail_pace(address: str) -> Key:
    """Returns the key of the moment at which a mailbox may get the next mail that no lead caused."""
    return key(_mailbox(address), "PACE")
