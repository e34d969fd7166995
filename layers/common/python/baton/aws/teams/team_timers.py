"""The timer of a team's waiting lines: it is set when leads wait, and only the last one set counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import team_keys
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.team_items import team_event_writes
from baton.domain.basics.moments import iso
from baton.domain.teams.team_events import LeadsWaiting

SHARE_OF_PATIENCE = 0.4
"""The share for one timer: the lines served before it have retries of their own."""
MAY_FIRE_NOW = timedelta(seconds=2)
"""A timer that is due within this time may fire before the lead that it is needed for is in line."""
BY = "line"


@dataclass(frozen=True, slots=True)
class TeamTimers:
    """Sets the timers of teams."""

    store: Store

    def keep(self, team: str, due_at: datetime, now: datetime) -> None:
        """Makes sure that a timer of the team's lines is due by then; an earlier one is enough.

        Raises:
            Contended: the team's log changed at every attempt.
        """

        def attempt() -> None:
            log = self.store.team_log(team)
            if log.due_at and now + MAY_FIRE_NOW < log.due_at <= due_at:
                return
            self.store.write(team_event_writes(self.store.table, log, LeadsWaiting(team=team, due_at=due_at), BY, now))

        retry_on_conflict(attempt, "too many told of the team at once; the event comes again", SHARE_OF_PATIENCE)

    def go_on(self, team: str, timer: str, due_at: datetime | None) -> bool:
        """Sets the timer to another time, or ends it; returns False if another timer counts by now."""
        change = UpdateExpression()
        if due_at:
            change.set.append(f"due_at = {change.value({'S': iso(due_at)})}")
        else:
            change.remove += [change.name("timer"), "due_at"]
        condition = f"{change.name('timer')} = {change.value({'S': timer})}"
        return self.store.try_write([change.update(self.store.table, team_keys.team_log(team), condition)])
