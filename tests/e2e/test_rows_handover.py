"""What hands a lead over, besides its own request: met criteria, a score, or the company that it works for."""

import pytest

from tests.e2e.at_work import RITA, SAM, AtWork, View, fields_at_fault, problem, read, somebody
from tests.e2e.signals import PRICES, did, rules, signal, somewhere, tell

ANSWERS = {"authority": "decides", "need": "loses every fifth lead", "timeline": "this quarter"}
BUDGET = {"bant": {"budget": {"value": 40000}}}
WHY = "Met at the fair in Munich; wants an offer before Christmas."


def with_all_but_the_budget(baton: AtWork) -> View:
    """A lead of whom a caller found out everything but the budget."""
    return did(baton, somebody(), "called_back", channel="outbound", source="crm", properties=ANSWERS)


def alerts(baton: AtWork, lead: View) -> list[bool]:
    """For each time that the lead's company was seen as a target account: whether its owner was alerted."""
    events = baton.timeline(lead["lead_id"])
    return [event["alerts"] for event in events if event["type"] == "TargetAccountEngaged"]


def test_the_last_missing_answer_hands_the_lead_over(baton: AtWork) -> None:
    lead = with_all_but_the_budget(baton)
    assert (lead["status"], lead["handoff"]) == ("nurturing", None)
    assert lead["qualification"]["sql"]["missing"] == ["budget: no answer yet"]

    after = read(baton.rep(RITA).patch(f"/leads/{lead['lead_id']}", json=BUDGET))

    handoff = after["handoff"]
    assert (after["status"], after["stage"], handoff["trigger"]) == ("with_sales", "sql", "sql")
    assert handoff["agreement_version"] == read(baton.admin.get("/agreement"))["version"]
    definition, *answers = handoff["reasons"]
    assert f"version {handoff['agreement_version']} of the agreement" in definition
    assert [answer.partition(" (")[0] for answer in answers] == [
        "budget: 40000",
        "authority: decides",
        "need: loses every fifth lead",
        "timeline: this quarter",
    ]
    assert RITA in answers[0]
    assert all("(crm, " in answer for answer in answers[1:])
    assert "40000" in baton.alert(after).text


def test_a_manual_handover_needs_a_reason_which_is_kept_beside_the_rules_verdict(baton: AtWork) -> None:
    lead = with_all_but_the_budget(baton)
    path, sam = f"/leads/{lead['lead_id']}/handoff", baton.rep(SAM)
    for without in ({}, {"reason": "  "}):
        assert fields_at_fault(problem(sam.post(path, json=without), 422)) == ["reason"]
    assert baton.lead(lead["lead_id"])["handoff"] is None

    handoff = read(sam.post(path, json={"reason": WHY, "owner": RITA}))

    assert (handoff["trigger"], handoff["owner"]) == ("manual", RITA)
    assert handoff["reasons"][0] == f"handed over by {SAM}: {WHY}"
    assert handoff["verdict"][0] == "the rules would not hand it over"
    assert "SQL lacks budget: no answer yet" in handoff["verdict"]
    mail = " ".join(baton.mail(handoff["handoff_id"], to=RITA).text.split())
    assert WHY in mail
    assert "budget: no answer yet" in mail
    assert read(sam.post(path, json={"reason": WHY, "owner": RITA}))["handoff_id"] == handoff["handoff_id"]


def test_a_lead_held_back_for_a_reason_waits_until_its_release(baton: AtWork) -> None:
    lead = with_all_but_the_budget(baton)
    path, rita = f"/leads/{lead['lead_id']}", baton.rep(RITA)
    assert fields_at_fault(problem(rita.post(f"{path}/hold", json={}), 422)) == ["reason"]
    read(rita.post(f"{path}/hold", json={"reason": "A merger is going on."}))

    held = read(rita.patch(path, json=BUDGET))
    assert (held["stage"], held["handoff"]) == ("sql", None)
    assert "A merger is going on." in held["qualification"]["next"]
    assert held["qualification"]["held_back"]["verdict"][0] == "the rules would not hand it over"

    released = read(rita.delete(f"{path}/hold"))
    assert (released["handoff"]["trigger"], released["held"]) == ("sql", None)
    assert [name for name in baton.happened(lead["lead_id"]) if "Held" in name or "Released" in name] == [
        "LeadHeldBack",
        "LeadReleased",
    ]


