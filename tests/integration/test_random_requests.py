"""After any sequence of forms, clicks, requests and timers the table is consistent, and no request has failed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.conftest import Prepared
from tests.integration.world import KIM, SAM, Mail, World, living_in

PEOPLE = [f"visitor{number}@example.org" for number in range(3)]
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
REASONS = ["bad_timing", "bad_fit", "not_qualified", "unreachable", "wrong_person", "nonsense"]
VERDICTS: list[dict[str, Any]] = [
    {"verdict": "good_fit", "answers": dict.fromkeys(("industry", "decision", "help", "infrastructure"), True)},
    {"verdict": "good_fit"},
    {"verdict": "bad_timing"},
    {"verdict": "bad_fit", "reason": "a student"},
    {"verdict": "not_ready"},
]

Act = Callable[[World], Any]


def form(who: str, message: str, *, robot: bool) -> Act:
    trap = {"website": "x"} if robot else {}
    return lambda world: world.send_form(email=who, message=message, **trap)


def download(who: str, content: str) -> Act:
    return lambda world: world.send_form("content-download", email=who, content=content)


def on_handoff(who: str, act: str, body: Any, by: str | None) -> Act:
    """Somebody acts on a person's handoff, rightly or not; nobody in particular stands for its owner."""

    def ask(world: World) -> Any:
        handoffs = [lead.handoff for lead in world.stack.leads() if lead.email == who]
        if handoffs and handoffs[0]:
            path = f"/handoffs/{handoffs[0].handoff_id}/{act}"
            return world.ask("POST", path, body, by=by or handoffs[0].owner or "admin")
        return None

    return ask


def review(who: str, verdict: Any, by: str) -> Act:
    def ask(world: World) -> Any:
        known = [lead.lead_id for lead in world.stack.leads() if lead.email == who]
        return world.ask("POST", f"/leads/{known[0]}/review", verdict, by=by) if known else None

    return ask


def lose_timers(world: World) -> None:
    """As if the state machine had lost them; the nightly search finds out."""
    world._timers.clear()
    world.wait(timedelta(minutes=16))
    world.invoke("find_forgotten", {})


def click(number: int, link: int, reason: str) -> Act:
    def use(world: World) -> Any:
        with_links: list[Mail] = [mail for mail in world.mails if mail.text.count("/links/") > link]
        if not with_links:
            return None
        path = with_links[number % len(with_links)].link(link)
        return world.ask("POST", path, f"reason={reason}&channel=phone&outcome=lost&stars=2", headers=ENCODED)

    return use


def roster(method: str, who: str, capacity: int) -> Act:
    def change(world: World) -> Any:
        if method == "PUT":
            world.hire(who, capacity=capacity)
            return None
        return world.ask("DELETE", f"/teams/sales/reps/{who}", by="admin")

    return change


def wait(minutes: int) -> Act:
    return lambda world: world.wait(timedelta(minutes=minutes))


people, reps = st.sampled_from(PEOPLE), st.sampled_from([SAM, KIM])
acts = st.one_of(
    st.builds(form, people, st.sampled_from(["Hello.", "Please call."]), robot=st.booleans()),
    st.builds(download, people, st.sampled_from(["guide", "prices"])),
    st.builds(on_handoff, people, st.just("accept"), st.none(), st.none() | reps),
    st.builds(on_handoff, people, st.just("contact"), st.just({"channel": "phone"}), st.none() | reps),
    st.builds(on_handoff, people, st.just("reassign"), st.just({"reason": "x"}), st.just("admin")),
    st.builds(
        on_handoff, people, st.just("reassign"), reps.map(lambda rep: {"reason": "x", "owner": rep}), st.just("admin")
    ),
    st.builds(on_handoff, people, st.just("close"), st.just({"outcome": "won", "amount": 5}), st.none() | reps),
    st.builds(on_handoff, people, st.just("rating"), st.just({"stars": 3}), st.none() | reps),
    st.builds(review, people, st.sampled_from(VERDICTS), st.sampled_from(["marketing", "admin"])),
    st.just(lose_timers),
    st.builds(click, st.integers(0, 9), st.integers(0, 3), st.sampled_from(REASONS)),
    st.builds(roster, st.sampled_from(["PUT", "DELETE"]), reps, st.integers(1, 2)),
    st.builds(wait, st.sampled_from([1, 5, 11, 16, 31, 61, 181, 10_081])),
    st.just(World.start_twice),
)


@given(story=st.lists(acts, min_size=4, max_size=14))
@settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_table_is_consistent_after_any_sequence_of_requests_and_timers(
    prepared: Prepared, story: list[Act]
) -> None:
    prepared.with_people()
    with living_in(World(prepared.stack, prepared.calls)) as world:
        for act in story:
            answer = act(world)
            world.settle()
            assert answer is None or answer.status < 500
            world.stack.must_be_consistent()
        assert not world.lost
        nobody_is_forgotten(world)


def nobody_is_forgotten(world: World) -> None:
    """Whatever a search has to set right, it has done so once another begins."""
    for _ in range(2):
        world.wait(timedelta(hours=1))
        found = world.invoke("find_forgotten", {})
        world.settle()
    assert (found["restarted"], found["asked"], found["forgotten"]) == (0, 0, [])


@pytest.mark.parametrize("minutes", [16, 60 * 24 * 91])
def test_a_parked_lead_that_woke_early_and_was_returned_again_ignores_its_first_review_date(
    world: World, minutes: int
) -> None:
    """Parked, woken by a request before its date, returned once more; then the first date comes."""
    story = [form(PEOPLE[0], "One.", robot=False), click(0, 1, "bad_timing"), form(PEOPLE[0], "Two.", robot=False)]
    for act in [*story, click(1, 1, "not_qualified"), wait(minutes), form(PEOPLE[0], "Three.", robot=False)]:
        act(world)
        world.settle()
        world.stack.must_be_consistent()
    assert world.stack.happened().count("HandoffOffered") == 3
    assert world.stack.happened().count("ReviewRequested") == 0
