"""The terms of a handoff, as they are kept with it: plain facts, which no rule for drafts checks.

Each number stands beside the text that both departments signed: `within_seconds: 1800` beside `within: "30m"`. The text
is for people, and for an older Baton; where only the text was stored, it is read when a clock starts.
"""

from datetime import timedelta
from enum import StrEnum

from pydantic import ConfigDict

from baton.agreement.terms.durations import Period, TimeUnit
from baton.domain.basics.facts import Fact
from baton.domain.working_time.working_calendar import WorkingCalendar


class DeadlineAction(StrEnum):
    """The action of Baton at a deadline: it reminds the owner, tells the manager, or reassigns the lead."""

    REMIND = "remind"
    ESCALATE = "escalate"
    REASSIGN = "reassign"


class AgreedStep(Fact):
    """One step of a clock's ladder: an action, and the share of the clock's time before it, such as 50 percent."""

    model_config = ConfigDict(extra="allow")

    at: str | float
    percent: int | None = None
    do: DeadlineAction

    @property
    def share(self) -> float:
        """Returns the share of the clock's time after which the step is due: 0.5 for 50%."""
        if self.percent is not None:
            return self.percent / 100
        from baton.domain.working_time.spelled_times import share_in  # only for what an older Baton stored  # noqa: PLC0415

        return share_in(self.at)


class AgreedClock(Fact):
    """A time limit for a step of the handoff: `within_seconds` of the time in `within_unit` (None: plain time)."""

    model_config = ConfigDict(extra="allow")

    within: str
    within_seconds: int | None = None
    within_unit: TimeUnit | None = None
    ladder: tuple[AgreedStep, ...]
    starts_when: str = "offered"
    stops_when: str

    @property
    def limit(self) -> Period:
        """Returns the clock's time limit."""
        if self.within_seconds is not None:
            return Period(timedelta(seconds=self.within_seconds), self.within_unit or TimeUnit.PLAIN)
        from baton.domain.working_time.spelled_times import limit_in  # as above  # noqa: PLC0415

        return limit_in(self.within)


class HandoffTerms(Fact):
    """The terms agreed for one handoff: a later agreement does not change a running clock.

    `calendar` counts its business time, with the holidays of the time to come; `calendar_name` is how the agreement
    calls it. `nobody_available` is after how long Baton tries again, when nobody can take the lead.
    """

    model_config = ConfigDict(extra="allow")

    team: str
    next_step: str
    clocks: dict[str, AgreedClock]
    nobody_available: str
    nobody_available_seconds: int | None = None
    calendar: WorkingCalendar | None = None
    calendar_name: str | None = None

    @property
    def retry_after(self) -> timedelta:
        """Returns how long Baton waits before it tries again, when nobody can take the lead."""
        if self.nobody_available_seconds is not None:
            return timedelta(seconds=self.nobody_available_seconds)
        from baton.domain.working_time.spelled_times import duration_in  # as above  # noqa: PLC0415

        return duration_in(self.nobody_available)
