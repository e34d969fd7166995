"""When something happened, as tools write it: read, or set aside; never taken for now."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest

from baton.intake.webhooks.parsing.message_ids import NOT_READ, webhook_time
from tests.senders import recorded
from tests.unit.intake.deliveries import NOW, read

JULY = datetime(2026, 7, 14, 7, 30, tzinfo=UTC)
"""A moment of the summer before, as in a back-fill."""

AS_WRITTEN = [
    pytest.param("2026-07-14T07:30:00Z+0000", id="Marketo"),
    pytest.param("Tue, 14 Jul 2026 07:30:00 +0000", id="RFC 2822"),
    pytest.param("Tue Jul 14 2026 09:30:00 GMT+0200 (Central European Summer Time)", id="a browser's Date"),
    pytest.param("2026-07-14 07:30:00", id="SQL"),
    pytest.param(f"{JULY.timestamp():.0f}", id="Unix seconds"),
]
NOT_A_TIME = [
    *(pytest.param(text, id=text) for text in ("soon", "14/07/2026", "0000-00-00 00:00:00", "Invalid Date")),
    pytest.param("0001-01-01T00:00:00", id="the empty date"),
    pytest.param("9999-12-31T00:00:00Z", id="the last date"),
]


def with_time(name: str, written: str, *recorded_times: str, form: bool = False) -> Callable[[str], bytes]:
    """A recorded payload, with another time in place of those recorded."""

    def changed(time: str) -> bytes:
        body = recorded(name).decode()
        for each in recorded_times:
            assert each in body, (name, each)
            body = body.replace(each, written.replace("TIME", quote_plus(time) if form else time))
        return body.encode()

    return changed


SENDERS = [
    pytest.param("standard", with_time("standard.json", "TIME", "2026-11-25T09:28:11Z"), id="standard"),
    pytest.param("marketo", with_time("marketo.json", '"at": "TIME", "email"', '"email"'), id="marketo"),
    pytest.param(
        "mailchimp", with_time("mailchimp.urlencoded", "TIME", "2026-11-25+09%3A26%3A35", form=True), id="mailchimp"
    ),
    pytest.param("typeform", with_time("typeform.json", "TIME", "2026-11-25T09:24:02Z"), id="typeform"),
    pytest.param("calendly", with_time("calendly.json", "TIME", "2026-11-25T09:27:29.841512Z"), id="calendly"),
    pytest.param("customerio", with_time("customerio.json", '"TIME"', "1795598970"), id="customerio"),
    pytest.param("segment", with_time("segment.json", "TIME", "2026-11-25T09:29:58.720Z"), id="segment"),
    pytest.param("hubspot", with_time("hubspot-form.json", '"TIME"', "1795599159000"), id="hubspot"),
]


@pytest.mark.parametrize("written", AS_WRITTEN)
@pytest.mark.parametrize(("source", "body"), SENDERS)
def test_what_happened_in_july_is_no_activity_of_today(source: str, body: Callable[[str], bytes], written: str) -> None:
    was = read(source, body(written))
    assert was.why == ()
    assert {message.signal.occurred_at for message in was.messages} == {JULY}


@pytest.mark.parametrize("written", NOT_A_TIME)
@pytest.mark.parametrize(("source", "body"), SENDERS)
def test_a_time_that_cannot_be_read_sets_the_signal_aside(
    source: str, body: Callable[[str], bytes], written: str
) -> None:
    was = read(source, body(written))
    assert was.messages == []
    assert any(why.startswith("at is ") for why in was.why)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param(None, None, id="no time"),
        pytest.param("", None, id="an empty text"),
        pytest.param(" ", None, id="a blank"),
        pytest.param(NOW.timestamp(), NOW.isoformat(), id="now as a number"),
        pytest.param((NOW + timedelta(minutes=5)).isoformat(), (NOW + timedelta(minutes=5)).isoformat(), id="fast"),
        pytest.param((NOW + timedelta(hours=2)).isoformat(), None, id="a clock in another zone"),
        pytest.param((NOW + timedelta(days=3)).isoformat(), NOT_READ, id="a day that is to come"),
        pytest.param(0, NOT_READ, id="zero"),
        pytest.param(-62135596800, NOT_READ, id="the empty date of .NET in seconds"),
        pytest.param(True, NOT_READ, id="true"),
        pytest.param({"date": "2026-11-25"}, NOT_READ, id="an object"),
        pytest.param(["2026-11-25"], NOT_READ, id="a list"),
        pytest.param(float("nan"), NOT_READ, id="no number"),
        pytest.param(10**400, NOT_READ, id="a huge number"),
        pytest.param("2026-02-30T09:30:00Z", NOT_READ, id="a day that does not exist"),
    ],
)
def test_the_time_of_a_message_is_read_missing_or_not_to_be_read(value: Any, read: str | None) -> None:
    assert webhook_time(value, NOW) == read
