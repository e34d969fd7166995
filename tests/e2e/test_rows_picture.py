"""What Baton makes of a lead: a score that adds up, a persona, a place in the funnel, answers to BANT."""

from datetime import datetime

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import SAM, AtWork, problem, read, somebody
from tests.e2e.signals import GUIDE, PRICES, did, rules, signal, tell
from tools.agreement import agreement_for_now

ASKS_FOR_THE_BUDGET = packaged_text().replace(
    "content: {kind: identifier,", "budget: {}\n      content: {kind: identifier,"
)


def test_every_point_is_traced_to_its_rule_and_its_signal(baton: AtWork) -> None:
    email, title = somebody(), {"title": "Student of engineering"}
    lead = tell(
        baton,
        signal(email, "page_visited", at="2026-05-04T09:00:00Z"),
        signal(email, "page_visited", source="website", content=PRICES),
        signal(email, "webinar_attended", source="webinars", content={"id": "scoring-webinar"}, properties=title),
        signal(email, "stood_at_our_booth", source="fair"),
    )

    events = {event["event_id"]: event for event in baton.timeline(lead["lead_id"])}
    entries = lead["score"]["entries"]
    behind = {(entry["rule"], events[entry["signal"]]["kind"]) for entry in entries if entry["kind"] == "engagement"}
    assert behind == {
        ("visit", "page_visited"),
        ("webinar", "webinar_attended"),
        ("pricing-and-webinar", "webinar_attended"),
    }
    student = next(entry for entry in entries if entry["rule"] == "student")
    assert events[student["signal"]]["properties"] == title
    faded = next(entry for entry in entries if entry["at"].startswith("2026-05-04"))
    assert faded["awarded"] == 10
    assert 0 < faded["points"] < 0.2
    assert "faded" in faded["note"]
    assert sum(entry["points"] for entry in entries) == lead["score"]["total"]


def test_the_score_of_any_earlier_moment_can_be_asked_for(baton: AtWork) -> None:
    email = somebody()
    before = did(baton, email, "page_visited", content=GUIDE)
    after = did(baton, email, "content_downloaded", content=PRICES)
    assert (rules(before), rules(after)) == ({"visit": 10}, {"visit": 10, "whitepaper": 50})

    earlier = read(baton.admin.get(f"/leads/{before['lead_id']}", params={"at": before["updated_at"]}))

    for part in ("score", "funnel", "persona", "bant", "stage", "status", "version"):
        assert earlier[part] == before[part], part
    path = f"/leads/{before['lead_id']}"
    problem(baton.admin.get(path, params={"at": "2020-01-01T00:00:00Z"}), 404)
    problem(baton.admin.get(path, params={"at": "yesterday"}), 422)


def test_a_lead_shows_its_persona_the_match_and_the_missing_facts(baton: AtWork) -> None:
    lead = did(baton, somebody(), "form_filled", properties={"title": "Head of Operations"})
    assert lead["persona"] == {
        "id": "operations-leader",
        "label": "Head of operations in industry",
        "match": 37,
        "missing": ["country", "industry", "employees", "budget"],
        "counts": False,
    }

    path, sam = f"/leads/{lead['lead_id']}", baton.rep(SAM)
    better = read(sam.patch(path, json={"company": {"industry": "Logistics", "employees": 320}}))["persona"]
    assert (better["match"], better["missing"], better["counts"]) == (75, ["country", "budget"], True)

    known = {"profile": {"country": "de"}, "bant": {"budget": {"value": 40000}}}
    best = read(sam.patch(path, json=known))["persona"]
    assert (best["match"], best["missing"]) == (100, [])


def test_the_content_that_a_lead_reads_sets_its_funnel_stage_and_the_next_content(baton: AtWork) -> None:
    email = somebody()
    lead = did(baton, email, "page_visited", content=GUIDE)
    assert lead["funnel"]["stage"] == "tofu"
    assert "shifted_at" not in lead["funnel"]
    next_one = lead["funnel"]["next_content"]
    assert (next_one["stage"], next_one["id"] != GUIDE["id"]) == ("mofu", True)

    lead = did(baton, email, "page_visited", content=PRICES)

    assert lead["funnel"]["stage"] == "bofu"
    asked_for_prices = next(event for event in baton.timeline(lead["lead_id"]) if event.get("content") == PRICES["id"])
    shifted, asked = lead["funnel"]["shifted_at"], asked_for_prices["at"]
    assert abs((datetime.fromisoformat(shifted) - datetime.fromisoformat(asked)).total_seconds()) < 1
    assert lead["funnel"]["next_content"]["id"] not in (GUIDE["id"], PRICES["id"])


def test_a_shift_from_orientation_to_buying_makes_an_mql_where_agreed(baton: AtWork) -> None:
    text = packaged_text().replace("mql: {score: {at_least: 60}}", "mql: {shifted: {within: 14d}}")
    with agreement_for_now(baton.session, baton.outputs["TableName"], text):
        email = somebody()
        assert did(baton, email, "page_visited", content=GUIDE)["stage"] == "lead"
        lead = did(baton, email, "page_visited", content=PRICES)

    assert (lead["stage"], lead["status"]) == ("mql", "in_review")


def test_answers_arrive_from_a_form_a_tool_and_a_person_each_with_source_and_time(baton: AtWork) -> None:
    email = somebody()
    with agreement_for_now(baton.session, baton.outputs["TableName"], ASKS_FOR_THE_BUDGET):
        lead_id = baton.download(email, budget="25000")
    did(baton, email, "called_back", channel="outbound", source="crm", properties={"timeline": "next year"})
    read(baton.rep(SAM).patch(f"/leads/{lead_id}", json={"bant": {"need": {"value": "a second plant", "met": True}}}))

    bant = baton.lead(lead_id)["bant"]
    assert {need: (answer["value"], answer["source"], answer["met"]) for need, answer in bant.items()} == {
        "budget": ("25000", "form:content-download", True),
        "timeline": ("next year", "crm", True),
        "need": ("a second plant", SAM, True),
    }
    assert len({datetime.fromisoformat(answer["at"]) for answer in bant.values()}) == 3


def test_a_later_answer_replaces_an_earlier_one_and_the_timeline_keeps_both(baton: AtWork) -> None:
    email = somebody()
    lead = did(baton, email, "called_back", source="crm", properties={"budget": 10000})
    lead = did(baton, email, "called_back", source="crm", properties={"budget": "none"})
    assert (lead["bant"]["budget"]["value"], lead["bant"]["budget"]["met"]) == ("none", False)

    answered = [event["bant"] for event in baton.timeline(lead["lead_id"]) if event.get("bant")]
    assert answered == [{"budget": 10000}, {"budget": "none"}]
