"""Carries a command out: load the lead, decide, hand it over if a trigger holds, save; again if somebody was faster."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.agreement.model import Agreement
from baton.aws.agreements import Agreements
from baton.aws.store import Conflict, NotFound, RepeatKey, Store
from baton.domain import sales, triggers
from baton.domain.events import Event
from baton.domain.history import Change
from baton.domain.lead import Lead

PATIENCE_SECONDS = 12.0
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.5

Decide = Callable[[Lead], list[Event]]
Author = str | Callable[[Lead], str]
"""Who did it, as the history keeps it; a function where only the lead tells."""
DecideOnAnyone = Callable[[Lead | None], list[Event]]


class Contended(Exception):
    """Too many changed the same lead at once; nothing was saved, and the same request may be sent again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands arrive: the store, the agreement in force, and the time of the request."""

    store: Store
    agreements: Agreements

    @classmethod
    def from_environment(cls) -> Self:
        """The desk of the deployed stack."""
        store = Store.from_environment()
        return cls(store, Agreements.from_environment(store))

    @property
    def agreement(self) -> Agreement:
        """The agreement in force."""
        return self.agreements.in_force().agreement

    def change(self, lead_id: str, decide: Decide, *, by: Author, now: datetime) -> Lead:
        """Carry out a command on a lead that exists, and give the lead as it is afterwards.

        Raises:
            NotFound: there is no such lead.
            Refused: the domain does not allow it.
            Contended: too many changed the lead at once.
        """

        def on_known(lead: Lead | None) -> list[Event]:
            if lead is None:
                raise NotFound("there is no such lead")
            return decide(lead)

        lead = self.receive(lead_id, on_known, by=by, now=now)
        if lead is None:
            raise NotFound("there is no such lead")
        return lead

    def receive(
        self, lead_id: str, decide: DecideOnAnyone, *, by: Author, now: datetime, repeat: RepeatKey | None = None
    ) -> Lead | None:
        """Carry out a command on a lead that may not be known yet, and give the lead as it is afterwards.

        Raises:
            Repeated: the message was dealt with before.
            Contended: too many changed the lead at once.
        """
        for _ in _attempts():
            lead = self.store.lead(lead_id)
            happened = decide(lead)
            change = Change.to(lead, lead_id).then(happened, now, by(lead) if callable(by) and lead else str(by))
            if change.events:
                change = self._handed_over(change, now)
            try:
                self.store.save(change, repeat)
            except Conflict:
                continue
            return change.after
        raise Contended("too many changed the same lead at once; send the same request again")

    def _handed_over(self, change: Change, now: datetime) -> Change:
        in_force = self.agreements.in_force()
        handover = triggers.due(change.after, in_force.agreement)
        if handover is None or change.after is None:
            return change
        roster = self.store.roster(handover.terms.team)
        offered = sales.offer(change.after, handover, in_force.version, roster, now)
        return change.then(offered, now, "agreement")


def _attempts() -> Iterator[int]:
    """Attempts with full jitter between them, until patience ends."""
    started, pause, attempt = time.monotonic(), FIRST_PAUSE_SECONDS, 0
    while True:
        yield attempt
        attempt += 1
        if time.monotonic() - started > PATIENCE_SECONDS:
            return
        time.sleep(random.uniform(0, pause))  # noqa: S311  # spreads writers, hides nothing
        pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
