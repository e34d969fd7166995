"""Runs when a lead's timer ends: reminds, escalates, reassigns the lead, or does nothing."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.moments import iso_of_timer
from baton.domain.events.recorded import Event
from baton.domain.follow_up.due_actions import act_on_overdue, team_to_read
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import timer_look_at

commands = Commands.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, str | None]:
    """Acts on what is overdue, and returns when to look again; `{"due_at": null}` ends the timer."""
    lead_id, timer, now = event["lead_id"], event["event_id"], utc_now()

    def decide(lead: Lead) -> list[Event]:
        roster = roster_for(commands, lead, now) if team_to_read(lead, timer, now) else Roster()
        return act_on_overdue(lead, timer, roster, commands.agreements.in_force, now, commands.account)

    try:
        due_at = timer_look_at(commands.change(lead_id, decide, by="timer", now=now, find_account=True), timer)
    except NotFound:
        due_at = None
    return {"due_at": iso_of_timer(due_at) if due_at else None}
