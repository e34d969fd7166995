"""Reassigns the handoffs of reps who have left a team: those they held, and those given to them in the same instant."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_queues import LeadQueues
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.runtime import log
from baton.aws.table.keys import handoff_keys
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.team_timers import BY
from baton.domain.events.recorded import Event
from baton.domain.handoffs import reassignment
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.teams.reps import Subscription

UNSERVABLE = (ValueError, KeyError, RuntimeError)
"""The errors of a lead that cannot be read or saved, however often it is tried."""


class Reassigned(NamedTuple):
    """The outcome for a leaver's handoffs: how many have a new owner, wait for one, or are still the leaver's."""

    passed_on: int
    waiting: int
    to_follow: int


class Leftovers(NamedTuple):
    """What leavers of a team still hold: whether time was over first, and whether the index does not show all yet."""

    time_is_over: bool = False
    some_are_unseen: bool = False


@dataclass(frozen=True, slots=True)
class RepDeparture:
    """The reps who have left one team, and what they still hold."""

    commands: Commands
    team: str

    def reassign(
        self, held: Sequence[str], rep: str, *, by: str, now: datetime, time_is_over: Callable[[], bool]
    ) -> Reassigned:
        """Reassigns the handoffs with these ids, which a rep held who has just left, until the time is over.

        Raises:
            NotFound: the lead of a handoff was erased meanwhile.
            Contended: a lead changed at every attempt; those before it are reassigned.
        """
        owners: list[str | None] = []
        for handoff_id in held:
            if time_is_over():
                break
            handoff = self._reassign(handoff_id, rep, by, now)
            owners += [handoff.owner] if handoff else []
        passed_on = sum(1 for owner in owners if owner not in (None, rep))
        return Reassigned(passed_on, owners.count(None), self._still_held_by(rep))

    def reassign_leftovers(self, now: datetime, end: float) -> Leftovers:
        """Reassigns what any leaver of the team still holds, until the clock (`time.monotonic`) shows `end`.

        A lead that cannot be read or saved is skipped. The rep's counter tells whether the index shows all handoffs.
        """
        leavers, skipped = self._held_by_leavers(), 0
        for rep in leavers:
            for handoff_id in LeadQueues(self.commands.store).held_by(rep):
                skipped += self._is_skipped(handoff_id, rep, now)
                if time.monotonic() > end:
                    return Leftovers(time_is_over=True)
        return Leftovers(some_are_unseen=bool(leavers) and sum(self._held_by_leavers().values()) > skipped)

    def _still_held_by(self, rep: str) -> int:
        """Returns how many handoffs a rep holds, by the rep's counter: the index may not show all of them yet."""
        found = self.commands.store.rep(self.team, rep)
        return found.open_handoffs if found else 0

    def _held_by_leavers(self) -> dict[str, int]:
        roster = self.commands.store.roster(self.team)
        left = (rep for rep in roster if rep.subscription is Subscription.REMOVED)
        return {rep.email: rep.open_handoffs for rep in left if rep.open_handoffs > 0}

    def _is_skipped(self, handoff_id: str, rep: str, now: datetime) -> bool:
        """Reassigns a handoff; returns whether its lead cannot be read or saved."""
        try:
            self._reassign(handoff_id, rep, BY, now)
        except NotFound:
            return False
        except UNSERVABLE as fault:
            log.warning("a lead of somebody who left is skipped", handoff_id=handoff_id, kind=type(fault).__name__)
            return True
        return False

    def _reassign(self, handoff_id: str, rep: str, by: str, now: datetime) -> Handoff | None:
        """Reassigns a handoff if the rep still holds it in this team; no roster is read if not."""

        def decide(lead: Lead) -> list[Event]:
            if lead.handoff is None or (lead.handoff.team, lead.handoff.owner) != (self.team, rep):
                return []
            roster = roster_for(self.commands, lead, now)
            return reassignment.reassign_from_leaver(lead, handoff_id, self.team, rep, roster, now)

        return self.commands.change(handoff_keys.lead_id_of(handoff_id), decide, by=by, now=now).handoff
