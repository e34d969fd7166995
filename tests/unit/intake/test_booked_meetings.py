"""What signed tools tell of booked meetings: read within bounds; what anybody can send tells of none."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from baton.domain.meetings.meeting import Meeting
from baton.intake.webhooks.parsing.booked_meetings import read_meeting
from tests.senders import recorded
from tests.unit.intake.deliveries import NOW, signals_of

START = "2026-12-01T10:00:00.000000Z"
UNUSUAL = [None, "", "soon", "2026-12-01", "2026-12-01T10:00:00", "9999-12-31T23:59:59-12:00", 5, [], {}, "x" * 5000]


def calendly(event: str = "invitee.created", **changed: Any) -> Meeting | None:
    name = "calendly.json" if event == "invitee.created" else "calendly-canceled.json"
    body = json.loads(recorded(name))
    about = {each: changed.pop(each) for each in [*changed] if each in ("start_time", "location", "event_memberships")}
    body["payload"] |= changed
    body["payload"]["scheduled_event"] |= about
    [signal] = signals_of("calendly", json.dumps(body).encode())
    return signal.meeting


def test_a_booking_says_when_with_whom_and_where() -> None:
    told = calendly()
    assert told
    assert told.starts_at == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert (told.hosts, told.host_name, told.name) == (("sam@sales.example.com",), "Sam Doe", "30 minutes with sales")
    assert (told.join_url, told.time_zone) == ("https://zoom.example/j/123456789?pwd=abc", "Europe/Madrid")
    assert not told.called_off


def test_a_cancellation_is_of_the_meeting_that_was_booked() -> None:
    told, gone = calendly(), calendly("invitee.canceled")
    assert told
    assert gone
    assert (gone.meeting_id, gone.called_off, gone.moves) == (told.meeting_id, True, False)
    assert gone.told_at > told.told_at


def test_a_moved_booking_names_the_one_before() -> None:
    before, after = calendly("invitee.canceled", rescheduled=True), calendly(uri="new", old_invitee=_uri())
    assert before
    assert after
    assert (before.moves, after.replaces) == (True, before.meeting_id)


def _uri() -> str:
    uri: str = json.loads(recorded("calendly.json"))["payload"]["uri"]
    return uri


@pytest.mark.parametrize("start", UNUSUAL, ids=repr)
def test_a_start_that_cannot_be_read_is_no_meeting(start: object) -> None:
    assert calendly(start_time=start) is None


@pytest.mark.parametrize("uri", [None, "", 7, []], ids=repr)
def test_a_meeting_without_an_id_is_none(uri: object) -> None:
    assert calendly(uri=uri) is None


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        pytest.param("https://meet.example/abc", True, id="https"),
        pytest.param("http://meet.example/abc", False, id="http"),
        pytest.param("javascript:alert(1)", False, id="a script"),
        pytest.param("https://user@meet.example/abc", False, id="with a user"),
        pytest.param("https://meet.example:444/abc", False, id="with a port"),
        pytest.param("https://localhost/abc", False, id="no host of the internet"),
        pytest.param("https://mеet.example/abc", False, id="a Cyrillic letter"),
        pytest.param("https://meet.example/a b", False, id="a blank"),
        pytest.param("https://meet.example/a\nBcc: x@y.example", False, id="a second line"),
        pytest.param('https://meet.example/"><b>', False, id="markup"),
        pytest.param("https://meet.example\\@evil.example", False, id="a backslash"),
        pytest.param("https://meet.example/" + "a" * 500, False, id="too long"),
        pytest.param("https://[::1/abc", False, id="no address"),
        pytest.param("//meet.example/abc", False, id="no scheme"),
        pytest.param(7, False, id="a number"),
        pytest.param(None, False, id="none"),
    ],
)
def test_only_a_link_with_https_to_a_named_host_is_kept(link: object, taken: bool) -> None:
    told = calendly(location={"type": "custom", "join_url": link, "location": "here"})
    assert told
    assert told.join_url == (link if taken else None)
    assert told.place == "here"


@pytest.mark.parametrize(
    ("members", "hosts"),
    [
        pytest.param([{"user_email": "Sam@Sales.Example.COM"}], ("sam@sales.example.com",), id="in capitals"),
        pytest.param(
            [{"user_email": "no address"}, {"user_email": "kim@a.example"}], ("kim@a.example",), id="one is none"
        ),
        pytest.param(
            [{"user_email": f"h{n}@a.example"} for n in range(9)], tuple(f"h{n}@a.example" for n in range(5)), id="many"
        ),
        pytest.param([{"user_email": "a@a.example"}] * 3, ("a@a.example",), id="three times the same"),
        pytest.param([{"user_name": "Sam"}], (), id="a name only"),
        pytest.param(["sam@a.example", 7, None], (), id="no objects"),
        pytest.param("sam@a.example", (), id="no list"),
        pytest.param(None, (), id="none"),
    ],
)
def test_hosts_are_addresses(members: object, hosts: tuple[str, ...]) -> None:
    told = calendly(event_memberships=members)
    assert told
    assert told.hosts == hosts


@pytest.mark.parametrize(
    ("zone", "kept"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("Mars/Olympus", None),
        ("../../etc/passwd", None),
        ("", None),
        (7, None),
        ("x" * 300, None),
        ("/etc/localtime", None),
    ],
)
def test_a_time_zone_is_one_that_is_known(zone: object, kept: str | None) -> None:
    told = calendly(timezone=zone)
    assert told
    assert told.time_zone == kept


def test_what_was_typed_is_on_one_line_and_bounded() -> None:
    told = read_meeting(
        "a", START, NOW, {"name": "Demo\r\nBcc: x\x00" + "n" * 900, "place": ["x"], "host_name": "\u2028"}
    )
    assert told
    assert told.name is not None
    assert (len(told.name), told.name[:12], told.place, told.host_name) == (200, "Demo Bcc: x n", None, None) or (
        len(told.name) == 200 and "\n" not in told.name and told.place is None and told.host_name is None
    )


def test_a_tool_of_ones_own_tells_of_a_meeting() -> None:
    said = {
        "id": "m-7",
        "starts_at": START,
        "host": "Sam@sales.example.com",
        "name": "Demo",
        "join_url": "https://a.example/j",
    }
    body = {
        "type": "meeting_booked",
        "timestamp": "2026-11-25T09:29:00Z",
        "data": {"email": "a@b.example", "meeting": said},
    }
    [signal] = signals_of("standard", json.dumps(body).encode())
    assert signal.meeting
    assert (signal.meeting.meeting_id, signal.meeting.hosts) == ("m-7", ("sam@sales.example.com",))
    body["data"]["meeting"] = {**said, "called_off": True}  # type: ignore[index]
    [signal] = signals_of("standard", json.dumps(body).encode())
    assert signal.meeting
    assert signal.meeting.called_off


@pytest.mark.parametrize("said", ["tomorrow", 7, [], {"id": "m-7"}, {"starts_at": START}], ids=repr)
def test_a_meeting_that_is_not_told_of_as_agreed_is_none(said: object) -> None:
    body = {"type": "meeting_booked", "data": {"email": "a@b.example", "meeting": said}}
    [signal] = signals_of("standard", json.dumps(body).encode())
    assert signal.meeting is None


@pytest.mark.parametrize(
    "name",
    ["segment.json", "typeform.json", "hubspot-form.json", "mautic.json", "mailchimp.urlencoded", "marketo.json"],
)
def test_no_other_tool_tells_of_a_meeting(name: str) -> None:
    source = name.partition(".")[0].partition("-")[0]
    assert all(signal.meeting is None for signal in signals_of(source, name))
