"""Business time: what people expect of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from baton.agreement.calendars import Calendar
from baton.domain.business_time import WorkingTime

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": "09:00-18:00"}})


def berlin(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN).astimezone(UTC)


def test_an_hours_work_from_sunday_is_due_on_monday_at_ten() -> None:
    sunday = berlin("2026-11-22", "16:50")
    assert WorkingTime(NINE_TO_SIX).add(sunday, HOUR) == berlin("2026-11-23", "10:00")
