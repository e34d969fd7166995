"""Staff read leads, queues and timelines and act on handoffs, each group within its rights."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration import template
from tests.integration.gateway import STAFF, Answer
from tests.integration.world import ANNA, KIM, SAM, World

PUBLIC = {
    ("GET", "/openapi.json"),
    *((method, "/forms/{form}") for method in ("OPTIONS", "POST")),
    *((method, "/webhooks/{source}") for method in ("GET", "HEAD", "POST")),
    *(
        (method, f"/{of}/{{token}}")
        for of in ("links", "reviews", "reassignments")
        for method in ("GET", "HEAD", "POST")
    ),
    *(
        (method, path)
        for path in ("/reports/weekly/{token}", "/console", "/console/{proxy+}")
        for method in ("GET", "HEAD")
    ),
    *(("POST", f"/console/session/{call}") for call in ("start", "finish", "refresh", "end")),
}
MACHINES = {("POST", "/machines/signals")}
STAFF_ROUTES = sorted(
    {(route.method, route.path) for route in template.routes()} - PUBLIC - MACHINES,
    key=lambda route: (route[1], route[0]),
)
FOR_SALES = ("/handoffs/", "/teams/")
BODIES: dict[str, Any] = {
    "/handoffs/{handoff_id}/contact": {"channel": "phone"},
    "/handoffs/{handoff_id}/reassign": {"reason": "on holiday"},
    "/handoffs/{handoff_id}/rating": {"stars": 4},
    "/teams/{team}/reps/{email}/confirmation": {"link": "https://sns.amazonaws.com/?Token=1"},
    "/teams/{team}/reps/{email}": {},
    "/operations/confirmation": {"link": "https://sns.amazonaws.com/?Token=1"},
    "/leads/{lead_id}/address": {"email": ANNA},
    "/leads/{lead_id}": {"profile": {"title": "COO"}},
    "/leads/{lead_id}/handoff": {"reason": "met at the fair"},
    "/leads/{lead_id}/hold": {"reason": "a merger"},
    "/leads/{lead_id}/notes": {"text": "Likes tea."},
    "/leads/{lead_id}/merge": {"other": "m3wabi6v5dazse7ab2phvuzz"},
    "/leads/{lead_id}/review": {"verdict": "not_ready"},
    "/leads/{lead_id}/review/claim": {},
    "/agreement/proposals": {"leads_per_day": 5},
    "/signals": {"signals": [{"message_id": "1", "email": ANNA, "kind": "page_visited"}]},
}


@pytest.fixture
def offered(world: World) -> World:
    """Anna's request was offered to Kim or Sam; an account is listed, and a list of leads is to come."""
    assert world.ask("PUT", "/accounts/acme.example.org", {}, by="admin").status in {200, 201}
    assert world.ask("POST", "/imports", {"kind": "leads"}, by="admin").status == 201
    assert world.send_form(first_name="Anna", message="Please call.").status == 202
    world.settle()
    assert world.ask("POST", "/agreement/proposals", {"leads_per_day": 5}, by="admin").status == 202
    return world


def handoff_id(world: World) -> str:
    handoff = world.stack.lead().handoff
    assert handoff
    return handoff.handoff_id


def owner(world: World) -> str:
    handoff = world.stack.lead().handoff
    assert handoff
    assert handoff.owner
    return handoff.owner


def other(world: World) -> str:
    return SAM if owner(world) == KIM else KIM


def drafted(world: World) -> str:
    """The draft that there is; one is made if there is none."""
    listed = world.ask("GET", "/agreement/drafts", by="admin").json()["drafts"]
    made = listed or [world.ask("POST", "/agreement/drafts", {"yaml": packaged_text()}, by="admin").json()]
    return str(made[0]["draft_id"])


def id_of(world: World, kind: str) -> str:
    """The id of the only item of a kind; the first one's if there are several."""
    return min(pk for item in world.stack.items() if (pk := item["pk"]["S"]).startswith(f"{kind}#")).partition("#")[2]


