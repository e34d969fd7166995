"""The time: read once for each request, and passed on as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, in UTC, to the millisecond, which is what the bus and the timers keep."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def iso(moment: datetime) -> str:
    """A moment as `2026-11-22T16:53:09.000Z`: of one length, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
