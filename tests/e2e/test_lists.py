"""Lists come a page at a time, and give everything once."""

import uuid
from datetime import datetime
from functools import partial

from tests.e2e.at_work import AtWork, fields_at_fault, problem, read, somebody, until
from tests.e2e.signals import did

PAGE = 25


def test_a_queue_of_many_leads_gives_each_lead_once_page_by_page(baton: AtWork) -> None:
    sent = [baton.download() for _ in range(PAGE + 5)]

    baton.listed(*sent, queue="nurturing")

    first = read(baton.admin.get("/leads", params={"queue": "nurturing"}))
    assert len(first["leads"]) == PAGE
    assert first["cursor"]
    listed = list(baton.pages("/leads", "leads", queue="nurturing"))

    ids = [lead["lead_id"] for lead in listed]
    assert len(ids) == len(set(ids))
    assert set(sent) <= set(ids)
    assert {lead["status"] for lead in listed} == {"nurturing"}


def test_nurtured_leads_are_listed_by_score_and_other_queues_by_time(baton: AtWork) -> None:
    cool, warm, mild = (
        did(baton, somebody(), kind)["lead_id"] for kind in ("page_visited", "content_downloaded", "webinar_attended")
    )

    nurtured = [lead["lead_id"] for lead in baton.listed(cool, warm, mild, queue="nurturing")]
    with_sales = [
        datetime.fromisoformat(lead["status_since"]) for lead in baton.pages("/leads", "leads", queue="with_sales")
    ]

    assert [lead_id for lead_id in nurtured if lead_id in (cool, warm, mild)] == [warm, mild, cool]
    assert with_sales == sorted(with_sales)


def test_a_search_finds_what_was_saved_and_nothing_of_who_was_erased(baton: AtWork) -> None:
    name = f"Zöllner{uuid.uuid4().hex[:8]}"
    lead_id = baton.ask(last_name=name, company="Brückenbau GmbH")["lead_id"]
    email = baton.lead(lead_id)["email"]

    def found(**query: str) -> list[str]:
        return [lead["lead_id"] for lead in read(baton.admin.get("/leads", params=query))["leads"]]

    assert found(email=email) == [lead_id]
    for query in (name, name.lower(), name.replace("ö", "oe")[:12], f"brücken {name}", email):
        until(partial(found, q=query), what=f"the words of a new lead for {query}")  # they are not written as one
        assert found(q=query) == [lead_id]
    assert baton.admin.delete(f"/leads/{lead_id}").status_code == 204
    assert found(q=name) == found(email=email) == []
    until(lambda: not baton.words_of(lead_id), what="the words of an erased lead to go")


def test_a_timeline_of_many_events_gives_each_event_once_in_order_page_by_page(baton: AtWork) -> None:
    email = somebody("busy")
    for number in range(52):
        baton.download(email, content=f"page-{number}")

    lead_id = baton.lead_id(email)
    first = read(baton.admin.get(f"/leads/{lead_id}/timeline"))
    assert len(first["events"]) == 50
    events = baton.timeline(lead_id)

    assert [event["event_id"] for event in events] == [f"{lead_id}-{number + 1:08d}" for number in range(len(events))]
    read_by_them = [event["content"] for event in events if event["type"] == "SignalRecorded"]
    assert read_by_them == [f"page-{number}" for number in range(52)]
    assert baton.lead(lead_id)["version"] == len(events)


def test_a_list_that_does_not_exist_is_refused_with_the_parameter_at_fault(baton: AtWork) -> None:
    for query, at_fault in (
        ("", "queue"),
        ("?queue=limbo", "queue"),
        ("?queue=won&limit=0", "limit"),
        ("?q=a", "q"),
        ("?queue=won&cursor=%00%ff", "cursor"),
        ("?queue=won&cursor=!", "cursor"),
        ("?owner=sam@baton.example&cursor=AA==", "cursor"),
        ("?queue=won&cursor=abcde", "cursor"),
    ):
        assert fields_at_fault(problem(baton.admin.get(f"/leads{query}"), 422)) == [at_fault]
    lead_id = baton.download()
    for cursor in ("x", "-1", "1e3", "999999999"):
        refused = baton.admin.get(f"/leads/{lead_id}/timeline", params={"cursor": cursor})
        assert fields_at_fault(problem(refused, 422)) == ["cursor"]