def call(world: World, method: str, path: str, **how: Any) -> Answer:
    lead = world.stack.lead()
    there = path.format(
        lead_id=lead.lead_id,
        handoff_id=handoff_id(world),
        team="sales",
        email="lee@sales.example.com",
        domain="acme.example.org",
        version=1,
        report="sla",
        queue="UnclosedBooksQueue",
        source="hubspot",
        delivery_id="0" * 64,
        import_id=id_of(world, "IMPORT") if "{import_id}" in path else "",
        proposal_id=id_of(world, "PROPOSAL") if "{proposal_id}" in path else "",
        draft_id=drafted(world) if "{draft_id}" in path else "",
    )
    return world.ask(method, there, BODIES.get(path) if method != "GET" else None, **how)


def must_be_a_problem(answer: Answer, status: int, *fields: str) -> str:
    assert answer.status == status, answer
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    assert [error["field"] for error in problem.get("errors", [])] == list(fields)
    detail: str = problem["detail"]
    return detail


@pytest.mark.parametrize(("method", "path"), STAFF_ROUTES)
def test_a_staff_route_answers_401_without_a_signed_in_person(offered: World, method: str, path: str) -> None:
    drafted(offered)
    before = offered.stack.items()
    must_be_a_problem(call(offered, method, path), 401)
    assert offered.stack.items() == before


@pytest.mark.parametrize(("method", "path"), STAFF_ROUTES)
def test_a_staff_route_answers_403_to_a_person_in_no_staff_group(offered: World, method: str, path: str) -> None:
    drafted(offered)
    before = offered.stack.items()
    for groups in ("", "[]", "guests", "sales-emea", "administrators"):
        must_be_a_problem(call(offered, method, path, by="eve@example.com", groups=groups), 403)
        assert offered.stack.items() == before, groups


OF_ONE = ("/imports", "/operations", "/queues", "/set-up", "/tools")
OF_BOTH = [
    route
    for route in STAFF_ROUTES
    if route[0] == "GET" and route[1] != "/me" and not route[1].startswith(OF_ONE)  # that tells who asks
]
OF_SALES = [route for route in STAFF_ROUTES if route[0] != "GET" and route[1].startswith(FOR_SALES)]


@pytest.mark.parametrize(("method", "path"), OF_SALES)
def test_marketing_may_not_change_handoffs_or_the_sales_roster(offered: World, method: str, path: str) -> None:
    before = offered.stack.items()
    must_be_a_problem(call(offered, method, path, by="marketing"), 403)
    assert offered.stack.items() == before


def test_sales_may_not_review_leads(offered: World) -> None:
    before = offered.stack.items()
    must_be_a_problem(call(offered, "POST", "/leads/{lead_id}/review", by="sales"), 403)
    assert offered.stack.items() == before


@pytest.mark.parametrize(("method", "path"), OF_BOTH)
@pytest.mark.parametrize("group", STAFF)
def test_both_departments_get_the_same_answer_to_every_read(offered: World, method: str, path: str, group: str) -> None:
    query = {"queue": "with_sales"} if path == "/leads" else None
    there = path.replace("{email}", SAM)
    answer = call(offered, method, there, by=group, query=query)
    assert answer.status == (404 if path.endswith("/trial") else 200), answer  # nobody has tried the draft
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body == call(offered, method, there, by="admin", query=query).body


@pytest.mark.parametrize("spelling", ["[sales, marketing]", "sales,marketing", "sales marketing", "[sales]"])
def test_staff_groups_are_read_in_every_spelling_of_the_gateway(offered: World, spelling: str) -> None:
    assert call(offered, "GET", "/leads/{lead_id}", by="eve@example.com", groups=spelling).status == 200


