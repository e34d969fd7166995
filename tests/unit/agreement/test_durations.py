"""Durations and periods as people write them, such as `1h 30m` and `2 business hours`."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from baton.agreement.terms.durations import (
    MAX_DURATION,
    Period,
    PeriodText,
    TimeUnit,
    format_duration,
    parse_duration,
    parse_period,
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("45s", timedelta(seconds=45)),
        ("30m", timedelta(minutes=30)),
        ("4h", timedelta(hours=4)),
        ("90d", timedelta(days=90)),
        ("2w", timedelta(weeks=2)),
        ("1h 30m", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        (" 1 h ", timedelta(hours=1)),
    ],
)
def test_a_duration_such_as_1h_30m_is_parsed(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "soon", "30", "m", "-5m", "1.5h", "5 fortnights", "0m", "11 years", "9999d", 30, None]
)
def test_any_other_text_for_a_duration_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@given(
    st.timedeltas(timedelta(seconds=1), MAX_DURATION).map(lambda length: timedelta(seconds=int(length.total_seconds())))
)
def test_a_formatted_duration_is_parsed_as_the_same_duration(length: timedelta) -> None:
    assert parse_duration(format_duration(length)) == length


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("30m", Period(timedelta(minutes=30))),
        ("1h 30m", Period(timedelta(minutes=90))),
        ("30 business minutes", Period(timedelta(minutes=30), TimeUnit.BUSINESS)),
        ("90 business minutes", Period(timedelta(minutes=90), TimeUnit.BUSINESS)),
        ("1 business hour", Period(timedelta(hours=1), TimeUnit.BUSINESS)),
        ("2 business hours", Period(timedelta(hours=2), TimeUnit.BUSINESS)),
        ("5 business seconds", Period(timedelta(seconds=5), TimeUnit.BUSINESS)),
        ("1 business day", Period(timedelta(days=1), TimeUnit.BUSINESS_DAYS)),
        ("2 business days", Period(timedelta(days=2), TimeUnit.BUSINESS_DAYS)),
    ],
)
def test_a_period_such_as_2_business_hours_is_parsed_and_formatted(text: str, period: Period) -> None:
    assert parse_period(text) == period
    assert str(period) == text
    assert period.needs_calendar is ("business" in text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2 hours", "business hours", "0 business hours", "2 business", "1.5 business hours"),
        *("361 business days", "8641 business hours", "2 business weeks", "1h 2 business hours", "9999d", 30, None),
        "9" * 400 + " business days",
    ],
)
def test_any_other_text_for_a_period_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"(period|duration)"):
        parse_period(text)


units = st.sampled_from(TimeUnit)


@given(units, st.integers(1, 360 * 86_400))
def test_a_formatted_period_is_parsed_as_the_same_period(unit: Any, seconds: int) -> None:
    days = timedelta(days=seconds // 86_400 + (seconds < 86_400))
    period = Period(days if unit is TimeUnit.BUSINESS_DAYS else timedelta(seconds=seconds), unit)
    assert parse_period(str(period)) == period


def test_a_model_keeps_a_period_as_its_text() -> None:
    within = TypeAdapter(PeriodText)
    assert within.validate_python("2 business hours") == Period(timedelta(hours=2), TimeUnit.BUSINESS)
    assert within.dump_json(Period.plain(timedelta(minutes=30))) == b'"30m"'
    pattern = within.json_schema()["pattern"]
    assert all(re.search(pattern, text) for text in within.json_schema()["examples"])
