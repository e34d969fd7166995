"""Leads that wait in line get their turn: the bus says that somebody may be free, or a timer that hours begin."""

from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.teams.waiting_lines import WaitingLines
from baton.domain.basics.moments import iso

lines = WaitingLines.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, str | None]:
    """Serve the lines; a timer is told when to look again, `{"due_at": null}` for never, or set if there is none."""
    if "detail" not in event:
        due_at = lines.look(event["team"], event["event_id"], utc_now())
        return {"due_at": iso(due_at) if due_at else None}
    teams = lines.teams(event["detail"])
    for team in teams:
        if due_at := lines.serve(team, utc_now(), len(teams)):
            lines.timers.keep(team, due_at, utc_now())
    return {}
