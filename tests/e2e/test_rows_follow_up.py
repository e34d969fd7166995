"""After the handover: clocks both ways, review, bad timing, bad fit, and sales' verdict coming back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import MANAGER, RITA, SAM, AtWork, View, clocks, problem, read, somebody, until
from tests.e2e.paces import at_a_pace, before, moment, must_have_looked_in_time, must_have_told_in_time
from tests.e2e.signals import GUIDE, PRICES, did
from tools.agreement import agreement_for_now

MARIA, MIA = "maria@baton.example", "mia@baton.example"
YES = {"industry": True, "decision": True, "help": True, "infrastructure": True}
WON = {"outcome": "won", "reason": "fast answer", "amount": "12000"}


@contextmanager
def agreed(baton: AtWork, **instead: str) -> Iterator[None]:
    """The shipped agreement with other times: `within_2d="4s"` for every clock of two days."""
    text = packaged_text()
    for words, time in instead.items():
        said = words.replace("__", ": ").replace("within_", "within: ").replace("review_after_", "review_after: ")
        assert said in text, f"the shipped agreement does not say {said!r}"
        text = text.replace(said, f"{said.rpartition(' ')[0]} {time}")
    with agreement_for_now(baton.session, baton.outputs["TableName"], text):
        yield


@pytest.fixture
def marketing(baton: AtWork) -> httpx.Client:
    """Maria's view; she and her manager Mia get marketing's mail."""
    for email, role in ((MARIA, "rep"), (MIA, "manager")):
        read(baton.admin.put(f"/teams/marketing/reps/{email}", json={"role": role}))
    return baton.marketing


def mql(baton: AtWork, **more: object) -> View:
    """A lead that marketing is to review."""
    email = somebody()
    did(baton, email, "content_downloaded", content=GUIDE)
    lead = did(baton, email, "page_visited", content=PRICES, **more)
    assert (lead["stage"], lead["status"]) == ("mql", "in_review")
    return lead


def returned(baton: AtWork, reason: str, **more: object) -> View:
    """A lead that sales gave back."""
    lead = baton.ask()
    path = f"/handoffs/{lead['handoff']['handoff_id']}/return"
    read(baton.rep(lead["handoff"]["owner"]).post(path, json={"reason": reason, **more}))
    return baton.lead(lead["lead_id"])


def in_queue(baton: AtWork, queue: str) -> dict[str, View]:
    return {lead["lead_id"]: lead for lead in baton.pages("/leads", "leads", queue=queue)}


def this_period() -> dict[str, str]:
    """From yesterday to tomorrow."""
    today = datetime.now(UTC)
    return {"from": f"{today - timedelta(days=1):%Y-%m-%d}", "to": f"{today + timedelta(days=1):%Y-%m-%d}"}


def line(baton: AtWork, report: str, group: str, name: str) -> View:
    """A line of a report of these days; an empty one if nothing was counted yet."""
    lines = read(baton.admin.get(f"/reports/{report}", params=this_period()))["groups"][group]
    return next((each for each in lines if each["name"] == name), {})


# --- row 10: the SLA between the departments, both ways ---


def test_the_clocks_of_sales_remind_escalate_and_reassign_and_record_each_owners_period(baton: AtWork) -> None:
    def story(seconds: int) -> None:
        with agreed(baton, within_30m=f"{seconds}s"):
            lead = baton.ask()
            first, lead_id = lead["handoff"]["owner"], lead["lead_id"]
            passed_on_at = moment(baton.wait(lead_id, "HandoffReassigned")["at"])
        must_have_looked_in_time(baton, lead_id, timedelta(seconds=seconds / 2))
        second = baton.other_than(first)
        with before(passed_on_at + timedelta(seconds=seconds), "accepting"):
            read(baton.rep(second).post(f"/handoffs/{lead['handoff']['handoff_id']}/accept"))
        told = (("Reminder", first), ("Escalation", MANAGER), ("Consultation request", second))
        must_have_told_in_time(baton, lead["handoff"]["handoff_id"], *told)

        handoff = baton.lead(lead_id)["handoff"]
        assert [(stint["owner"], bool(stint.get("accepted_at"))) for stint in handoff["stints"]] == [
            (first, False),
            (second, True),
        ]
        assert handoff["stints"][0]["until"] == handoff["stints"][1]["since"]
        until(lambda: baton.lead(lead_id)["handoff"]["stints"][1].get("notified_at"), what="the time of the mail")

    at_a_pace(story)


def test_the_clocks_of_marketing_remind_the_team_and_escalate_to_its_manager(
    baton: AtWork, marketing: httpx.Client
) -> None:
    def story(seconds: int) -> None:
        with agreed(baton, within_2d=f"{seconds}s"):
            lead = mql(baton)
            baton.wait(lead["lead_id"], "DutyEscalated")
        must_have_looked_in_time(baton, lead["lead_id"], timedelta(seconds=seconds / 2))
        assert baton.happened(lead["lead_id"])[-2:] == ["DutyReminded", "DutyEscalated"]
        assert baton.mail(lead["lead_id"], to=MARIA)
        assert baton.mail(lead["lead_id"], to=MIA)
        assert baton.listed(lead["lead_id"], owner="marketing")

    at_a_pace(story)


def test_attainment_is_reported_for_both_departments(baton: AtWork, marketing: httpx.Client) -> None:
    def kept() -> tuple[int, int]:
        in_time = [line(baton, "sla", "department", name).get("met", 0) for name in ("sales", "marketing")]
        return in_time[0], in_time[1]

    sales_before, marketing_before = kept()
    lead = baton.ask()
    read(baton.rep(lead["handoff"]["owner"]).post(f"/handoffs/{lead['handoff']['handoff_id']}/accept"))
    reviewed = mql(baton)
    read(marketing.post(f"/leads/{reviewed['lead_id']}/review", json={"verdict": "not_ready"}))

    until(lambda: kept() == (sales_before + 1, marketing_before + 1), what="a report that counts both")
    assert line(baton, "sla", "department", "sales")["speed_to_lead"]


# --- row 11: the review ---


def test_a_lead_with_all_needed_answers_becomes_an_sql_and_sales_is_notified(
    baton: AtWork, marketing: httpx.Client
) -> None:
    lead = mql(baton)
    path = f"/leads/{lead['lead_id']}/review"
    shown = baton.lead(lead["lead_id"])["review"]
    assert [question["id"] for question in shown["checklist"]][:2] == ["industry", "decision"]
    assert baton.listed(lead["lead_id"], queue="in_review")

    refused = problem(marketing.post(path, json={"verdict": "good_fit"}), 409)
    assert "needs a yes to" in refused["detail"]
    after = read(marketing.post(path, json={"verdict": "good_fit", "answers": YES}))

    assert (after["stage"], after["status"], after["handoff"]["trigger"]) == ("sql", "with_sales", "sql")
    assert MARIA in after["handoff"]["reasons"][0]
    assert baton.alert(after).to == (after["handoff"]["owner"],)
    assert lead["lead_id"] not in in_queue(baton, "in_review")
    assert problem(baton.rep(SAM).post(path, json={"verdict": "bad_fit", "reason": "x"}), 403)


def test_the_known_facts_of_a_lead_answer_its_checklist(baton: AtWork, marketing: httpx.Client) -> None:
    lead = mql(baton, properties={"industry": "manufacturing", "title": "Head of Operations"})
    known = {question["id"]: question for question in baton.lead(lead["lead_id"])["review"]["checklist"]}
    assert (known["industry"]["answer"], known["decision"]["answer"], known["help"].get("answer")) == (True, True, None)
    assert "manufacturing" in known["industry"]["because"]


# --- row 12: bad timing ---


def test_a_lead_parked_for_bad_timing_is_back_in_review_on_its_date_by_itself(baton: AtWork) -> None:
    with agreed(baton, review_after_90d="3s"):
        lead = returned(baton, "bad_timing")
        assert lead["handoff"]["return_reason"] == "bad_timing"
        baton.wait(lead["lead_id"], "ReviewRequested")
    assert "LeadParked" in baton.happened(lead["lead_id"])
    back = baton.lead(lead["lead_id"])
    assert (back["status"], back["review_on"]) == ("in_review", None)
    assert baton.listed(lead["lead_id"], queue="in_review")


def test_a_parked_lead_that_requests_a_consultation_is_handed_over_early(baton: AtWork) -> None:
    lead = returned(baton, "bad_timing")
    again = baton.ask(lead["email"], message="We can start now.")
    assert (again["status"], again["handoff"]["trigger"]) == ("with_sales", "consultation")
    assert again["handoff"]["handoff_id"] != lead["handoff"]["handoff_id"]


# --- row 13: bad fit ---


def test_a_lead_that_is_a_bad_fit_is_disqualified_and_a_new_job_title_causes_a_new_review(
    baton: AtWork, marketing: httpx.Client
) -> None:
    lead = mql(baton, properties={"title": "Assistant"})
    path = f"/leads/{lead['lead_id']}"
    read(marketing.post(f"{path}/review", json={"verdict": "bad_fit", "reason": "too junior to decide"}))
    assert baton.listed(lead["lead_id"], queue="disqualified")

    did(baton, lead["email"], "page_visited", content=GUIDE)
    assert baton.lead(lead["lead_id"])["status"] == "disqualified", "nothing new is known of them"

    after = did(baton, lead["email"], "form_filled", properties={"title": "Head of Operations", "company": "Acme"})
    assert after["status"] == "in_review"
    assert "title" in after["review"]["why"]


# --- row 14: sales' verdict comes back ---


@pytest.mark.parametrize(
    ("reason", "status"), [("not_qualified", "nurturing"), ("unreachable", "nurturing"), ("bad_fit", "disqualified")]
)
def test_a_returned_lead_goes_where_the_reason_says_and_marketing_answers_the_return(
    baton: AtWork, marketing: httpx.Client, reason: str, status: str
) -> None:
    lead = returned(baton, reason, note="No budget before spring.")
    assert lead["status"] == status
    assert (lead["review"]["kind"], lead["review"]["returned"]["note"]) == ("return", "No budget before spring.")
    assert baton.listed(lead["lead_id"], owner="marketing")

    verdict = {"verdict": "bad_fit", "reason": "agreed"} if reason == "bad_fit" else {"verdict": "not_ready"}
    read(marketing.post(f"/leads/{lead['lead_id']}/review", json=verdict))
    assert baton.lead(lead["lead_id"])["status"] == status
    waiting = {each["lead_id"] for each in baton.pages("/leads", "leads", owner="marketing")}
    assert lead["lead_id"] not in waiting


def test_a_lead_returned_for_the_wrong_person_goes_to_the_next_rep(baton: AtWork) -> None:
    lead = baton.ask()
    owner, path = lead["handoff"]["owner"], f"/handoffs/{lead['handoff']['handoff_id']}/return"
    passed = read(baton.rep(owner).post(path, json={"reason": "wrong_person"}))
    assert passed["owner"] == baton.other_than(owner)


def test_ratings_and_outcomes_are_kept_and_counted(baton: AtWork) -> None:
    lead = baton.ask()
    path, rep = f"/handoffs/{lead['handoff']['handoff_id']}", baton.rep(lead["handoff"]["owner"])
    before = line(baton, "handoffs", "rep", lead["handoff"]["owner"])
    read(rep.post(f"{path}/accept"))
    read(rep.post(f"{path}/rating", json={"stars": 4, "note": "knew what they want"}))
    won = read(rep.post(f"{path}/close", json=WON))

    assert (won["state"], won["amount"], won["rating"]["stars"]) == ("won", "12000", 4)
    assert baton.lead(lead["lead_id"])["stage"] == "customer"
    won_before, owner = before.get("won", 0), lead["handoff"]["owner"]
    until(lambda: line(baton, "handoffs", "rep", owner)["won"] > won_before, what="a report that counts it")
    assert line(baton, "handoffs", "rep", owner)["won"] == won_before + 1
    for group, name in (("trigger", "consultation"), ("source", "website"), ("total", "all")):
        assert line(baton, "handoffs", group, name)["won"] >= 1, group
    assert fields_of(problem(rep.post(f"{path}/rating", json={"stars": 6}), 422)) == ["stars"]


def fields_of(content: View) -> list[str]:
    return [fault["field"] for fault in content.get("errors", [])]


# --- row 17: both departments see the same ---


def test_both_departments_see_the_same_record_timeline_and_report(baton: AtWork, marketing: httpx.Client) -> None:
    lead = returned(baton, "not_qualified")
    sales = baton.rep(SAM)

    def is_the_same_for_both(report: str) -> bool:
        seen = [read(who.get(f"/reports/{report}", params=this_period())) for who in (marketing, sales)]
        return bool(seen[0]["groups"] == seen[1]["groups"])

    for path in (f"/leads/{lead['lead_id']}", f"/leads/{lead['lead_id']}/timeline"):
        assert read(marketing.get(path)) == read(sales.get(path))
    for report in ("sla", "handoffs", "scoring", "funnel"):
        until(partial(is_the_same_for_both, report), what=f"the same report {report}")


# --- row 18: the salesperson knows what to do ---


def test_the_alert_names_the_person_reason_activity_open_questions_and_next_step(
    baton: AtWork,
) -> None:
    email = somebody()
    did(baton, email, "page_visited", content=PRICES)
    lead = baton.ask(email, first_name="Priya", last_name="Raman", company="Acme", message="Can we talk about prices?")

    text = " ".join(baton.alert(lead).text.split())
    for part in ("Priya Raman", "asked for a person", "Price list", "Can we talk about prices?", "budget"):
        assert part in text, part
    assert lead["handoff"]["next_step"] in text
    assert "ACCEPT" in text
    assert f"{clocks(lead)['accept']['due_at'][11:16]}" in text


# --- row 19: qualification never stops ---


def test_sales_updates_a_leads_answers_and_returns_a_lead_that_is_not_qualified(
    baton: AtWork, marketing: httpx.Client
) -> None:
    lead = baton.ask()
    rep, path = baton.rep(lead["handoff"]["owner"]), f"/leads/{lead['lead_id']}"
    after = read(rep.patch(path, json={"bant": {"budget": {"value": "none this year", "met": False}}}))
    assert (after["status"], after["bant"]["budget"]["met"]) == ("with_sales", False)

    read(rep.post(f"/handoffs/{lead['handoff']['handoff_id']}/return", json={"reason": "not_qualified"}))
    assert baton.lead(lead["lead_id"])["status"] == "nurturing"

    answers = {need: {"value": "yes", "met": True} for need in ("budget", "authority", "need", "timeline")}
    again = read(marketing.patch(path, json={"bant": answers}))
    assert (again["status"], again["handoff"]["trigger"]) == ("with_sales", "sql")
    assert again["handoff"]["owner"] in (SAM, RITA)
