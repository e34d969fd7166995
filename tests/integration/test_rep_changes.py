"""PATCH changes what it names of a person on a roster, and nothing else."""

from typing import Any

import pytest

from tests.integration.calls import Call, Carry
from tests.integration.world import LEE, MO, SAM, World

CHRISTMAS = {"from": "2026-12-24", "to": "2027-01-03", "why": "holidays"}
DENTIST = {"from": "2026-12-10T13:00:00Z", "to": "2026-12-10T16:00:00Z"}
TERMS: dict[str, Any] = {
    "weight": 3,
    "capacity": 7,
    "hours": {"mon-thu": "09:00-13:00"},
    "time_zone": "Europe/Oslo",
    "away": [CHRISTMAS],
}
PATH = f"/teams/sales/reps/{SAM}"


def sam(world: World) -> dict[str, Any]:
    return dict(world.ask("GET", PATH, by="sales").json())


def patched(world: World, body: dict[str, Any], by: str = "sales", email: str = SAM) -> Any:
    return world.ask("PATCH", f"/teams/sales/reps/{email}", body, by=by)


@pytest.fixture
def agreed(world: World) -> World:
    assert world.ask("PUT", PATH, TERMS, by="sales").status == 200
    return world


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"capacity": 9}, {"capacity": 9}, id="the capacity"),
        pytest.param({"capacity": None}, {"capacity": 25}, id="the team's capacity again"),
        pytest.param({"weight": None}, {"weight": 1}, id="the team's weight again"),
        pytest.param({"hours": None}, {"hours": None}, id="no hours of their own"),
        pytest.param({"time_zone": "Europe/Madrid"}, {"time_zone": "Europe/Madrid"}, id="the time zone"),
        pytest.param({"role": None}, {}, id="the usual role"),
        pytest.param({"territories": None}, {}, id="all territories"),
        pytest.param({"away": None}, {"away": []}, id="no absences"),
        pytest.param({"away": []}, {"away": []}, id="an empty list of absences"),
        pytest.param({"away": [DENTIST]}, {"away": [{**DENTIST, "why": None}]}, id="other absences"),
        pytest.param({"add_away": [DENTIST]}, {"away": [{**DENTIST, "why": None}, CHRISTMAS]}, id="one absence more"),
        pytest.param({"add_away": [CHRISTMAS | {"why": "x"}]}, {"away": [CHRISTMAS | {"why": "x"}]}, id="again"),
        pytest.param({"remove_away": [{"from": "2026-12-24", "to": "2027-01-03"}]}, {"away": []}, id="one less"),
        pytest.param({"remove_away": [DENTIST]}, {}, id="an absence that is not there"),
        pytest.param({"remove_away": [CHRISTMAS], "add_away": [CHRISTMAS]}, {}, id="away and back"),
    ],
)
def test_a_change_of_a_person_leaves_the_rest_as_it_was(
    agreed: World, body: dict[str, Any], changed: dict[str, Any]
) -> None:
    before = sam(agreed)
    answer = patched(agreed, body)
    assert answer.status == 200
    assert comparable(answer.json()) == comparable({**before, **changed, "warnings": []})
    stored = agreed.stack.items()
    assert patched(agreed, body).json() == answer.json()
    assert agreed.stack.items() == stored, "a repeat changes nothing"


def test_a_repeated_put_of_a_leave_changes_nothing(agreed: World) -> None:
    stored = agreed.stack.items()
    assert agreed.ask("PUT", PATH, TERMS, by="sales").status == 200
    assert agreed.stack.items() == stored


def comparable(rep: dict[str, Any]) -> dict[str, Any]:
    away = [
        {**each, "from": each["from"].replace(".000", ""), "to": each["to"].replace(".000", "")} for each in rep["away"]
    ]
    return {**rep, "away": away, "gets_leads": ..., "why_not": ...}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"capacity": 0}, "capacity", id="a capacity of nothing"),
        pytest.param({"weight": 101}, "weight", id="too great a weight"),
        pytest.param({"salary": 1}, "salary", id="an unknown field"),
        pytest.param({"territories": ["mars"]}, "territories.0", id="an unknown territory"),
        pytest.param({"calendar": "mars"}, "calendar", id="an unknown calendar"),
        pytest.param({"time_zone": None}, "time_zone", id="hours without a place"),
        pytest.param({"time_zone": "Mars/Base"}, "time_zone", id="an unknown time zone"),
        pytest.param({"add_away": [{"from": "2027-02-05", "to": "2027-02-01"}]}, "add_away.0.to", id="backwards"),
        pytest.param({"add_away": [{"from": "0001-01-01", "to": "2027-02-01"}]}, "add_away.0.from", id="no date"),
        pytest.param({"add_away": [{"from": "2027-02-01"}]}, "add_away.0.to", id="without an end"),
        pytest.param({"remove_away": [{"from": "2027-02-01"}]}, "remove_away.0.to", id="removed without an end"),
        pytest.param(
            {
                "add_away": [
                    {"from": f"2027-03-{day % 28 + 1:02}", "to": f"2028-01-{day % 31 + 1:02}"} for day in range(50)
                ]
            },
            "add_away",
            id="one absence too many",
        ),
    ],
)
def test_a_change_that_does_not_fit_names_its_field_and_changes_nothing(
    agreed: World, body: dict[str, Any], field: str
) -> None:
    before = agreed.stack.items()
    answer = patched(agreed, body)
    assert answer.status == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert agreed.stack.items() == before


