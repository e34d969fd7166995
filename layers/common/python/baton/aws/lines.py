"""Serves the lines in which leads wait: whoever is able gets the lead that has waited longest for them.

A lead costs the same whatever the length of its line. What another invocation was faster with is left alone, so that
any number of them may work at once.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from baton.aws import keys
from baton.aws.desk import Desk
from baton.aws.heads import Heads
from baton.aws.store import NotFound
from baton.aws.team_timers import BY, TeamTimers
from baton.domain import sales
from baton.domain.events import Event
from baton.domain.lead import Lead
from baton.domain.roster import Roster
from baton.domain.waiting import can_be_served, next_moment

BUDGET_SECONDS = 25.0
INDEX_BEHIND = timedelta(seconds=2)
FARTHEST = timedelta(days=360)  # Step Functions ends whatever waits for longer than a year


class NotInForceYet(Exception):
    """This function still goes on with an older agreement than the one that came into force; the event comes again."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all teams."""

    desk: Desk
    timers: TeamTimers

    @classmethod
    def from_environment(cls) -> Self:
        """The lines of the deployed stack."""
        desk = Desk.from_environment()
        return cls(desk, TeamTimers(desk.store))

    def teams(self, detail: Mapping[str, Any]) -> list[str]:
        """The teams whose lines an event may move: its own; all of them, if it is about none in particular.

        Raises:
            NotInForceYet: this function has not heard of that agreement yet.
        """
        if "team" in detail:
            return [detail["team"]]
        in_force = self.desk.agreements.in_force()
        if in_force.version < detail.get("agreement_version", 0):
            raise NotInForceYet(f"version {in_force.version} is in force here, and not the new one yet")
        return [*in_force.agreement.teams]

    def serve(self, team: str, now: datetime, teams: int = 1) -> datetime | None:
        """Give the leads that wait in a team to whoever is able, until nobody is or the seconds are over, which so many
        `teams` share.

        Returns when to look again: at once if there is more to do, or when by time alone somebody comes to be able;
        None if nobody waits, or only an event can help.
        """
        end, heads = time.monotonic() + BUDGET_SECONDS / teams, Heads(self.desk.store, team)
        while True:
            roster = self.desk.roster(team)
            waiting = can_be_served(roster, now)
            if not waiting:
                due_at = next_moment(roster, now)
                return min(due_at, now + FARTHEST) if due_at else None
            head = heads.first(waiting)
            if head is None:
                return now + INDEX_BEHIND
            if self._has_left(head.handoff_id, roster, now):
                head.leave()
            if time.monotonic() > end:
                return now

    def look(self, team: str, timer: str, now: datetime) -> datetime | None:
        """The same because a timer is due, if it is the one that counts; without another moment, it counts no more."""
        if self.desk.store.roster(team).told.timer != timer:
            return None
        due_at = self.serve(team, now)
        return due_at if self.timers.go_on(team, timer, due_at) else None

    def _has_left(self, handoff_id: str, roster: Roster, now: datetime) -> bool:
        """Give a lead to whoever is able by the roster at hand or, if that has changed, by the new one.

        Returns whether the lead waits no longer; it may not have before.
        """
        rosters = iter((roster,))

        def decide(lead: Lead) -> list[Event]:
            team = lead.handoff.team if lead.handoff else None
            return sales.take_from_line(lead, handoff_id, next(rosters, None) or self.desk.roster(team), now)

        try:
            handoff = self.desk.change(keys.lead_of(handoff_id), decide, by=BY, now=now).handoff
        except NotFound:
            return True
        return handoff is None or handoff.handoff_id != handoff_id or not handoff.waits
