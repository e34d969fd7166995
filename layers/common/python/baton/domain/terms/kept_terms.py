"""The terms of a handoff, as they are kept with it: plain facts, which no rule for drafts checks.

Each number stands beside the text that both departments signed: `within_seconds: 1800` beside `within: "30m"`. The text
is for people, and for an older Baton; where only the text was stored, it is read when a clock starts.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, get_args

from pydantic import ConfigDict

from baton.agreement.terms.durations import Period, TimeUnit
from baton.domain.basics.facts import Fact
from baton.domain.working_time.working_calendar import WorkingCalendar


class DeadlineAction(StrEnum):
    """The action of Baton at a deadline: it reminds the owner, tells the manager, or reassigns the lead."""

    REMIND = "remind"
    ESCALATE = "escalate"
    REASSIGN = "reassign"


ContactOutcome = Literal["reached", "left_message", "no_answer", "wrong_number"]
"""What came of a contact: they spoke, or wrote back; a message was left; nobody answered; it is somebody else's."""
OUTCOMES: tuple[str, ...] = get_args(ContactOutcome)
OR = " or "
"""Stands between several outcomes of which one stops a clock."""


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


class AgreedAppointments(Fact):
    """What was agreed of times that are agreed with a lead: how far ahead, and from when on a step is late.

    With `first_contact_at_meeting`, the first contact is due at the start of a booked meeting.
    """

    model_config = ConfigDict(extra="allow")

    at_most: str = "30d"
    at_most_seconds: int = 30 * 86_400
    grace: str = "1h"
    grace_seconds: int = 3_600
    first_contact_at_meeting: bool = False

    @property
    def grace_period(self) -> timedelta:
        """Returns how long after the agreed time nothing is late yet."""
        return timedelta(seconds=self.grace_seconds)

    def reaches(self, at: datetime, now: datetime) -> bool:
        """Tells whether a time is to come, and no further ahead than is agreed."""
        return now < at <= now + timedelta(seconds=self.at_most_seconds)


class HandoffTerms(Fact):
    """The terms agreed for one handoff: a later agreement does not change a running clock.

    `calendar` counts its business time, with the holidays of the time to come; `calendar_name` is how the agreement
    calls it. `nobody_available` is after how long Baton tries again, when nobody can take the lead. Terms from before
    there were `appointments` have the usual ones.
    """

    model_config = ConfigDict(extra="allow")

    team: str
    next_step: str
    clocks: dict[str, AgreedClock]
    nobody_available: str
    nobody_available_seconds: int | None = None
    calendar: WorkingCalendar | None = None
    calendar_name: str | None = None
    appointments: AgreedAppointments | None = None

    @property
    def agreed_times(self) -> AgreedAppointments:
        """Returns what was agreed of times that are agreed with a lead, or what is usual."""
        return self.appointments or AgreedAppointments()

    @property
    def retry_after(self) -> timedelta:
        """Returns how long Baton waits before it tries again, when nobody can take the lead."""
        if self.nobody_available_seconds is not None:
            return timedelta(seconds=self.nobody_available_seconds)
        from baton.domain.working_time.spelled_times import duration_in  # as above  # noqa: PLC0415

        return duration_in(self.nobody_available)
