"""Tells when reps are at work: their hours, holidays and absences, in the time zone where they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.reps import Rep
from baton.domain.working_time.working_calendar import AnyCalendar, WorkingCalendar

SpecialHours = dict[str, tuple[str, ...]]
_SOMEWHERE = "UTC"


@dataclass(frozen=True, slots=True)
class TeamHours:
    """The hours of a team: the agreement's calendars by name, and the one for reps who name none.

    A rep without a calendar is always at work, except for absences.
    """

    calendars: Mapping[str, AnyCalendar] = field(default_factory=dict)
    default: str | None = None

    def calendar_of(self, rep: Rep) -> AnyCalendar | None:
        """Returns the calendar that a rep works by, with hours and time zone of their own if they have any."""
        agreed = self.calendars.get(rep.calendar or "") or self.calendars.get(self.default or "")
        if rep.hours is None and rep.time_zone is None:
            return agreed
        if rep.hours is None and agreed is None:
            return None
        return WorkingCalendar(
            time_zone=rep.time_zone or (agreed.time_zone if agreed else _SOMEWHERE),
            hours=rep.hours or (dict(agreed.hours) if agreed else {}),
            holidays=agreed.holidays if agreed else (),
            special_hours=_special_hours(agreed.special_hours, rep.hours) if agreed else {},
        )

    def zone(self, rep: Rep) -> str:
        """Returns the time zone that a rep works in, such as `Europe/Berlin`."""
        calendar = self.calendar_of(rep)
        return calendar.time_zone if calendar else rep.time_zone or _SOMEWHERE

    def why_away(self, rep: Rep, now: datetime) -> str | None:
        """Returns until when a rep is away, such as `is away until 4 January 2027`; None if they are not."""
        zone = self.zone(rep) if rep.away else _SOMEWHERE
        absences = [*_absences(rep, zone, now)]
        if not absences:
            return None
        last = max(absences, key=lambda away: away.ends(zone))
        back = last.until
        if last.is_open_ended:
            return "is away until further notice"
        return f"is away until {_moment(back, zone) if isinstance(back, datetime) else f'{back:%-d %B %Y}'}"

    def why_closed(self, rep: Rep, now: datetime) -> str | None:
        """Returns when a closed rep opens, such as `is not at work before Mon 4 January 09:00`; None at work."""
        opens = self._opens(rep, now)
        if opens == now:
            return None
        return f"is not at work before {_moment(opens, self.zone(rep))}" if opens else "has no hours to work in"

    def next_at_work(self, rep: Rep, now: datetime) -> datetime | None:
        """Returns the first moment from now on at which a rep is at work; None if there is none in years."""
        zone, at = self.zone(rep), now
        for _ in range(2 * len(rep.away) + 2):
            back = max((away.ends(zone) for away in _absences(rep, zone, at)), default=at)
            opens = self._opens(rep, back)
            if opens is None or opens == at:
                return opens
            at = opens
        return at

    def _opens(self, rep: Rep, at: datetime) -> datetime | None:
        """Returns the first moment from `at` on that is within a rep's hours."""
        calendar = self.calendar_of(rep)
        if calendar is None:
            return at
        from baton.domain.working_time.business_time import WorkingTime  # most teams have no calendar  # noqa: PLC0415

        return WorkingTime(calendar).opens(at)


def _special_hours(agreed: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]] | None) -> SpecialHours:
    """Returns the hours of single dates: the agreed ones, without what is outside of a rep's own hours of that weekday.

    A Saturday that a company works is none for who works on Mondays only.
    """
    if own is None or not agreed:
        return dict(agreed)
    from baton.agreement.terms.calendars import special_blocks, weekly_blocks, written_block  # few have own hours  # noqa: PLC0415

    week = weekly_blocks(own)
    return {
        day.isoformat(): tuple(
            written_block(max(begin, first), min(end, last))
            for begin, end in blocks
            for first, last in week[day.weekday()]
            if max(begin, first) < min(end, last)
        )
        for day, blocks in special_blocks(agreed)
    }


def _absences(rep: Rep, zone: str, at: datetime) -> Iterator[AbsencePeriod]:
    return (away for away in rep.away if away.begins(zone) <= at < away.ends(zone))


def upcoming_absences(rep: Rep, zone: str, now: datetime) -> tuple[AbsencePeriod, ...]:
    """Returns a rep's absences that have not ended, the first to begin first."""
    left = (away for away in rep.away if away.ends(zone) > now)
    return tuple(sorted(left, key=lambda away: (away.begins(zone), away.ends(zone))))


def _moment(moment: datetime, zone: str) -> str:
    from zoneinfo import ZoneInfo  # as above: only for who has a calendar, or is away  # noqa: PLC0415

    return f"{moment.astimezone(ZoneInfo(zone) if zone != _SOMEWHERE else UTC):%a %-d %B %H:%M} ({zone})"
