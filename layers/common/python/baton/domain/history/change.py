"""Collects the events that a command adds to a lead's history, and the lead after them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple, Self

from baton.domain.events.recorded import Event, Recorded, event_id_of
from baton.domain.history.lead_fold import evolve
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts


class TimerChange(NamedTuple):
    """What becomes of a lead's timer: one is set for `due_at`, and the one ends that the event `ends` had set."""

    ends: str
    due_at: datetime | None = None


Decide = Callable[[Lead], list[Event]]
"""A decision on a lead: the events that follow from a command."""


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of a command on a lead: the lead before, the lead after, and the new events."""

    lead_id: str
    before: Lead | None
    after: Lead | None
    events: tuple[Recorded, ...] = ()

    @classmethod
    def begin(cls, lead: Lead | None, lead_id: str) -> Self:
        """Starts an empty change of a lead; `lead` is None if it does not exist yet."""
        return cls(lead_id, before=lead, after=lead)

    def then(self, happened: Sequence[Event], now: datetime, by: str) -> "Change":
        """Appends events to the change, and folds them into the lead."""
        after, recorded = self.after, list(self.events)
        for event in happened:
            number = (after.version if after else 0) + 1
            fact = Recorded(
                event_id=event_id_of(self.lead_id, number), lead_id=self.lead_id, at=now, by=by, event=event
            )
            after = evolve(after, fact)
            recorded.append(fact)
        return Change(self.lead_id, self.before, after, tuple(recorded))

    def with_timer(self, timer: TimerChange | None) -> "Change":
        """Notes with the last event what became of the lead's timer; None: nothing did."""
        if timer is None or self.after is None:
            return self
        *events, last = self.events
        last = last.model_copy(update={"timer_due_at": timer.due_at, "ends_timer": timer.ends})
        after = self.after.model_copy(update={"timer": last.event_id}) if timer.due_at else self.after
        return Change(self.lead_id, self.before, after, (*events, last))

    def with_counts(self, tally: SignalCounts | None) -> "Change":
        """Stores the counts of the lead's signals with the lead after the change."""
        if self.after is None or tally is None:
            return self
        after = self.after.model_copy(update={"tally": tally.as_data()})
        return Change(self.lead_id, self.before, after, self.events)

    @property
    def happened(self) -> list[Event]:
        """Returns the new events, in order, without their ids and times."""
        return [recorded.event for recorded in self.events]

    @property
    def handoffs(self) -> list[Handoff]:
        """Returns the handoffs that the change created or altered: one, or the one that ended and the next."""
        had = self.before and self.before.handoff
        now = {lead.handoff.handoff_id: lead.handoff for lead in self._steps if lead.handoff}
        return [handoff for handoff in now.values() if handoff != had]

    @property
    def duties(self) -> list[Duty]:
        """Returns the duties that the change created or altered."""
        had = self.before and self.before.duty
        now = {lead.duty.duty_id: lead.duty for lead in self._steps if lead.duty}
        return [duty for duty in now.values() if duty != had]

    @property
    def _steps(self) -> list[Lead]:
        """Returns the lead after each event if its handoff or duty was replaced on the way, else after the last."""
        before, after = self.before, self.after
        if before is None or after is None or not (_other_handoff(before, after) or _other_duty(before, after)):
            return [after] if after else []
        steps = accumulate(self.events, evolve, initial=before)
        return [step for step in steps if step is not before]


def _other_handoff(before: Lead, after: Lead) -> bool:
    had, has = before.handoff, after.handoff
    return had is not None and has is not None and had.handoff_id != has.handoff_id


def _other_duty(before: Lead, after: Lead) -> bool:
    had, has = before.duty, after.duty
    return had is not None and has is not None and had.duty_id != has.duty_id
