"""The clock of the machine. Handlers read it and pass the time on as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Returns the time now in UTC, cut to milliseconds, which is what the bus and the timers keep."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
