"""Runs when a rep may be free, or a timer says that working hours begin: assigns leads that wait in line."""

from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.teams.waiting_lines import WaitingLines
from baton.domain.basics.moments import iso

lines = WaitingLines.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, str | None]:
    """Assigns waiting leads. A timer gets the time to look again, as `due_at`; an event sets a timer if needed."""
    if "detail" not in event:
        due_at = lines.look(event["team"], event["event_id"], utc_now())
        return {"due_at": iso(due_at) if due_at else None}
    teams = lines.teams(event["detail"])
    for team in teams:
        if due_at := lines.serve(team, utc_now(), len(teams)):
            lines.timers.keep(team, due_at, utc_now())
    return {}
