"""A duty: what marketing owes a lead, and by when: to review it, or to answer why sales gave it back."""

from typing import Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.clock import Clock

DutyKind = Literal["review", "return"]
Verdict = Literal["good_fit", "bad_timing", "bad_fit", "not_ready"]
MERGED = "merged"
"""How a duty ends by itself whose lead was merged into another that marketing looks at; also where reports count it."""


class Review(Fact):
    """What a reviewer said of a lead, and when: the verdict, all answers to the checklist, a reason, a date."""

    verdict: Verdict
    by: str
    at: Instant
    answers: dict[str, bool] = Field(default_factory=dict)
    reason: str | None = None
    review_on: Instant | None = None


class Duty(Fact):
    """One duty towards a lead. `handoff_id` and `reason` are of what sales gave back.

    It is over with marketing's verdict, or once the lead is with sales anyhow (`handed_over`).
    """

    duty_id: str
    kind: DutyKind
    why: str
    team: str
    handoff_id: str | None = None
    reason: str | None = None
    clock: Clock
    agreement_version: int
    opened_at: Instant
    closed_at: Instant | None = None
    verdict: str | None = None
    by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether marketing still owes it."""
        return self.closed_at is None

    def closed(self, verdict: str, by: str, at: Instant) -> "Duty":
        """The duty, done, unless it was before."""
        if not self.is_open:
            return self
        over = {"closed_at": at, "verdict": verdict, "by": by, "clock": self.clock.stopped(at)}
        return self.model_copy(update=over)

    def reopened(self) -> "Duty":
        """The duty as it was before it ended because its lead was merged into another."""
        if self.verdict != MERGED:
            return self
        running = self.clock.model_copy(update={"stopped_at": None})
        return self.model_copy(update={"closed_at": None, "verdict": None, "by": None, "clock": running})


def duty_id_of(lead_id: str, number: int) -> str:
    """The id of a lead's nth duty; the lead's id is read back from it."""
    return f"{lead_id}-D{number:03d}"


def duty_number(duty: Duty | None) -> int:
    """Which duty towards its lead this is; 0 before the first."""
    return int(duty.duty_id.rpartition("-D")[2]) if duty else 0
