"""Assigns leads that wait in line: a rep with free capacity gets the lead that has waited longest.

The cost per lead does not depend on the length of the line. Several invocations may work at once: each leaves alone
what another has assigned. Leads of a team that no longer gets leads go to the team that the agreement has for them.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.runtime import log
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

BUDGET_SECONDS = 25.0
INDEX_BEHIND = timedelta(seconds=2)
LEFTOVERS_UNSEEN = timedelta(minutes=1)
"""After this time the index shows what leavers hold; if their counters are wrong, the looks cost next to nothing."""
MAX_AHEAD = timedelta(days=360)  # Step Functions ends executions after a year


class NotInForceYet(Exception):
    """This function's cached agreement is older than the one that came into force; the event is delivered again."""


@dataclass(frozen=True, slots=True)
class WaitingLines:
    """Serves the waiting lines of teams."""

    commands: Commands
    timers: TeamTimers

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        commands = Commands.from_environment()
        return cls(commands, TeamTimers(commands.store))

    def teams(self, detail: Mapping[str, Any]) -> list[str]:
        """Returns the teams whose waiting lines an event may move: its team, and the team that had the lead before.

        For an event without a team these are all teams; first come teams with waiting leads that no longer get leads.

        Raises:
            NotInForceYet: the event is about an agreement newer than the cached one.
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
        """Assigns a team's waiting leads until no rep can take one, or 25 seconds, shared by `teams`, are over.

        Handoffs of reps who left the team are reassigned first. Returns when to serve the team again: now if there is
        more to do, or when a rep's working hours begin; None if no lead waits, or only an event can help.
        """
        end = time.monotonic() + BUDGET_SECONDS / teams
        leftovers = RepDeparture(self.commands, team).reassign_leftovers(now, end)
        if leftovers.time_is_over:
            return now
        due_at = self._serve_lines(team, now, end)
        return min(due_at or now + MAX_AHEAD, now + LEFTOVERS_UNSEEN) if leftovers.some_are_unseen else due_at

    def _serve_lines(self, team: str, now: datetime, end: float) -> datetime | None:
        heads = LineHeads(self.commands.store, team)
        while True:
            roster = self.commands.roster(team)
            counted = heads.without_skipped(roster)
            waiting = _to_serve(counted, now)
            if not waiting:
                due_at = next_servable_at(counted, now)
                return min(due_at, now + MAX_AHEAD) if due_at else None
            head = heads.first(waiting)
            if head is None:
                return now + INDEX_BEHIND
            try:
                if self._has_left(head.handoff_id, team, roster, now):
                    head.leave()
                elif head.is_shared:
                    head.skip()
            except UNSERVABLE as fault:  # find_forgotten reports it; the other leads do not wait for it
                log.warning("a lead in line is skipped", handoff_id=head.handoff_id, kind=type(fault).__name__)
                head.skip()
            if time.monotonic() > end:
                return now

    def look(self, team: str, timer: str, now: datetime) -> datetime | None:
        """Serves a team because its timer is due, if that is the timer that counts; returns the timer's next time."""
        if self.commands.store.team_log(team).timer != timer:
            return None
        due_at = self.serve(team, now)
        return due_at if self.timers.go_on(team, timer, due_at) else None

    def _has_left(self, handoff_id: str, team: str, roster: Roster, now: datetime) -> bool:
        """Assigns a lead by the roster at hand or, if the roster has changed or gets no leads, by a new one.

        Returns whether the lead no longer waits in the team's lines.
        """
        rosters = iter(() if roster.no_leads else (roster,))

        def decide(lead: Lead) -> list[Event]:
            if lead.handoff is None or lead.handoff.team != team:
                return []
            return offering.serve_waiting_lead(
                lead, handoff_id, next(rosters, None) or roster_for(self.commands, lead, now), now
            )

        try:
            handoff = self.commands.change(handoff_keys.lead_id_of(handoff_id), decide, by=BY, now=now).handoff
        except NotFound:
            return True
        return handoff is None or (handoff.handoff_id, handoff.team) != (handoff_id, team) or not handoff.is_waiting


def _to_serve(roster: Roster, now: datetime) -> list[LineWithLeads]:
    """Returns the lines to serve now; all of them for a team that no longer gets leads."""
    return lines_with_leads(roster) if roster.no_leads else servable_lines(roster, now)