def test_a_lead_reads_as_the_contract_says(offered: World) -> None:
    lead = call(offered, "GET", "/leads/{lead_id}", by="sales").json()
    assert lead["email"] == ANNA
    assert lead["status"] == "with_sales"
    assert lead["profile"]["first_name"] == "Anna"
    assert lead["company"]["domain"] == "example.com"
    assert {"stage", "channel", "source", "agreement_version", "version", "created_at", "updated_at"} <= lead.keys()
    handoff = lead["handoff"]
    assert handoff["state"] == "offered"
    assert handoff["trigger"] == "consultation"
    assert {clock["name"] for clock in handoff["clocks"]} == {"accept", "first_contact"}
    assert not any(clock["breached"] for clock in handoff["clocks"])
    assert handoff["routing"]["chosen"] == handoff["owner"]
    assert "terms" not in handoff
    assert "timer" not in lead


@pytest.mark.parametrize("path", ["/leads/nobody", "/leads/nobody/timeline", "/teams/sales/reps/nobody@example.com"])
def test_an_unknown_lead_timeline_or_rep_is_not_found(world: World, path: str) -> None:
    must_be_a_problem(world.ask("GET", path, by="sales"), 404)


@pytest.mark.parametrize("act", ["accept", "contact", "reassign"])
@pytest.mark.parametrize("handoff", ["nobody-001", "nonsense", "-", "nobody-001-001"])
def test_an_unknown_handoff_is_not_found(world: World, act: str, handoff: str) -> None:
    body = BODIES.get(f"/handoffs/{{handoff_id}}/{act}")
    must_be_a_problem(world.ask("POST", f"/handoffs/{handoff}/{act}", body, by="admin"), 404)


def test_the_timeline_has_every_event_in_order_a_page_at_a_time(world: World) -> None:
    for number in range(60):
        world.send_form("content-download", content=f"guide-{number}")
    lead = world.stack.lead()
    first = world.ask("GET", f"/leads/{lead.lead_id}/timeline", by="marketing").json()
    rest = world.ask("GET", f"/leads/{lead.lead_id}/timeline", by="marketing", query={"cursor": first["cursor"]}).json()
    told = first["events"] + rest["events"]
    assert (len(first["events"]), rest["cursor"]) == (50, None)
    assert [event["event_id"] for event in told] == [event.event_id for event in world.stack.history(lead.lead_id)]
    assert told[0]["type"] == "LeadCaptured"
    assert told[0]["by"] == "form:content-download"


@pytest.mark.parametrize("cursor", ["-1", "x", "²", "999999999", "1.5"])
def test_a_made_up_timeline_cursor_is_refused(offered: World, cursor: str) -> None:
    answer = call(offered, "GET", "/leads/{lead_id}/timeline", by="sales", query={"cursor": cursor})
    must_be_a_problem(answer, 422, "cursor")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "queue"),
        ({"queue": "nonsense"}, "queue"),
        ({"queue": "with_sales", "cursor": "%"}, "cursor"),
        ({"queue": "with_sales", "cursor": "w6nDqcOp4"}, "cursor"),
    ],
    ids=str,
)
def test_a_list_that_does_not_exist_is_refused(offered: World, query: dict[str, str], field: str) -> None:
    must_be_a_problem(offered.ask("GET", "/leads", by="sales", query=query), 422, field)


def test_a_queue_shows_every_lead_once_with_the_oldest_first(world: World) -> None:
    for number in range(60):
        world.now += timedelta(seconds=1)
        world.send_form("content-download", email=f"visitor{number}@example.org", content="guide")
    seen: list[str] = []
    query = {"queue": "nurturing"}
    while True:
        page = world.ask("GET", "/leads", by="marketing", query=query).json()
        seen += [lead["email"] for lead in page["leads"]]
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert seen == [f"visitor{number}@example.org" for number in range(60)]


def test_a_salespersons_list_has_only_own_leads_with_the_earliest_deadline_first(world: World) -> None:
    for number in range(4):
        world.now += timedelta(minutes=1)
        world.send_form(email=f"visitor{number}@example.org")
    of_sam, of_kim = (
        world.ask("GET", "/leads", by="sales", query={"owner": who}).json()["leads"] for who in (SAM, KIM.upper())
    )
    assert [lead["email"] for lead in of_kim] == ["visitor0@example.org", "visitor2@example.org"]
    assert [lead["email"] for lead in of_sam] == ["visitor1@example.org", "visitor3@example.org"]
    assert {lead["handoff"]["owner"] for lead in of_sam} == {SAM}