@pytest.mark.parametrize(
    ("email", "by", "body", "status"),
    [
        pytest.param(LEE, "sales", {"weight": 2}, 404, id="who was never there"),
        pytest.param("nobody", "sales", {"weight": 2}, 404, id="no address"),
        pytest.param(MO, "sales", {"weight": 2}, 403, id="the manager"),
        pytest.param(MO, "sales", {"role": "rep"}, 403, id="the manager, to be a rep"),
        pytest.param(MO, "sales", {"role": None}, 403, id="the manager, to have the usual role"),
        pytest.param(SAM, "sales", {"role": "manager"}, 403, id="a rep, to be the manager"),
        pytest.param(SAM, "marketing", {"weight": 2}, 403, id="another department"),
        pytest.param(MO, "admin", {"weight": 2}, 200, id="the manager, by an administrator"),
    ],
)
def test_who_may_change_whom_is_the_same_as_by_put(
    world: World, email: str, by: str, body: dict[str, Any], status: int
) -> None:
    before = world.stack.items()
    assert patched(world, body, by, email).status == status
    assert (world.stack.items() == before) is (status != 200)


def test_somebody_who_was_removed_is_not_changed(agreed: World) -> None:
    assert agreed.ask("DELETE", PATH, by="sales").status == 200
    assert patched(agreed, {"weight": 2}).status == 404


def test_terms_that_cannot_be_read_are_not_changed_in_part(agreed: World) -> None:
    from baton.aws.table.keys import team_keys  # noqa: PLC0415

    table = agreed.stack.store.table
    agreed.stack.dynamodb.update_item(
        TableName=table,
        Key=team_keys.rep("sales", SAM),
        UpdateExpression="SET terms = :terms",
        ExpressionAttributeValues={":terms": {"S": '{"hours": 5}'}},
    )
    before = agreed.stack.items()
    answer = patched(agreed, {"add_away": [CHRISTMAS]})
    assert answer.status == 409
    assert "PUT" in answer.json()["detail"]
    assert agreed.stack.items() == before


def test_a_change_does_not_touch_the_mail_subscription(agreed: World) -> None:
    subscribed = agreed.stack.sns.list_subscriptions()["Subscriptions"]
    assert patched(agreed, {"weight": 2}).json()["subscription"] == "confirmed"
    assert agreed.stack.sns.list_subscriptions()["Subscriptions"] == subscribed


NEW = {"If-None-Match": "*"}


def test_who_adds_a_person_whom_a_colleague_added_meanwhile_replaces_nothing(world: World) -> None:
    path, theirs, mine = "/teams/sales/reps/new@sales.example", {"capacity": 7}, {"capacity": 9}
    assert world.ask("PUT", path, theirs, by="sales", headers=NEW).status == 200
    assert world.ask("PUT", path, theirs, by="admin", headers=NEW).status == 200, "an answer was lost: the same again"
    stored = world.stack.items()
    late = world.ask("PUT", path, mine, by="admin", headers=NEW)
    assert (late.status, "capacity" in late.json()["detail"]) == (409, True)
    assert world.stack.items() == stored
    assert world.ask("PUT", path, mine, by="admin").json()["capacity"] == 9, "who says nothing replaces, as before"


def test_of_two_who_add_a_person_in_the_same_moment_the_second_is_told(world: World) -> None:
    path, beside = "/teams/sales/reps/new@sales.example", []

    def between(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not beside:
            beside.append(call)
            running, world.calls.running = world.calls.running, None
            assert world.ask("PUT", path, {"capacity": 7}, by="sales", headers=NEW).status == 200
            world.calls.running = running
        return carry()

    with world.calls.by(between):
        assert world.ask("PUT", path, {"capacity": 9}, by="admin", headers=NEW).status == 409
    assert world.stack.rep("new@sales.example").capacity == 7


def test_who_left_may_be_added_as_new(world: World) -> None:
    assert world.ask("DELETE", PATH, by="admin").status == 200
    assert world.ask("PUT", PATH, {"capacity": 9}, by="admin", headers=NEW).status == 200


def test_a_tag_is_no_reason_to_add_a_person(world: World) -> None:
    answer = world.ask("PUT", PATH, {}, by="admin", headers={"If-None-Match": '"a-tag"'})
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "If-None-Match")
