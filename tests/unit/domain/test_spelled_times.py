"""Times that were stored as text, in the spelling of agreements, read without the limits for drafts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.durations import Period, TimeUnit, format_period
from baton.domain.accounts.account import Account
from baton.domain.working_time.spelled_times import duration_in, limit_in, share_in

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30m", Period(timedelta(minutes=30))),
        (" 1h 30m ", Period(timedelta(minutes=90))),
        ("2w", Period(14 * DAY)),
        ("900d", Period(900 * DAY)),
        ("1234567890s", Period(timedelta(seconds=1_234_567_890))),
        ("0s", Period(timedelta())),
        ("30 business minutes", Period(timedelta(minutes=30), TimeUnit.BUSINESS)),
        ("1  business  hour", Period(timedelta(hours=1), TimeUnit.BUSINESS)),
        ("9000 business hours", Period(timedelta(hours=9000), TimeUnit.BUSINESS)),
        ("2 business days", Period(2 * DAY, TimeUnit.BUSINESS_DAYS)),
    ],
)
def test_a_stored_time_limit_of_any_length_is_read(text: str, limit: Period) -> None:
    assert limit_in(text) == limit


@given(st.integers(1, 360), st.sampled_from(TimeUnit))
def test_a_time_limit_is_read_in_the_spelling_of_the_agreement(days: int, unit: TimeUnit) -> None:
    assert limit_in(format_period(Period(days * DAY, unit))) == Period(days * DAY, unit)


def test_a_text_without_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no number with one of the units"):
        limit_in("soon")


@pytest.mark.parametrize(("written", "share"), [("50%", 0.5), ("7%", 0.07), ("20000%", 200.0), (0.5, 0.5), (1, 1)])
def test_a_share_is_read_from_a_percentage_or_a_number(written: str | float, share: float) -> None:
    assert share_in(written) == share


def test_a_stored_account_keeps_a_quiet_period_longer_than_allowed_now() -> None:
    account = Account.model_validate_json('{"domain": "acme.com", "quiet_for": "900d"}')
    assert account.quiet_for == duration_in("900d") == 900 * DAY
    assert '"quiet_for":"900d"' in account.model_dump_json()
