"""Administrators see when each marketing tool was last heard, and what it sent that was not understood."""

import json
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.webhooks.webhook_sources import SOURCES
from tests.integration.webhooks import send
from tests.integration.world import ANNA, World


def standard(kind: str = "page_visited", **data: Any) -> bytes:
    return json.dumps({"type": kind, "data": {"email": ANNA, **data}}).encode()


def not_understood(number: int) -> bytes:
    return json.dumps({"type": "page_visited", "data": {"their_mail": f"visitor{number}@example.com"}}).encode()


def get(world: World, path: str, **query: str) -> Any:
    answer = world.ask("GET", path, by="admin", query=query or None)
    assert answer.status == 200, answer
    return answer.json()


def last_heard(world: World) -> dict[str, str]:
    return {each["source"]: each["last_heard_at"] for each in get(world, "/tools")["tools"]}


def test_every_tool_is_listed_with_when_it_was_last_heard_in_one_read_and_one_for_each_that_was(world: World) -> None:
    assert last_heard(world) == dict.fromkeys(SOURCES)
    send(world, "standard", standard())
    with world.calls.recorded() as calls:
        assert last_heard(world) == {**dict.fromkeys(SOURCES), "standard": "2026-11-24T09:30:00Z"}
    assert [call.operation for call in calls if call.service == "dynamodb"] == ["Query", "Query"]
    [tool] = [each for each in get(world, "/tools")["tools"] if each["source"] == "hubspot"]
    assert (tool["label"], tool["webhook"]) == ("HubSpot", "/webhooks/hubspot")
    assert tool["not_understood"] == {"count": 0, "more": False}
    for number in range(11):
        send(world, "standard", not_understood(number))
        if number in (0, 8, 10):
            [tool] = [each for each in get(world, "/tools")["tools"] if each["source"] == "standard"]
            assert tool["not_understood"] == {"count": min(9, number + 1), "more": number == 10}


def test_a_tool_that_sends_much_is_noted_once_an_hour_by_each_function(world: World) -> None:
    noted = []
    for number in range(8):
        if number in (3, 4):
            world.cold()  # another function
        with world.calls.recorded() as calls:
            send(world, "standard", standard(), id_=f"msg_{number}")
        noted.append([call.operation for call in calls if call.service == "dynamodb"].count("UpdateItem"))
        world.now += timedelta(minutes=17)
    assert noted == [1, 0, 0, 1, 1, 0, 0, 0]
    assert last_heard(world)["standard"] == "2026-11-24T10:38:00Z", "not twice within the hour, whoever tries"


def test_a_webhook_that_is_not_trusted_is_not_heard(world: World) -> None:
    assert send(world, "standard", standard(), secret="whsec_d3Jvbmc=").status == 401
    assert last_heard(world)["standard"] is None


def test_a_tools_quarantine_is_listed_without_content_in_pages_and_shown_whole(world: World) -> None:
    bodies = [not_understood(number) for number in range(5)]
    for number, body in enumerate(bodies):
        assert send(world, "standard", body, id_=f"msg_{number}").json()["quarantined"] == 1
    for limit in ("1", "2", "5", "25"):
        found, query = list[dict[str, Any]](), {"limit": limit}
        while query.get("cursor", "the first"):
            page = get(world, "/tools/standard/quarantine", **query)
            assert len(page["deliveries"]) <= int(limit)
            found += page["deliveries"]
            query["cursor"] = page["cursor"]
        assert len({each["delivery_id"] for each in found}) == len(found) == 5
    assert all(each["why"] and "body" not in each and "visitor" not in str(each) for each in found)
    shown = [get(world, f"/tools/standard/quarantine/{each['delivery_id']}") for each in found]
    assert sorted(each["body"].encode() for each in shown) == sorted(bodies)
    assert {(each["bytes"] == len(each["body"]), each["is_cut"], each["method"]) for each in shown} == {
        (True, False, "POST")
    }
    assert get(world, "/tools/hubspot/quarantine") == {"deliveries": [], "cursor": None}


def test_a_long_delivery_is_shown_in_part_and_one_that_is_no_text_in_base64(world: World) -> None:
    long = standard(text="ä" * 150_000)[:-1]
    for number, body in enumerate((long, b"\xff\xfe\x00{")):
        send(world, "standard", body, id_=f"msg_{number}", in_base64=True)
    ids = [each["delivery_id"] for each in get(world, "/tools/standard/quarantine")["deliveries"]]
    shown = {each["is_cut"]: each for each in (get(world, f"/tools/standard/quarantine/{id_}") for id_ in ids)}
    assert shown[True]["bytes"] == len(long)
    assert long.decode().startswith(shown[True]["body"])
    assert shown[False]["body"] is None
    assert shown[False]["body_base64"] == "//4Aew=="


@pytest.mark.parametrize("path", ["/tools/salesforce/quarantine", f"/tools/hubspot/quarantine/{'0' * 64}"])
def test_an_unknown_tool_or_delivery_is_not_found(world: World, path: str) -> None:
    assert world.ask("GET", path, by="admin").status == 404


@pytest.mark.parametrize("by", ["sales", "marketing"])
def test_only_administrators_see_tools_and_their_quarantine(world: World, by: str) -> None:
    for path in ("/tools", "/tools/hubspot/quarantine", f"/tools/hubspot/quarantine/{'0' * 64}"):
        assert world.ask("GET", path, by=by).status == 403


def mended(world: World) -> None:
    """The agreement knows the tool's name of the address."""
    world.agree(packaged_text() + "\n  standard: {fields: {their_mail: email}}\n")
    world.cold()


def post(world: World, path: str, **query: str) -> Any:
    answer = world.ask("POST", path, by="admin", query=query or None)
    assert answer.status == 200, answer
    return answer.json()


def test_one_delivery_is_read_again_and_leaves_the_quarantine_once_it_is_understood(world: World) -> None:
    for number in range(3):
        send(world, "standard", not_understood(number), id_=f"msg_{number}")
    ids = [each["delivery_id"] for each in get(world, "/tools/standard/quarantine")["deliveries"]]
    path = f"/tools/standard/quarantine/{ids[1]}"
    assert post(world, f"{path}/replay") == {"understood": False}
    mended(world)
    assert post(world, f"{path}/replay") == {"understood": True}
    assert len(world.stack.leads()) == 1
    assert world.ask("POST", f"{path}/replay", by="admin").status == 404
    left = [each["delivery_id"] for each in get(world, "/tools/standard/quarantine")["deliveries"]]
    assert left == [ids[0], ids[2]]


def test_all_of_a_tool_is_read_again_as_far_as_time_allows_and_goes_on_from_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        send(world, "standard", not_understood(number), id_=f"msg_{number}")
    assert post(world, "/tools/standard/replay") == {"replayed": 0, "still_quarantined": 3, "next": None}
    mended(world)
    monkeypatch.setattr("baton.aws.signals.quarantine_replay.SECONDS", -1.0)  # the time is over after each
    done, query = list[int](), {}
    while query is not None:
        told = post(world, "/tools/standard/replay", **query)
        done.append(told["replayed"])
        query = {"after": told["next"]} if told["next"] else None
    assert sum(done) == 3
    assert max(done) == 1
    assert len(world.stack.leads()) == 3
    assert get(world, "/tools/standard/quarantine")["deliveries"] == []


@pytest.mark.parametrize("by", ["sales", "marketing"])
def test_only_administrators_have_deliveries_read_again(world: World, by: str) -> None:
    for path in ("/tools/hubspot/replay", f"/tools/hubspot/quarantine/{'0' * 64}/replay"):
        assert world.ask("POST", path, by=by).status == 403
