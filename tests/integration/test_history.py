"""The history that `make run` starts over: Baton stored all of it, nobody is forgotten, each screen has some of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.deadlines import next_deadline
from tests.stored.kinds import TABLE, kind_of
from tools.history.cast.people import HOSTILE, MARIA, MONA, SAM
from tools.history.month import beginning_of, live_through
from tools.history.past import Past, past

NOW, DAYS = datetime(2026, 12, 2, 10, 40, tzinfo=UTC), 16
"""Shorter than in `make run`: what happened earlier there happens on the first day here."""
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def month() -> Iterator[Past]:
    with past(beginning_of(NOW, DAYS), NOW) as opened:
        live_through(opened)
        yield opened


def get(world: Past, path: str, by: str = "admin", **query: str) -> Any:
    answer = world.ask("GET", path, by=by, query=query or None)
    assert answer.status == 200, answer
    return answer.json()


def mine(world: Past, email: str, groups: str) -> Any:
    return world.ask("GET", "/me", by=email, groups=groups).json()["counts"]


def test_every_item_is_as_baton_would_have_stored_it(month: Past) -> None:
    month.stack.must_be_consistent()
    assert {kind_of(TABLE, item) for item in month.stack.items()}


def test_no_function_failed_and_nobody_is_forgotten(month: Past) -> None:
    assert month.lost == []
    assert [answer.body for answer in month.refused if answer.status != 409] == []
    assert month.invoke("find_forgotten", {})["forgotten"] == []


def test_each_queue_has_leads(month: Past) -> None:
    queues = get(month, "/counts")["queues"]
    assert queues.keys() == {status.value for status in Status}
    assert all(each["count"] for each in queues.values()), queues


def test_each_open_deadline_has_a_timer_that_looks_in_the_future(month: Past) -> None:
    timers = [timer for function, timer in month.timers if function == "follow_up"]
    looks = {timer["lead_id"]: datetime.fromisoformat(timer["due_at"]) for timer in reversed(timers)}
    due = {lead.lead_id: at for lead in month.stack.leads() if (at := next_deadline(lead))}
    assert len(due) > 50
    assert {lead_id: looks[lead_id] for lead_id in due if looks[lead_id] > due[lead_id] + A_MINUTE} == {}
    assert min(looks.values()) > NOW


def test_sam_has_leads_to_accept_to_call_and_late_ones(month: Past) -> None:
    assert mine(month, SAM, "sales")["overdue"]["count"] > 0
    held = [lead.handoff.state for lead in month.stack.leads() if lead.handoff and lead.handoff.owner == SAM]
    assert {"offered", "accepted", "contacted", "won", "lost", "returned"} <= {*held}


def test_marketing_has_reviews_of_each_kind_and_sales_a_draft_to_sign(month: Past) -> None:
    assert mine(month, MARIA, "marketing")["reviews"]["count"] > 3
    duties = Counter(lead.duty.kind for lead in month.stack.leads() if lead.duty and lead.duty.is_open)
    assert duties["review"] > 2
    assert duties["return"] > 0
    assert mine(month, MONA, "sales")["drafts_to_sign"]["count"] == 1


def test_leads_wait_in_a_line_that_somebody_will_serve(month: Past) -> None:
    assert get(month, "/leads", owner="nobody")["leads"]
    assert [timer["team"] for function, timer in month.timers if function == "serve_waiting"] == ["enterprise"]


def test_search_finds_whoever_there_is(month: Past) -> None:
    for person, word in zip(HOSTILE, ("<b>rob", "zoe"), strict=True):
        assert person.email in [lead["email"] for lead in get(month, "/leads", q=word)["leads"]]


def test_reports_say_the_same_as_the_leads(month: Past) -> None:
    leads = Counter(lead.status.value for lead in month.stack.leads() if not lead.merged_into)
    period = {"from": f"{beginning_of(NOW, DAYS):%Y-%m-%d}", "to": NOW.isoformat()}
    told = get(month, "/reports/funnel", **period)["groups"]["status"]
    assert {each["name"]: each["closing"] for each in told if each["name"] in leads} == leads
    late = get(month, "/reports/sla", **period)["groups"]
    assert {each["name"]: each["missed"] > 0 for each in late["department"]} == {"sales": True, "marketing": True}


def test_versions_imports_tools_and_accounts_have_something_to_show(month: Past) -> None:
    versions = get(month, "/agreement/versions")["versions"]
    assert [each["state"] for each in versions] == ["in_force", "past", "past"]
    assert [len(each["signatures"]) for each in versions] == [2, 2, 0]
    [draft] = get(month, "/agreement/drafts")["drafts"]
    assert get(month, f"/agreement/drafts/{draft['draft_id']}/trial")["state"] == "finished"
    lists = get(month, "/imports")["imports"]
    assert [each["state"] for each in lists] == ["done", "done"]
    assert all(each["progress"]["refused"] for each in lists)
    heard = {each["source"] for each in get(month, "/tools")["tools"] if each["last_heard_at"]}
    assert {"standard", "hubspot", "calendly", "typeform"} <= heard
    assert get(month, "/tools/standard/quarantine")["deliveries"]
    assert len(get(month, "/accounts")["accounts"]) > 3


def test_nobody_has_an_address_that_could_be_somebodys(month: Past) -> None:
    domains = {lead.email.rpartition("@")[2] for lead in month.stack.leads()}
    assert {each for each in domains if "example" not in each.split(".")} == set()
