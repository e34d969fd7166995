"""Passes on what somebody who has left a team still holds: given in the same instant, or left over."""

import time
from dataclasses import dataclass
from datetime import datetime

from aws_lambda_powertools import Logger

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_queues import Queues
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.table.keys import handoff_keys
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.team_timers import BY
from baton.domain.events.recorded import Event
from baton.domain.handoffs import reassignment
from baton.domain.leads.lead import Lead
from baton.domain.teams.reps import Subscription

logger = Logger()

UNSERVABLE = (ValueError, KeyError, RuntimeError)
"""What comes of a lead that cannot be read, or not be saved, however often it is tried."""


@dataclass(frozen=True, slots=True)
class RepDeparture:
    """Those who have left one team."""

    commands: Commands
    team: str

    def pass_on(self, now: datetime, end: float) -> bool:
        """Pass on what they hold, until the clock (`time.monotonic`) shows `end`; whether that was all."""
        for email in self._still_holding():
            for handoff_id in Queues(self.commands.store).held_by(email):
                self._leave(handoff_id, email, now)
                if time.monotonic() > end:
                    return False
        return True

    def _still_holding(self) -> list[str]:
        roster = self.commands.store.roster(self.team)
        return [rep.email for rep in roster if rep.subscription is Subscription.REMOVED and rep.open_handoffs > 0]

    def _leave(self, handoff_id: str, email: str, now: datetime) -> None:
        def decide(lead: Lead) -> list[Event]:
            if lead.handoff is None or (lead.handoff.team, lead.handoff.owner) != (self.team, email):
                return []
            return reassignment.reassign_from_leaver(
                lead, handoff_id, self.team, email, roster_for(self.commands, lead, now), now
            )

        try:
            self.commands.change(handoff_keys.lead_of(handoff_id), decide, by=BY, now=now)
        except NotFound:
            return
        except UNSERVABLE as fault:
            logger.warning("a lead of somebody who left is skipped", handoff_id=handoff_id, kind=type(fault).__name__)
