"""The people of the sales team, as the table keeps them: how many leads each holds, and when they got the last."""

from datetime import datetime

from baton.domain.change import Change
from baton.domain.lead import Lead
from baton.domain.routing import Rep, Subscription


class Team:
    """Who is there, and what they hold."""

    def __init__(self) -> None:
        self.reps: dict[str, Rep] = {}

    def roster(self, _team: str = "sales") -> list[Rep]:
        return list(self.reps.values())

    def joins(self, rep: Rep) -> None:
        self.reps[rep.email] = rep

    def agree(self, email: str, **terms: object) -> None:
        """Something else is agreed for somebody."""
        self.reps[email] = self.reps[email].model_copy(update=terms)

    def leaves(self, email: str) -> None:
        self.agree(email, subscription=Subscription.REMOVED)

    def keep(self, change: Change, now: datetime) -> None:
        """Who holds one lead more after a change, and who one less."""
        had, has = _holder(change.before), _holder(change.after)
        if had == has:
            return
        if had:
            self.agree(had, open_handoffs=self.reps[had].open_handoffs - 1)
        if has:
            self.agree(has, open_handoffs=self.reps[has].open_handoffs + 1, last_offered_at=now)


def _holder(lead: Lead | None) -> str | None:
    return lead.handoff.owner if lead and lead.handoff and lead.handoff.is_open else None
