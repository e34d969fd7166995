"""The timer: it is time to look at a lead again, and to remind, escalate, pass it on, or do nothing."""

from typing import Any

from baton.aws.clock import iso, utc_now
from baton.aws.desk import Desk
from baton.aws.onward import onward
from baton.aws.outcomes import NotFound
from baton.domain.deadlines import next_look
from baton.domain.events import Event
from baton.domain.follow_up import follow_up, needs_roster
from baton.domain.lead import Lead
from baton.domain.roster import Roster

desk = Desk.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, str | None]:
    """Act on what is overdue, and say when to look again: `{"due_at": null}` when there is nothing to wait for."""
    lead_id, timer, now = event["lead_id"], event["event_id"], utc_now()

    def decide(lead: Lead) -> list[Event]:
        roster = onward(desk, lead, now) if needs_roster(lead, timer, now) else Roster()
        return follow_up(lead, timer, roster, desk.agreements.in_force, now)

    try:
        due_at = next_look(desk.change(lead_id, decide, by="timer", now=now, find_account=True), timer)
    except NotFound:
        due_at = None
    return {"due_at": iso(due_at) if due_at else None}