def test_fit_and_engagement_points_reach_the_threshold_and_the_handoff_names_each_rule(
    baton: AtWork,
) -> None:
    email = somebody()
    lead = tell(baton, *(signal(email, "page_visited", content={"id": "careers"}) for _ in range(3)))
    assert (lead["score"]["total"], lead["status"]) == (0, "nurturing"), "somebody who looks for a job"

    lead = did(baton, email, "form_filled", source="fair", properties={"title": "Vice President Sales"})
    assert (lead["score"]["total"], lead["handoff"]) == (90, None)
    lead = did(baton, email, "content_downloaded", content={"id": "case-study"})

    assert (lead["status"], lead["handoff"]["trigger"], lead["handoff"]["score"]) == ("with_sales", "score", 100)
    parts = {"vice-president": 100, "whitepaper": 50, "visit": 30, "three-pages-in-a-week": 20, "careers": -60}
    assert rules(lead) == {**parts, "out of 100": -40}
    assert sum(rules(lead).values()) == lead["score"]["total"] == lead["score"]["threshold"] == 100
    assert lead["handoff"]["reasons"][0] == "the score of 100 has reached the threshold of 100"
    assert set(lead["handoff"]["reasons"][1:]) == {f"{rule}: {points}" for rule, points in rules(lead).items()}
    assert sum(line["points"] for line in lead["handoff"]["evidence"]) == 100
    assert "SCORE: 100 of 100" in baton.alert(lead).text


@pytest.fixture
def company(baton: AtWork) -> str:
    """The domain of a company on the list that is Rita's."""
    domain = somewhere()
    read(baton.rep(SAM).put(f"/accounts/{domain}", json={"name": f"Acme of {domain}", "owner": RITA}))
    return domain


def test_any_inbound_signal_of_a_target_account_alerts_its_owner_right_away(baton: AtWork, company: str) -> None:
    first = did(baton, f"anna@mail.{company}", "page_visited", content=PRICES)

    assert (first["handoff"]["trigger"], first["handoff"]["owner"]) == ("target_account", RITA)
    assert f"Acme of {company} ({company}) is a target account" in first["handoff"]["reasons"][0]
    assert baton.alert(first).to == (RITA,)
    assert alerts(baton, first) == [True]

    second = did(baton, f"ben@{company}", "email_clicked")
    assert (second["handoff"]["trigger"], second["handoff"]["owner"]) == ("target_account", RITA)
    assert alerts(baton, second) == [False], "within the quiet period"

    assert baton.admin.delete(f"/accounts/{company}").status_code == 204
    third = did(baton, f"carl@{company}", "page_visited", content=PRICES)
    assert (third["status"], third["handoff"], alerts(baton, third)) == ("nurturing", None, [])


def test_the_account_owner_is_alerted_once_in_a_quiet_period_about_another_reps_lead(
    baton: AtWork,
) -> None:
    domain = somewhere()
    lead = baton.ask(f"anna@{domain}")
    path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"
    if lead["handoff"]["owner"] != SAM:
        read(baton.admin.post(path, json={"owner": SAM, "reason": "knows them"}))
    read(baton.admin.put(f"/accounts/{domain}", json={"owner": RITA}))

    for _ in range(2):
        did(baton, f"anna@{domain}", "page_visited", content=PRICES)

    alert = baton.mail("Your target account", domain, to=RITA)
    assert SAM in alert.text, "whose lead it is"
    assert alerts(baton, lead) == [True]
