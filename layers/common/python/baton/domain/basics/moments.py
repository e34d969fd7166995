"""Moments in UTC as text: with milliseconds, as the table and the bus keep them, and as the API shows them."""

from datetime import UTC, date, datetime, timedelta


def iso(moment: datetime) -> str:
    """Writes a moment with milliseconds, `2026-11-22T16:53:09.000Z`: always 24 characters, so text sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_of_timer(moment: datetime) -> str:
    """Writes the first millisecond at or after a moment: a timer that came before it would look, and look again."""
    return iso(moment + timedelta(microseconds=999))


def shown_moment(moment: datetime) -> str:
    """Writes a moment as the API shows a lead's: `2026-11-22T16:53:09Z`, a fraction only if it has one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment_text(moment: datetime) -> str:
    """Writes a moment as people read it: `24 November 2026 at 09:30 UTC`."""
    return f"{date_text(moment)} at {moment:%H:%M} UTC"


def local_date_text(moment: datetime, zone: str) -> str:
    """Writes the day of a moment in a time zone, as people read it: a date that somebody wrote is that date again."""
    if zone == "UTC":
        return date_text(moment)
    from zoneinfo import ZoneInfo  # most dates are in UTC  # noqa: PLC0415

    return date_text(moment.astimezone(ZoneInfo(zone)))


def day_or_moment_text(moment: datetime, zone: str) -> str:
    """Writes a date that somebody gave as that date, `1 March 2027`; any other moment as `moment_text` does."""
    from baton.domain.basics.days import date_at  # brings pydantic, and few moments were dates  # noqa: PLC0415

    given = date_at(moment, zone)
    return date_text(given) if given else moment_text(moment)


def date_text(moment: date) -> str:
    """Writes the day of a moment as people read it: `24 November 2026`."""
    return f"{moment.day} {moment:%B %Y}"