def test_an_acceptance_stops_the_accept_clock_and_a_repeat_changes_nothing(offered: World) -> None:
    accept = f"/handoffs/{handoff_id(offered)}/accept"
    offered.now += timedelta(minutes=5)
    first = offered.ask("POST", accept, by=owner(offered))
    assert first.status == 200
    assert first.json()["state"] == "accepted"
    assert [clock["stopped_at"] is not None for clock in first.json()["clocks"]] == [True, False]
    offered.now += timedelta(minutes=5)
    assert offered.ask("POST", accept, by=owner(offered)).json() == first.json()
    assert offered.stack.happened().count("HandoffAccepted") == 1
    offered.stack.must_be_consistent()


@pytest.mark.parametrize("act", ["accept", "contact"])
def test_an_act_on_another_reps_handoff_is_refused_with_the_owners_name(offered: World, act: str) -> None:
    before, body = offered.stack.items(), BODIES.get(f"/handoffs/{{handoff_id}}/{act}")
    answer = offered.ask("POST", f"/handoffs/{handoff_id(offered)}/{act}", body, by=other(offered))
    assert owner(offered) in must_be_a_problem(answer, 409)
    assert offered.stack.items() == before


def test_an_administrator_may_act_for_a_handoffs_owner(offered: World) -> None:
    assert offered.ask("POST", f"/handoffs/{handoff_id(offered)}/accept", by="admin").status == 200
    assert offered.stack.history(offered.stack.lead().lead_id)[-1].by == STAFF["admin"]


def test_a_logged_contact_accepts_the_handoff_and_a_repeat_is_logged_once(offered: World) -> None:
    contact, made = f"/handoffs/{handoff_id(offered)}/contact", {"channel": "phone", "note": "Left a message."}
    for _ in range(2):
        answer = offered.ask("POST", contact, made, by=owner(offered))
        assert answer.json()["state"] == "contacted"
    assert offered.stack.happened()[-2:] == ["HandoffAccepted", "ContactLogged"]
    offered.stack.must_be_consistent()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["channel"]),
        ({"channel": "pigeon"}, ["channel"]),
        ({"channel": "phone", "note": ""}, ["note"]),
        ({"channel": "phone", "note": "x" * 2_001}, ["note"]),
        ({"channel": "phone", "mood": "good"}, ["mood"]),
        ([], ["body"]),
    ],
    ids=lambda given: str(given)[:40],
)
def test_an_invalid_contact_is_refused_with_the_field_at_fault(offered: World, body: Any, fields: list[str]) -> None:
    before = offered.stack.items()
    answer = offered.ask("POST", f"/handoffs/{handoff_id(offered)}/contact", body, by=owner(offered))
    must_be_a_problem(answer, 422, *fields)
    assert offered.stack.items() == before


def test_a_body_that_is_too_long_or_no_json_is_refused(offered: World) -> None:
    contact = f"/handoffs/{handoff_id(offered)}/contact"
    must_be_a_problem(offered.ask("POST", contact, " " * 65_537, by=owner(offered)), 413)
    must_be_a_problem(offered.ask("POST", contact, "{", by=owner(offered)), 400)
    must_be_a_problem(offered.ask("POST", contact, b"\xff\xfe", by=owner(offered)), 400)


def test_a_reassignment_starts_the_clocks_anew_and_mails_both_reps(offered: World) -> None:
    offered.now += timedelta(minutes=10)
    had, gets = owner(offered), other(offered)
    reason = {"owner": gets.upper(), "reason": "on holiday"}
    answer = offered.ask("POST", f"/handoffs/{handoff_id(offered)}/reassign", reason, by="admin")
    assert answer.status == 200
    assert (answer.json()["owner"], answer.json()["state"]) == (gets, "offered")
    assert {clock["started_at"] for clock in answer.json()["clocks"]} == {"2026-11-24T09:40:00Z"}
    repeated = offered.ask("POST", f"/handoffs/{handoff_id(offered)}/reassign", reason, by="admin")
    assert repeated.json() == answer.json()
    offered.settle()
    assert [mail.to for mail in offered.mails[1:]] == [(gets,), (had,)]
    offered.stack.must_be_consistent()


