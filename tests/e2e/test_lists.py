"""Lists come a page at a time, and give everything once."""

from tests.e2e.at_work import AtWork, fields_at_fault, problem, read, somebody

PAGE = 25


def test_a_queue_of_many_leads_is_read_page_by_page_and_gives_each_once(baton: AtWork) -> None:
    sent = [baton.download() for _ in range(PAGE + 5)]

    first = read(baton.admin.get("/leads", params={"queue": "nurturing"}))
    assert len(first["leads"]) == PAGE
    assert first["cursor"]
    listed = list(baton.pages("/leads", "leads", queue="nurturing"))

    ids = [lead["lead_id"] for lead in listed]
    assert len(ids) == len(set(ids))
    assert [lead_id for lead_id in ids if lead_id in sent] == sent
    since = [lead["status_since"] for lead in listed]
    assert since == sorted(since)
    assert {lead["status"] for lead in listed} == {"nurturing"}


def test_a_timeline_of_many_events_is_read_page_by_page_and_gives_each_once_in_order(baton: AtWork) -> None:
    email = somebody("busy")
    for number in range(52):
        baton.download(email, content=f"page-{number}")

    lead_id = baton.lead_id(email)
    first = read(baton.admin.get(f"/leads/{lead_id}/timeline"))
    assert len(first["events"]) == 50
    events = baton.timeline(lead_id)

    assert [event["type"] for event in events] == ["LeadCaptured"] + ["SignalRecorded"] * 52
    assert [event["content"] for event in events[1:]] == [f"page-{number}" for number in range(52)]
    assert baton.lead(lead_id)["version"] == 53


def test_a_list_that_does_not_exist_is_refused_with_the_parameter_at_fault(baton: AtWork) -> None:
    for query, at_fault in (
        ("", "queue"),
        ("?queue=limbo", "queue"),
        ("?queue=won&owner=sam@baton.example", "queue"),
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
