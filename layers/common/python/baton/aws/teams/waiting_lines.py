"""Serves the lines in which leads wait: whoever is able gets the lead that has waited longest for them.

A lead costs the same whatever the length of its line. What another invocation was faster with is left alone, so that
any number of them may work at once. Who waits for a team that gets no leads any more goes to the one that is agreed.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from aws_lambda_powertools import Logger

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.table.keys import handoff_keys
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.line_heads import LineHeads, teams_in_line
from baton.aws.teams.rep_departure import UNSERVABLE, RepDeparture
from baton.aws.teams.team_timers import BY, TeamTimers
from baton.domain.events.recorded import Event
from baton.domain.handoffs import offering
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster
from baton.domain.teams.waiting_leads import LineWithLeads, lines_with_leads, next_servable_at, servable_lines

logger = Logger()

BUDGET_SECONDS = 25.0
INDEX_BEHIND = timedelta(seconds=2)
MAX_AHEAD = timedelta(days=360)  # Step Functions ends whatever waits for longer than a year


class NotInForceYet(Exception):
    """This function still goes on with an older agreement than the one that came into force; the event comes again."""


@dataclass(frozen=True, slots=True)
class WaitingLines:
    """The lines of all teams."""

    commands: Commands
    timers: TeamTimers

    @classmethod
    def from_environment(cls) -> Self:
        """The lines of the deployed stack."""
        commands = Commands.from_environment()
        return cls(commands, TeamTimers(commands.store))

    def teams(self, detail: Mapping[str, Any]) -> list[str]:
        """The teams whose lines an event may move: its own, and the one that had the lead before; all of them, if it is
        about none in particular, and first those for which leads wait although they get none any more.

        Raises:
            NotInForceYet: this function has not heard of that agreement yet.
        """
        in_force = self.commands.agreements.in_force()
        gives_leads_to = in_force.agreement.gives_leads_to
        if "team" in detail:
            former = detail.get("former_team")
            return [detail["team"], *([former] if former and gives_leads_to(former) else [])]
        if in_force.version < detail.get("agreement_version", 0):
            raise NotInForceYet(f"version {in_force.version} is in force here, and not the new one yet")
        dropped = (team for team in teams_in_line(self.commands.store) if not gives_leads_to(team))
        return [*dict.fromkeys((*dropped, *in_force.agreement.teams))]

    def serve(self, team: str, now: datetime, teams: int = 1) -> datetime | None:
        """Give the leads that wait in a team to whoever is able, until nobody is or the seconds are over, which so many
        `teams` share. What is still with somebody who has left the team is passed on first.

        Returns when to look again: at once if there is more to do, or when by time alone somebody comes to be able;
        None if nobody waits, or only an event can help.
        """
        end, heads = time.monotonic() + BUDGET_SECONDS / teams, LineHeads(self.commands.store, team)
        if not RepDeparture(self.commands, team).reassign_leftovers(now, end):
            return now
        while True:
            roster = self.commands.roster(team)
            known = heads.without_skipped(roster)
            waiting = _to_serve(known, now)
            if not waiting:
                due_at = next_servable_at(known, now)
                return min(due_at, now + MAX_AHEAD) if due_at else None
            head = heads.first(waiting)
            if head is None:
                return now + INDEX_BEHIND
            try:
                if self._has_left(head.handoff_id, team, roster, now):
                    head.leave()
            except UNSERVABLE as fault:  # who looks for the forgotten tells of it; the others are not to wait for it
                logger.warning("a lead in line is skipped", handoff_id=head.handoff_id, kind=type(fault).__name__)
                head.skip()
            if time.monotonic() > end:
                return now

    def look(self, team: str, timer: str, now: datetime) -> datetime | None:
        """The same because a timer is due, if it is the one that counts; without another moment, it counts no more."""
        if self.commands.store.roster(team).told.timer != timer:
            return None
        due_at = self.serve(team, now)
        return due_at if self.timers.go_on(team, timer, due_at) else None

    def _has_left(self, handoff_id: str, team: str, roster: Roster, now: datetime) -> bool:
        """Give a lead to whoever is able by the roster at hand or, if that has changed or is of no use, by a new one.

        Returns whether the lead waits in the team no longer; it may not have before.
        """
        rosters = iter(() if roster.no_leads else (roster,))

        def decide(lead: Lead) -> list[Event]:
            if lead.handoff is None or lead.handoff.team != team:
                return []
            return offering.serve_waiting_lead(
                lead, handoff_id, next(rosters, None) or roster_for(self.commands, lead, now), now
            )

        try:
            handoff = self.commands.change(handoff_keys.lead_of(handoff_id), decide, by=BY, now=now).handoff
        except NotFound:
            return True
        return handoff is None or (handoff.handoff_id, handoff.team) != (handoff_id, team) or not handoff.is_waiting


def _to_serve(roster: Roster, now: datetime) -> list[LineWithLeads]:
    """The lines to serve now: all of a team that gets no leads any more, for they go elsewhere."""
    return lines_with_leads(roster) if roster.no_leads else servable_lines(roster, now)