REFUSED_REASSIGNMENTS: dict[str, tuple[dict[str, str], int]] = {
    "to a stranger": ({"owner": "eve@example.com", "reason": "x"}, 409),
    "to the manager": ({"owner": "mo@sales.example.com", "reason": "x"}, 409),
    "without a reason": ({"owner": SAM}, 422),
    "with an empty reason": ({"owner": SAM, "reason": " "}, 422),
}


@pytest.mark.parametrize(("body", "status"), REFUSED_REASSIGNMENTS.values(), ids=REFUSED_REASSIGNMENTS)
def test_a_reassignment_to_an_unsuitable_person_or_without_a_reason_is_refused(
    offered: World, body: dict[str, str], status: int
) -> None:
    before = offered.stack.items()
    answer = offered.ask("POST", f"/handoffs/{handoff_id(offered)}/reassign", body, by="admin")
    must_be_a_problem(answer, status, *(["reason"] if status == 422 else []))
    assert offered.stack.items() == before


def test_a_returned_handoff_is_closed_for_every_act(offered: World) -> None:
    encoded = {"Content-Type": "application/x-www-form-urlencoded"}
    assert offered.ask("POST", offered.mails[0].link(1), "reason=bad_fit", headers=encoded).status == 200
    for act in ("accept", "contact", "reassign"):
        path = f"/handoffs/{{handoff_id}}/{act}"
        assert "closed" in must_be_a_problem(call(offered, "POST", path, by="admin"), 409)
    offered.stack.must_be_consistent()


LINK_ACTS: dict[str, Callable[[World, str], Answer]] = {
    method: lambda world, link, method=method: world.ask(method, link)
    for method in ("GET", "HEAD")  # type: ignore[misc]
}


@pytest.mark.parametrize("method", LINK_ACTS)
def test_opening_a_mails_link_changes_nothing_and_shows_no_address(offered: World, method: str) -> None:
    before = offered.stack.items()
    for action in ("accept", "contact", "return"):
        answer = LINK_ACTS[method](offered, offered.mails[0].link(action))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert ANNA not in answer.body
    assert offered.stack.items() == before


def test_a_changed_link_is_not_found_and_changes_nothing(offered: World) -> None:
    before, link = offered.stack.items(), offered.mails[0].link(0)
    for broken in (link[:-1], f"{link}x", "/links/nonsense", link.swapcase().replace("/LINKS/", "/links/")):
        for method in ("GET", "POST"):
            assert offered.ask(method, broken).status == 404
    assert offered.stack.items() == before


def test_a_link_expires_after_fourteen_days(offered: World) -> None:
    link = offered.mails[0].link(0)
    offered.now += timedelta(days=14, hours=1)
    assert offered.ask("GET", link).status == 410
    assert offered.ask("POST", link).status == 410


def test_a_link_of_a_reassigned_lead_changes_nothing(offered: World) -> None:
    link = offered.mails[0].link(0)
    offered.wait(timedelta(minutes=46))
    before = offered.stack.items()
    assert offered.ask("POST", link).status == 409
    assert offered.ask("GET", link).status == 200
    assert offered.stack.items() == before


