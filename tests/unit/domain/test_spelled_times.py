"""Times that were stored as text, in the spelling of agreements, read without the limits for drafts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms import calendars as agreed
from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.durations import Period, format_period
from baton.domain.accounts.account import Account
from baton.domain.working_time.spelled_times import duration_in, limit_in, share_in, week_in
from baton.domain.working_time.time_limit import TimeLimit, TimeUnit
from tests.unit.domain.reference_business_time import calendars

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30m", TimeLimit(timedelta(minutes=30))),
        (" 1h 30m ", TimeLimit(timedelta(minutes=90))),
        ("2w", TimeLimit(14 * DAY)),
        ("900d", TimeLimit(900 * DAY)),
        ("1234567890s", TimeLimit(timedelta(seconds=1_234_567_890))),
        ("0s", TimeLimit(timedelta())),
        ("30 business minutes", TimeLimit(timedelta(minutes=30), TimeUnit.BUSINESS)),
        ("1  business  hour", TimeLimit(timedelta(hours=1), TimeUnit.BUSINESS)),
        ("9000 business hours", TimeLimit(timedelta(hours=9000), TimeUnit.BUSINESS)),
        ("2 business days", TimeLimit(2 * DAY, TimeUnit.BUSINESS_DAYS)),
    ],
)
def test_a_stored_time_limit_of_any_length_is_read(text: str, limit: TimeLimit) -> None:
    assert limit_in(text) == limit


@given(st.integers(1, 360), st.sampled_from(TimeUnit))
def test_a_time_limit_is_read_in_the_spelling_of_the_agreement(days: int, unit: TimeUnit) -> None:
    assert limit_in(format_period(Period(days * DAY, unit.value))) == TimeLimit(days * DAY, unit)


def test_a_text_without_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no number with one of the units"):
        limit_in("soon")


@pytest.mark.parametrize(("written", "share"), [("50%", 0.5), ("7%", 0.07), ("20000%", 200.0), (0.5, 0.5), (1, 1)])
def test_a_share_is_read_from_a_percentage_or_a_number(written: str | float, share: float) -> None:
    assert share_in(written) == share


@given(calendars())
def test_the_hours_of_a_week_are_read_as_in_the_agreement(around: tuple[Calendar, object]) -> None:
    assert week_in(around[0].hours) == agreed.weekly_blocks(around[0])


def test_a_stored_account_keeps_a_quiet_period_longer_than_allowed_now() -> None:
    account = Account.model_validate_json('{"domain": "acme.com", "quiet_for": "900d"}')
    assert account.quiet_for == duration_in("900d") == 900 * DAY
    assert '"quiet_for":"900d"' in account.model_dump_json()
