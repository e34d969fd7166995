"""Dates of extreme years, wherever one is read: refused with a sentence, or bounded, and never an answer 500."""

from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import team_keys
from tests.integration.world import KIM, SAM, World

EXTREMES = [
    "0001-01-01",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31",
    "9999-12-31T23:59:59-12:00",
]
OTHERS = [
    "0000-00-00",
    "2027-02-30",
    "1899-12-30",
    "-62135596800",
    "99999-01-01",
    "+010000-01-01T00:00:00Z",
    "Infinity",
]
HOURS = '{time_zone: Pacific/Kiritimati, hours: {mon-sun: "00:00-24:00"}}'
EAST = (
    packaged_text()
    .replace("\nteams:\n", f"\ncalendars:\n  east: {HOURS}\n\nteams:\n", 1)
    .replace("    label: Sales\n", "    label: Sales\n    calendar: east\n", 1)
)


@pytest.fixture
def known(world: World) -> World:
    """A lead is known, and nurtured."""
    assert world.send_signals({"message_id": "known"}).status == 202
    world.settle()
    return world


def asked(world: World, date: str) -> list[tuple[str, str, dict[str, Any]]]:
    lead = f"/leads/{world.stack.lead().lead_id}"
    away = [{"from": date, "to": date}]
    return [
        ("GET", lead, {"query": {"at": date}}),
        ("GET", "/reports/sla", {"query": {"from": date}}),
        ("GET", "/reports/sla", {"query": {"to": date}}),
        ("POST", f"{lead}/hold", {"body": {"reason": "a merger", "until": date}}),
        ("POST", f"{lead}/review", {"body": {"verdict": "bad_timing", "review_on": date}}),
        ("POST", "/agreement/drafts", {"body": {"yaml": packaged_text(), "in_force_from": date}}),
        ("PUT", f"/teams/sales/reps/{SAM}", {"body": {"away": away}}),
    ]


@pytest.mark.parametrize("date", [*EXTREMES, *OTHERS])
def test_an_extreme_date_is_refused_with_a_sentence(known: World, date: str) -> None:
    before = known.stack.items()
    for method, path, request in asked(known, date):
        answer = known.ask(method, path, by="admin", **request)
        is_bounded = path.startswith("/reports") or "at" in request.get("query", {})
        assert answer.status in ((404, 422, 200) if is_bounded else (422,)), (path, answer)
        if answer.status == 422:
            assert answer.json()["errors"][0]["detail"]
    assert known.stack.items() == before
    assert known.send_signals({"message_id": "odd", "at": date}).status in (202, 422)


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param('{"away": [{"from": "0001-01-01", "to": "9999-12-31"}]}', id="away for ever"),
        pytest.param('{"time_zone": "Mars/Phobos"}', id="on another planet"),
        pytest.param('{"hours": {"mon-sun": ["9-5"]}}', id="hours that cannot be read"),
        pytest.param("{", id="terms that cannot be read"),
    ],
)
def test_bad_terms_that_are_stored_of_one_rep_lose_no_form(world: World, terms: str) -> None:
    world.agree(EAST)
    world.stack.dynamodb.update_item(
        TableName=world.stack.table,
        Key=team_keys.rep("sales", SAM),
        UpdateExpression="SET terms = :terms",
        ExpressionAttributeValues={":terms": {"S": terms}},
    )
    assert world.send_form().status == 202
    world.settle()
    handoff = world.stack.lead().handoff
    assert handoff
    assert handoff.owner == KIM
    assert world.ask("GET", "/teams/sales/reps", by="sales").status == 200