def test_a_link_stays_valid_after_one_change_of_the_key_and_not_after_two(offered: World) -> None:
    key = offered.stack.physical["LinkKey"]
    link = offered.mails[0].link(0)
    assert offered.ask("GET", link).status == 200
    offered.stack.secrets.put_secret_value(SecretId=key, SecretString="a" * 64)
    offered.cold()
    assert offered.ask("POST", link).status == 200
    offered.stack.secrets.put_secret_value(SecretId=key, SecretString="b" * 64)
    offered.cold()
    assert offered.ask("GET", link).status == 404


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"hubspot": ["a secret"]}', id="of webhooks"),
        pytest.param("0x4AAAAAAAxxxxxxxxxxxxxxxxxxxxxxxxxxx", id="of the captcha"),
    ],
)
def test_other_secrets_put_in_the_place_of_the_key_sign_no_link_and_end_none(offered: World, text: str) -> None:
    link = offered.mails[0].link(0)
    secret = offered.stack.physical["LinkKey"]
    offered.stack.secrets.put_secret_value(SecretId=secret, SecretString=text)
    offered.cold()

    assert offered.ask("GET", link).status == 200
    assert offered.send_form(email="other@example.org").status == 202
    offered.settle()
    assert offered.ask("GET", offered.mails[-1].link(0)).status == 200
    offered.stack.secrets.put_secret_value(SecretId=secret, SecretString="c" * 64)
    offered.cold()
    assert offered.ask("GET", offered.mails[-1].link(0)).status == 404, "the former key is only one before"


def test_other_values_of_the_secret_leave_the_key_of_links_as_it_is(offered: World) -> None:
    link = offered.mails[0].link(0)
    for number in range(3):
        offered.stack.put_secret("WEBHOOKS", f'{{"hubspot": ["{number}"]}}')
        offered.stack.put_secret("CAPTCHA", f"{number}")
    offered.cold()

    assert offered.ask("GET", link).status == 200


def test_a_return_by_link_needs_an_agreed_reason(offered: World) -> None:
    before, link = offered.stack.items(), offered.mails[0].link(1)
    encoded = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in ("", "reason=boredom"):
        answer = offered.ask("POST", link, body, headers=encoded)
        assert answer.status in {409, 415, 422}
        assert answer.headers["content-type"].startswith("text/html")
    assert offered.stack.items() == before


@pytest.mark.parametrize("limit", ["1", "7", "50", "100"])
def test_the_timeline_with_the_newest_first_is_the_same_backwards_in_pages_of_any_size(
    world: World, limit: str
) -> None:
    for number in range(23):
        world.now += timedelta(minutes=number % 2)
        world.send_form("content-download", content=f"guide-{number}")
    path, told, cursor = f"/leads/{world.stack.lead().lead_id}/timeline", [], ""
    while cursor is not None:
        query = {"order": "newest", "limit": limit, **({"cursor": cursor} if cursor else {})}
        with world.calls.recorded() as calls:
            page = world.ask("GET", path, by="marketing", query=query).json()
        assert len([call for call in calls if call.service == "dynamodb"]) == 2, "links, and events"
        assert len(page["events"]) <= int(limit)
        told, cursor = [*told, *page["events"]], page["cursor"]
    oldest = world.ask("GET", path, by="marketing", query={"limit": "100"}).json()["events"]
    assert told == oldest[::-1]


def test_each_event_of_a_timeline_has_a_sentence_where_words_are_asked_for(offered: World) -> None:
    path = f"/leads/{offered.stack.lead().lead_id}/timeline"
    plain = offered.ask("GET", path, by="sales").json()["events"]
    told = offered.ask("GET", path, by="sales", query={"words": "en"}).json()["events"]
    assert [{name: each[name] for name in each if name not in ("words", "parts")} for each in told] == plain
    assert ["".join(part["text"] for part in each["parts"]) for each in told] == [each["words"] for each in told]
    assert told[0]["words"] == f"The lead became known by {plain[0]['source']}."
    assert any(each["words"].startswith("Consultation request: the lead was handed over to ") for each in told)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"order": "newest", "cursor": "5"}, "cursor"),
        ({"cursor": "n5"}, "cursor"),
        ({"order": "newest", "cursor": "n1.2"}, "cursor"),
        ({"order": "upside down"}, "order"),
        ({"words": "tlh"}, "words"),
        ({"limit": "101"}, "limit"),
    ],
    ids=str,
)
def test_a_timeline_in_another_order_or_language_is_refused(offered: World, query: dict[str, str], field: str) -> None:
    must_be_a_problem(call(offered, "GET", "/leads/{lead_id}/timeline", by="sales", query=query), 422, field)
