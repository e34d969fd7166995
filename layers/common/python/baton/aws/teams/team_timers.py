"""The one timer of a team that counts: when it looks again whether somebody can take the leads that wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.aws.table.keys import team_keys
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.team_items import tell
from baton.aws.table.turn_items import Expression
from baton.domain.basics.moments import iso
from baton.domain.teams.team_events import LeadsWaiting

SHARE_OF_PATIENCE = 0.4
"""Of one timer: lines were served before it, with patience of their own."""
MAY_LOOK_NOW = timedelta(seconds=2)
"""A timer that is due within so long may have looked before what it is needed for now."""
BY = "line"


@dataclass(frozen=True, slots=True)
class TeamTimers:
    """The timers of all teams."""

    store: Store

    def keep(self, team: str, due_at: datetime, now: datetime) -> None:
        """See to it that a timer looks at the team's lines by then; one that does so in time is enough.

        Raises:
            Contended: too many told of the team at once.
        """

        def attempt() -> None:
            told = self.store.roster(team).told
            if told.due_at and now + MAY_LOOK_NOW < told.due_at <= due_at:
                return
            self.store.write(tell(self.store.table, told, LeadsWaiting(team=team, due_at=due_at), BY, now))

        retry_on_conflict(attempt, "too many told of the team at once; the event comes again", SHARE_OF_PATIENCE)

    def go_on(self, team: str, timer: str, due_at: datetime | None) -> bool:
        """Let a timer look again then, or no more; whether it still is the one that counts."""
        change = Expression()
        if due_at:
            change.set.append(f"due_at = {change.value({'S': iso(due_at)})}")
        else:
            change.remove += [change.name("timer"), "due_at"]
        condition = f"{change.name('timer')} = {change.value({'S': timer})}"
        return self.store.saved([change.update(self.store.table, team_keys.told(team), condition)])
