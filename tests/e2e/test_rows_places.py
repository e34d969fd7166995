"""Every lead has a place: inbound and outbound ones are told apart, and who is not ready is nurtured or reviewed."""

import json

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import RITA, AtWork, View, read, somebody
from tests.e2e.signals import GUIDE, PRICES, did, rules, somewhere
from tools.agreement import agreement_for_now

ONLY_WHO_CAME_TO_US = packaged_text().replace(
    "fit:                          # points for what a lead is",
    "fit:\n  - {id: we-went-to-them, points: -40, when: {channel: [outbound]}}",
)
WHITEPAPER = "content_downloaded"


def in_queue(baton: AtWork, queue: str) -> dict[str, View]:
    return {lead["lead_id"]: lead for lead in baton.pages("/leads", "leads", queue=queue)}


def test_source_and_channel_are_on_every_lead(baton: AtWork) -> None:
    inbound = did(baton, somebody(), "page_visited", source="website", campaign="autumn-2026")
    outbound = did(baton, somebody(), "called", channel="outbound", source="call-list")
    form = baton.lead(baton.download())

    assert [(lead["channel"], lead["source"]) for lead in (inbound, outbound, form)] == [
        ("inbound", "website"),
        ("outbound", "call-list"),
        ("inbound", "website"),
    ]
    assert inbound["campaign"] == "autumn-2026"


def test_an_outbound_signal_does_not_alert_the_owner_of_a_target_account(baton: AtWork) -> None:
    domain = somewhere()
    read(baton.admin.put(f"/accounts/{domain}", json={"owner": RITA}))

    lead = did(baton, f"anna@{domain}", "called", channel="outbound", source="call-list")
    assert (lead["status"], lead["handoff"]) == ("nurturing", None)
    assert "TargetAccountEngaged" not in baton.happened(lead["lead_id"])

    lead = did(baton, f"anna@{domain}", "page_visited")
    assert (lead["channel"], lead["handoff"]["trigger"], lead["handoff"]["owner"]) == (
        "outbound",
        "target_account",
        RITA,
    )


def test_rules_can_depend_on_the_channel_of_the_lead(baton: AtWork) -> None:
    with agreement_for_now(baton.session, baton.outputs["TableName"], ONLY_WHO_CAME_TO_US):
        came = did(baton, somebody(), WHITEPAPER, content=GUIDE)
        called = did(baton, somebody(), WHITEPAPER, content=GUIDE, channel="outbound")

    assert rules(came) == {"whitepaper": 50}
    assert rules(called) == {"whitepaper": 50, "we-went-to-them": -40}


def test_a_lead_that_is_not_ready_is_nurtured_with_the_next_content(baton: AtWork) -> None:
    lead = did(baton, somebody(), WHITEPAPER, content=GUIDE)

    assert (lead["stage"], lead["status"], lead["handoff"]) == ("lead", "nurturing", None)
    title = lead["funnel"]["next_content"]["title"]
    assert lead["qualification"]["next"] == f"Nurturing: 50 points short of sales; next content: {title}."
    assert baton.listed(lead["lead_id"], queue="nurturing")


def test_a_lead_that_is_only_an_mql_is_in_the_review_queue_and_not_with_sales(baton: AtWork) -> None:
    email = somebody()
    did(baton, email, WHITEPAPER, content=GUIDE)

    lead = did(baton, email, "page_visited", content=PRICES)

    assert (lead["score"]["total"], lead["stage"], lead["status"]) == (60, "mql", "in_review")
    assert lead["handoff"] is None
    assert lead["qualification"]["next"].startswith("Marketing is to review it by ")
    assert (lead["next_step"]["who"], lead["next_step"]["by"]) == ("marketing", lead["review"]["due_at"])
    [listed] = [each for each in baton.listed(lead["lead_id"], queue="in_review") if each["lead_id"] == lead["lead_id"]]
    assert listed["score"] == {"total": 60, "engagement": 60}
    for queue in ("nurturing", "with_sales"):
        assert lead["lead_id"] not in in_queue(baton, queue)


def test_a_signal_of_an_unknown_kind_is_kept_and_gives_no_points(baton: AtWork) -> None:
    lead = did(baton, somebody(), "Stood at our booth", source="fair", properties={"minutes": 12})

    assert (lead["score"]["total"], lead["score"]["entries"], lead["status"]) == (0, [], "nurturing")
    kept = baton.timeline(lead["lead_id"])[-1]
    assert (kept["kind"], kept["properties"]) == ("stood_at_our_booth", {"minutes": 12})


def test_the_search_for_forgotten_leads_finds_no_lead_without_a_next_step(baton: AtWork) -> None:
    nurtured, reviewed, parked = (did(baton, somebody(), WHITEPAPER, content=GUIDE) for _ in range(3))
    for lead in (reviewed, parked):
        did(baton, lead["email"], "page_visited", content=PRICES)
    read(baton.admin.post(f"/leads/{parked['lead_id']}/review", json={"verdict": "bad_timing"}))
    with_sales = baton.ask()

    function = baton.outputs["FindForgottenFunctionArn"]
    answer = baton.session.client("lambda").invoke(FunctionName=function, Payload=b"{}")
    found = json.loads(answer["Payload"].read())

    assert found["looked_at"] >= 3
    ours = {lead["lead_id"] for lead in (nurtured, reviewed, parked, with_sales)}
    assert not ours & set(found["forgotten"])
    assert all(baton.lead(lead_id)["next_step"]["what"] for lead_id in ours)
