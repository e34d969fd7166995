"""Saves a change of one person on a team's roster, and tells of it."""

from collections.abc import Callable
from datetime import datetime

from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.team_items import put, team_event_writes
from baton.domain.teams import managers
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster
from baton.domain.teams.team_events import RosterChanged

SHARE_OF_PATIENCE = 0.4
"""The share for one change: the calls to SNS in the same request take time, too."""
ChangeRep = Callable[[Rep | None], Rep]
"""Returns the changed rep; its argument is the rep now, or None."""


def change_roster(store: Store, team: str, email: str, change: ChangeRep, by: str, now: datetime) -> Roster:
    """Saves a changed rep and an event for the bus in one transaction; an unchanged rep is not written.

    Returns the roster with the changed rep.

    Raises:
        Contended: the roster changed at every attempt.
    """

    def attempt() -> Roster:
        roster = store.roster(team)
        before = roster.rep(email)
        rep = change(before)
        after = roster.with_rep(rep)
        if rep != before:
            event = RosterChanged(team=team, lost_managers=managers.loses_managers(roster, after))
            store.write([put(store.table, team, rep), *team_event_writes(store.table, roster.log, event, by, now)])
        return after

    contended = "too many changed the roster at once; send the same request again"
    return retry_on_conflict(attempt, contended, SHARE_OF_PATIENCE)
