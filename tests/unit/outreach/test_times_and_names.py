"""Due times in mails: in the reader's time zone, with its short name."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.domain.leads.clock import Clock
from baton.outreach.text.times_and_names import clock_line, due_in_subject, due_time, moment, with_local_times, zone_of
from tests.unit.given import NOW

HOUR = timedelta(hours=1)
BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
SAO_PAULO, KATHMANDU = "America/Sao_Paulo", "Asia/Kathmandu"


def accept(due_at: datetime = NOW + 2 * HOUR) -> Clock:
    return Clock(name="accept", started_at=NOW, due_at=due_at, stops_when="accepted")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (None, "Accept by Tue 24 Nov 2026, 11:30 UTC (in 2h)"),
        (BERLIN, "Accept by Tue 24 Nov 2026, 12:30 CET (in 2h)"),
        (SAO_PAULO, "Accept by Tue 24 Nov 2026, 08:30 UTC-3 (in 2h)"),
        (KATHMANDU, "Accept by Tue 24 Nov 2026, 17:15 UTC+5:45 (in 2h)"),
        (TOKYO, "Accept by Tue 24 Nov 2026, 20:30 JST (in 2h)"),
    ],
)
def test_a_due_time_is_told_in_the_readers_time_zone_with_its_short_name(zone: str | None, said: str) -> None:
    assert clock_line(accept(), NOW, zone) == said


def test_a_due_time_on_another_day_there_is_told_with_that_day() -> None:
    late = accept(datetime(2026, 11, 24, 16, tzinfo=UTC))
    assert due_time(late, NOW, TOKYO) == "Wed 25 Nov 2026, 01:00 JST (in 6h 30m)"


def test_a_moment_in_summer_is_told_in_summer_time() -> None:
    assert moment(datetime(2026, 7, 1, 8, tzinfo=UTC), BERLIN) == "Wed 1 Jul 2026, 10:00 CEST"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("asked on 24 November 2026 at 23:30 UTC", "asked on 25 November 2026 at 00:30 CET"),
        (
            "asked on 1 July 2026 at 08:00 UTC, and 2 July 2026 at 09:05 UTC",
            "asked on 1 July 2026 at 10:00 CEST, and 2 July 2026 at 11:05 CEST",
        ),
        ("on 31 Juneuary 2026 at 99:99 UTC at noon", "on 31 Juneuary 2026 at 99:99 UTC at noon"),
        ("the score of 100", "the score of 100"),
    ],
)
def test_a_kept_sentence_is_told_with_the_readers_times(kept: str, told: str) -> None:
    assert with_local_times(kept, BERLIN) == told
    assert with_local_times(kept, None) == kept


@pytest.mark.parametrize(
    ("hours", "zone", "said"),
    [
        (2, None, " - accept by 11:30 UTC"),
        (2, BERLIN, " - accept by 12:30 CET"),
        (6, TOKYO, " - accept by 25 Nov 00:30 JST"),
        (-2, BERLIN, " - accept was due 08:30 CET"),
    ],
)
def test_a_subject_tells_the_due_time_in_short_form(hours: int, zone: str | None, said: str) -> None:
    assert due_in_subject(accept(NOW + hours * HOUR), NOW, zone) == said


@pytest.mark.parametrize(("time_zone", "zone"), [("UTC", None), (BERLIN, BERLIN)])
def test_a_calendar_in_utc_adds_no_time_zone(time_zone: str, zone: str | None) -> None:
    calendar = Calendar.model_validate({"time_zone": time_zone, "hours": {"mon-fri": ["09:00-17:00"]}})
    assert zone_of(calendar) == zone
    assert zone_of(None) is None
