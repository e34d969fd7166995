"""Durations as people say them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.durations import LONGEST, parse_duration, say_duration


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
def test_a_duration_is_read_as_people_say_it(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "soon", "30", "m", "-5m", "1.5h", "5 fortnights", "0m", "11 years", "9999d", 30, None]
)
def test_anything_else_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@given(st.timedeltas(timedelta(seconds=1), LONGEST).map(lambda length: timedelta(seconds=int(length.total_seconds()))))
def test_what_is_said_is_read_as_the_same(length: timedelta) -> None:
    assert parse_duration(say_duration(length)) == length
