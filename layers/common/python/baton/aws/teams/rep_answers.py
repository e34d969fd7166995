"""Saves what a rep answers on a link's page: of the lead, or of themselves."""

from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.link_commands import save_link_answer
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.refusals import Refused
from baton.domain.handoffs.handoff_owner import present_owner
from baton.domain.handoffs.link_actions import LinkAnswer
from baton.domain.leads.lead import Lead
from baton.domain.teams.leaves import LeaveRequest
from baton.domain.teams.reps import Rep


def save_answer(
    commands: Commands,
    lead_id: str,
    handoff_id: str,
    assignment: int,
    link_answer: LinkAnswer | LeaveRequest,
    now: datetime,
    word: str | None = None,
) -> Lead:
    """Saves an answer on behalf of the rep to whom the link was mailed; returns its lead. See `save_link_answer`."""
    if not isinstance(link_answer, LeaveRequest):
        return save_link_answer(commands, lead_id, handoff_id, assignment, link_answer, now, word)
    lead = commands.store.lead(lead_id)
    if lead is None:
        raise NotFound("the lead was erased since this mail was sent")
    _save_leave(commands, present_owner(lead, handoff_id, assignment).email, link_answer, now)
    return lead


def _save_leave(commands: Commands, email: str, leave: LeaveRequest, now: datetime) -> None:
    """Puts a leave on the roster of every team that the rep is on, or takes it back there.

    Raises:
        Refused: they are on none.
        WrongField: a day is wrong.
        Contended: a roster changed at every attempt.
    """
    from baton.aws.leads.reassignment_roster import teams_of  # most answers are about the lead  # noqa: PLC0415
    from baton.aws.teams.roster_changes import change_roster  # as above  # noqa: PLC0415
    from baton.domain.teams.availability import TeamHours  # as above  # noqa: PLC0415
    from baton.domain.teams.leaves import take_back, take_leave  # as above  # noqa: PLC0415

    teams = teams_of(commands.store, email, [*commands.agreement.rosters])
    if not teams:
        raise Refused("you are on the roster of no team")
    agreement = commands.agreement
    for team in sorted(teams):
        hours = TeamHours(agreement.calendars, agreement.rosters[team].calendar)

        def change(before: Rep | None, hours: TeamHours = hours) -> Rep:
            if before is None or not before.is_here:
                raise Refused("you are on the roster of no team any more")
            zone = hours.zone(before)
            return (take_back if leave.taken_back else take_leave)(before, leave, zone, now)

        change_roster(commands.store, team, email, change, email, now)
