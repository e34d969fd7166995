"""A duty of marketing towards a lead: to review it, or to answer a return from sales, by a deadline."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.leads.clock import Clock

DutyKind = Literal["review", "return"]
Verdict = Literal["good_fit", "bad_timing", "bad_fit", "not_ready"]
MERGED = "merged"
"""The verdict of a duty that ended because its lead was merged into another; reports count it under this word."""


class Review(Fact):
    """What a reviewer said of a lead, and when: the verdict, all answers to the checklist, a reason, a date."""

    verdict: Verdict
    by: StaffAddress
    at: Instant
    answers: dict[str, bool] = Field(default_factory=dict)
    reason: str | None = None
    review_on: Instant | None = None


class Claim(Fact):
    """Somebody's word that they are on a duty, until then; it locks nobody out."""

    by: StaffAddress
    at: Instant
    until: Instant


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
    by: StaffAddress | None = None
    claim: Claim | None = None

    @property
    def is_open(self) -> bool:
        """Tells whether the duty has not ended yet."""
        return self.closed_at is None

    def claim_at(self, now: datetime) -> Claim | None:
        """Returns who is on the duty now; None if nobody says so, or it is over."""
        return self.claim if self.claim and self.is_open and now < self.claim.until else None

    def closed(self, verdict: str, by: str, at: Instant) -> "Duty":
        """Returns the duty as ended with a verdict, and as it is if it had ended before."""
        if not self.is_open:
            return self
        over = {"closed_at": at, "verdict": verdict, "by": by, "clock": self.clock.stopped(at), "claim": None}
        return self.model_copy(update=over)

    def reopened(self) -> "Duty":
        """Returns the duty open again, if a merge of its lead had ended it."""
        if self.verdict != MERGED:
            return self
        running = self.clock.model_copy(update={"stopped_at": None})
        return self.model_copy(update={"closed_at": None, "verdict": None, "by": None, "clock": running})


def duty_id_of(lead_id: str, number: int) -> str:
    """Builds the id of a lead's nth duty, such as `abc-D001`; the lead's id can be read from it."""
    return f"{lead_id}-D{number:03d}"


def duty_number(duty: Duty | None) -> int:
    """Returns the number of a duty among those of its lead; 0 without one."""
    return int(duty.duty_id.rpartition("-D")[2]) if duty else 0
