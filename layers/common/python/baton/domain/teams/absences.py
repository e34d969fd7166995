"""Absences of reps: whole days or moments, in the time zone where the rep works, through changes to summer time too."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from baton.domain.basics.days import A_DAY, LAST_DAY, DayOrMoment, begin_of, bounded, midnight
from baton.domain.basics.facts import Fact

MAX_ABSENCES = 50


class AbsencePeriod(Fact):
    """A person's absence: from a moment until another; dates are whole days where the person works, the last included.

    A date after 2199 means until further notice. `why` is for the people on the staff, and stays on the roster.
    """

    model_config = ConfigDict(populate_by_name=True)

    since: DayOrMoment = Field(alias="from")
    until: DayOrMoment = Field(alias="to")
    why: Annotated[str, Field(max_length=200)] | None = None

    def begins(self, zone: str) -> datetime:
        """Returns the first moment of it in UTC, for a rep who works in this time zone."""
        return begin_of(self.since, zone)

    def ends(self, zone: str) -> datetime:
        """Returns the first moment after it in UTC."""
        last = bounded(self.until)
        return last if isinstance(last, datetime) else midnight(last + A_DAY, zone)

    @property
    def is_open_ended(self) -> bool:
        """Tells whether it lasts until further notice: until a year after 2199, such as 9999-12-31."""
        return self.until.year > LAST_DAY.year
