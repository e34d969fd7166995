"""A form takes a limited number of submissions per sender address and in all; the others are answered with 429."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import intake_keys
from baton.domain.basics.moments import iso
from tests.integration.calls import Call, Carry, refuse
from tests.integration.gateway import Answer
from tests.integration.world import World
from tests.shown_items import shown

OFFICE, HOME = "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"
NEIGHBOUR = "2606:2800:220:1::7"
ALSO_HOME = "2606:2800:220:2::7"
PRIVATE = ("127.0.0.1", "10.1.2.3", "", "fe80::1")
AT_MOST = 3


def agree(world: World, limits: str) -> None:
    text = packaged_text()
    world.agree(text.replace("    honeypot: website\n", f"    honeypot: website\n    limits: {limits}\n", 1))


@pytest.fixture
def limited(world: World) -> Iterator[World]:
    """Three consultation requests are taken from one address in ten minutes."""
    agree(world, f"{{per_address: {{at_most: {AT_MOST}, within: 10m}}}}")
    return world


def send(world: World, number: int = 0, address: str = OFFICE, form: str = "consultation", **answers: str) -> Answer:
    sent = {"email": f"visitor{number}@example.org", **answers}
    return world.ask("POST", f"/forms/{form}", sent, address=address)


def send_as_many_as_may_be(world: World, address: str = OFFICE) -> None:
    assert [send(world, number, address).status for number in range(AT_MOST)] == [202] * AT_MOST


def test_a_form_over_the_limit_is_answered_429_and_taken_after_the_stated_time(limited: World) -> None:
    limited.now = limited.now.replace(minute=34, second=30)
    send_as_many_as_may_be(limited)

    refused = send(limited, 9)

    assert (refused.status, refused.headers["retry-after"]) == (429, "330")
    assert refused.headers["content-type"] == "application/problem+json"
    assert len(limited.stack.leads()) == AT_MOST
    limited.now += timedelta(seconds=330)
    assert send(limited, 9).status == 202


@pytest.mark.parametrize("address", [HOME, "93.184.216.35"])
def test_each_sender_address_has_its_own_limit(limited: World, address: str) -> None:
    send_as_many_as_may_be(limited)
    assert send(limited, 9, address).status == 202


def test_addresses_of_one_ipv6_network_share_a_limit(limited: World) -> None:
    send_as_many_as_may_be(limited, HOME)
    assert send(limited, 9, NEIGHBOUR).status == 429
    assert send(limited, 9, ALSO_HOME).status == 202


@pytest.mark.parametrize("address", PRIVATE)
def test_private_sender_addresses_have_no_limit(limited: World, address: str) -> None:
    assert {send(limited, number, address).status for number in range(AT_MOST + 1)} == {202}


def test_each_form_has_its_own_limit(limited: World) -> None:
    send_as_many_as_may_be(limited)
    assert send(limited, form="content-download", content="guide").status == 202


BY_SCRIPT = {"Accept": "application/json"}
BY_BROWSER = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
PAGE = "https://www.example.com/thank-you"


def alike(answer: Answer) -> object:
    """What a sender sees of an answer, but for what they sent themselves."""
    own = re.sub(r"visitor\d@example\.org|[a-z0-9]{16}\b", "…", answer.body or "")
    return answer.status, sorted(answer.headers.items()), own


@pytest.mark.parametrize(
    ("before", "headers", "answers"),
    [
        pytest.param({}, BY_SCRIPT, {}, id="the same form: JSON"),
        pytest.param({}, BY_BROWSER, {}, id="the same form: a page"),
        pytest.param({}, BY_BROWSER, {"return_to": PAGE}, id="the same form: a page to go to"),
        pytest.param({}, BY_SCRIPT, {"return_to": PAGE}, id="the same form: a page to go to, by a script"),
        pytest.param({}, BY_SCRIPT, {"submission_id": "a-1"}, id="the same form, named by its sender"),
        pytest.param({"website": "x"}, BY_SCRIPT, {}, id="a form that was taken for a robot's"),
        pytest.param({"message": "Please call."}, BY_SCRIPT, {}, id="another form"),
        pytest.param(None, BY_SCRIPT, {}, id="an unsubscription"),
    ],
)
def test_at_the_limit_and_below_it_nobody_sees_what_somebody_else_has_sent(
    limited: World, before: dict[str, str] | None, headers: dict[str, str], answers: dict[str, str]
) -> None:
    elsewhere = "93.184.216.99"
    if before is None:
        limited.send_signals({"email": "visitor1@example.org", "kind": "unsubscribed"})
    else:
        sent = {"email": "visitor1@example.org", **answers, **before}
        limited.ask("POST", "/forms/consultation", sent, address=elsewhere)
    seen = {}
    for number in (1, 2):
        stranger = f"93.184.216.{number}"
        mine = {"email": f"visitor{number}@example.org", **answers}
        seen[number] = [
            alike(limited.ask("POST", "/forms/consultation", mine, address=stranger, headers=headers))
            for _ in range(AT_MOST + 2)
        ]
    assert seen[1] == seen[2]
    assert [status for status, *_ in seen[1]][-2:] == [429, 429]  # type: ignore[misc]


def test_a_repeat_counts_towards_the_limit_as_any_other_form(limited: World) -> None:
    first = send(limited, 0, submission_id="a-1")
    assert [send(limited, 0, submission_id="a-1").json() for _ in range(AT_MOST - 1)] == [first.json()] * (AT_MOST - 1)
    assert len(limited.stack.leads()) == 1
    assert {send(limited, number, submission_id=name).status for number, name in ((0, "a-1"), (9, "b-1"))} == {429}


def test_a_refused_form_is_not_counted(limited: World) -> None:
    for _ in range(AT_MOST):
        assert send(limited, email="anna").status == 422
    send_as_many_as_may_be(limited)


def test_a_form_that_could_not_be_saved_is_not_counted(limited: World) -> None:
    with limited.calls.by(refuse("TransactWriteItems", "ThrottlingException")):
        for number in range(AT_MOST):
            assert send(limited, number).status == 503
    send_as_many_as_may_be(limited)


def test_a_form_that_its_forms_limit_refuses_does_not_count_for_its_address(world: World) -> None:
    agree(world, f"{{per_address: {{at_most: {AT_MOST}, within: 1h}}, per_form: {{at_most: 1, within: 10m}}}}")
    assert [send(world, number).status for number in range(1 + AT_MOST)] == [202] + [429] * AT_MOST
    for number in range(1, AT_MOST):
        world.now += timedelta(minutes=10)
        assert send(world, number).status == 202
    assert [int(item["sent"]["N"]) for item in world.stack.items("ADDRESS#")] == [AT_MOST]


def test_a_form_that_an_older_version_counts_at_the_same_moment_is_kept(limited: World) -> None:
    with limited.calls.by(refuse("UpdateItem", "TransactionConflictException", times=1)):
        send_as_many_as_may_be(limited)
    assert send(limited, 9).status == 429


def test_a_form_whose_count_cannot_be_taken_off_is_answered_as_what_failed_before(limited: World) -> None:
    def busy(call: Call, carry: Carry) -> object:
        if call.operation == "TransactWriteItems" or "one_less" in str(call.parameters):
            return refuse(call.operation, "ThrottlingException")(call, carry)
        return carry()

    with limited.calls.by(busy):
        assert send(limited).status == 503
    assert [send(limited, number).status for number in range(AT_MOST)] == [202] * (AT_MOST - 1) + [429]


def test_suspected_robots_forms_count_towards_the_limit(limited: World) -> None:
    for number in range(AT_MOST):
        assert send(limited, number, website="x").status == 202
    assert send(limited, 9).status == 429


def test_a_forms_overall_limit_counts_the_submissions_of_all_addresses(world: World) -> None:
    agree(world, "{per_form: {at_most: 4, within: 1h}}")
    answers = [send(world, number, f"93.184.216.{number}").status for number in range(5)]
    assert answers == [202] * 4 + [429]


def test_the_packaged_agreement_takes_sixty_forms_from_one_address_in_ten_minutes(world: World) -> None:
    answers = [send(world, number, form="content-download", content="guide").status for number in range(61)]
    assert answers == [202] * 60 + [429]


def last_sent(world: World) -> dict[str, str | None]:
    query = {"format": "json", "submissions": "true"}
    forms = world.ask("GET", "/agreement", by="marketing", query=query).json()["terms"]["forms"]
    return {form["name"]: form["last_sent_at"] for form in forms}


def test_staff_sees_when_each_form_was_last_sent_by_whoever_and_for_five_weeks(limited: World) -> None:
    assert set(last_sent(limited).values()) == {None}
    send(limited, 1)
    limited.now += timedelta(hours=3)
    send(limited, 2, website="x")
    at = limited.now
    assert last_sent(limited)["consultation"] == iso(at)
    assert last_sent(limited)["content-download"] is None
    limited.now += timedelta(days=1)
    send(limited, 3, form="content-download", content="guide")
    assert last_sent(limited) | {"consultation": iso(at), "content-download": iso(limited.now)} == last_sent(limited)
    assert limited.ask("GET", "/agreement", by="sales", query={"submissions": "yes"}).status == 422
    [latest] = (item for item in limited.stack.items("FROM#") if item["last_at"]["S"] == iso(at))
    assert timedelta(days=35) <= datetime.fromtimestamp(int(latest["expires_at"]["N"]), UTC) - at < timedelta(days=36)


def test_the_stored_limits_do_not_reveal_the_senders_address(limited: World) -> None:
    send_as_many_as_may_be(limited)
    limited.now += timedelta(minutes=10)
    send(limited, 9)
    counted = limited.stack.items("ADDRESS#")
    assert len(counted) == 2
    assert not re.search(re.escape(OFFICE), str(shown(limited.stack.items())))
    assert all(int(item["expires_at"]["N"]) <= limited.now.timestamp() + 600 for item in counted)
    assert all(item["pk"] == intake_keys.limit_of_address("consultation", "x")["pk"] for item in counted)
