"""A consultation request goes to sales at once, whatever the score; if it proves unfit, sales passes it on or back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
import pytest

from tests.e2e.at_work import (
    FORM_TYPE,
    RITA,
    SAM,
    THANK_YOU,
    AtWork,
    View,
    clocks,
    links_in,
    multipart,
    problem,
    read,
    somebody,
)
from tests.e2e.paces import moment

A_MILLISECOND = timedelta(milliseconds=1)
"""Moments are stored in whole ones, rounded down."""
ANSWERS = {
    "first_name": "Anna",
    "last_name": "Schmidt",
    "title": "Head of Purchasing",
    "phone": "+49 89 5550-1234",
    "company": "Schmidt Maschinenbau",
    "country": "de",
    "message": "Could somebody call me?",
}


def as_json(website: httpx.Client, path: str, answers: dict[str, str]) -> httpx.Response:
    return website.post(path, json=answers)


def as_urlencoded(website: httpx.Client, path: str, answers: dict[str, str]) -> httpx.Response:
    return website.post(path, content=urlencode(answers), headers={"Content-Type": FORM_TYPE})


def as_multipart(website: httpx.Client, path: str, answers: dict[str, str]) -> httpx.Response:
    content_type, body = multipart(answers)
    return website.post(path, content=body, headers={"Content-Type": content_type})


@pytest.mark.parametrize("encoded", [as_json, as_urlencoded, as_multipart])
def test_a_consultation_request_reaches_sales_at_once_in_every_encoding(
    baton: AtWork, encoded: Callable[..., httpx.Response]
) -> None:
    email, before = somebody(), datetime.now(UTC)

    answer = encoded(baton.stranger, "/forms/consultation", {"email": email, **ANSWERS})

    answered_at = datetime.now(UTC)
    assert answer.status_code == 202
    assert set(answer.json()) == {"reference"}
    lead = baton.lead(baton.lead_id(email))
    assert (lead["status"], lead["handoff"]["state"]) == ("with_sales", "offered")
    assert lead["handoff"]["owner"] in (SAM, RITA)
    assert lead["handoff"]["trigger"] == "consultation"
    for name, within in (("accept", timedelta(minutes=30)), ("first_contact", timedelta(hours=4))):
        started_at, due_at = (moment(clocks(lead)[name][each]) for each in ("started_at", "due_at"))
        assert due_at - started_at == within
        assert before - A_MILLISECOND < started_at <= answered_at
    assert not any(clock["stopped_at"] or clock["breached"] for clock in clocks(lead).values())
    mail = baton.alert(lead)
    assert mail.to == (lead["handoff"]["owner"],)
    assert "Anna Schmidt" in mail.text
    assert links_in(mail.text).keys() == {"accept", "contact", "return"}
    assert all(url.startswith(f"{baton.stack.api_url}/links/") for url in links_in(mail.text).values())


def test_the_website_sends_its_visitor_on_to_an_agreed_page(baton: AtWork) -> None:
    answers = {"email": somebody(), "return_to": THANK_YOU}

    answer = as_urlencoded(baton.stranger, "/forms/consultation", answers)

    assert (answer.status_code, answer.headers["location"]) == (303, THANK_YOU)


def test_the_same_submission_sent_again_is_one_request_with_one_reference(baton: AtWork) -> None:
    answers = {"email": somebody(), **ANSWERS}

    references = {read(baton.send(answers))["reference"] for _ in range(3)}

    assert len(references) == 1
    assert baton.decided(baton.lead_id(answers["email"])) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_the_owner_accepts_with_one_click_in_the_mail(baton: AtWork) -> None:
    lead = baton.ask()
    link = baton.links(lead)["accept"]

    asked = baton.stranger.get(link)
    assert asked.status_code == 200
    assert '<form method="post">' in asked.text
    assert baton.lead(lead["lead_id"])["handoff"]["state"] == "offered"

    done = baton.stranger.post(link)
    assert done.status_code == 200
    assert "The lead is yours" in done.text
    after = baton.lead(lead["lead_id"])
    assert after["handoff"]["state"] == "accepted"
    assert clocks(after)["accept"]["stopped_at"]
    assert not clocks(after)["first_contact"]["stopped_at"]


def test_acceptance_and_contact_through_the_api_stop_the_clocks(baton: AtWork) -> None:
    lead = baton.ask()
    handoff = lead["handoff"]
    owner = baton.rep(handoff["owner"])

    accepted = read(owner.post(f"/handoffs/{handoff['handoff_id']}/accept"))
    assert accepted["state"] == "accepted"
    call = {"channel": "phone", "note": "Wants a demonstration."}
    contacted = read(owner.post(f"/handoffs/{handoff['handoff_id']}/contact", json=call))

    assert contacted["state"] == "contacted"
    assert [clock["name"] for clock in contacted["clocks"] if not clock["stopped_at"]] == ["next_action"]
    assert not any(clock["breached"] for clock in contacted["clocks"])
    assert contacted["stints"][0]["contacted_at"]
    assert baton.decided(lead["lead_id"])[-2:] == ["HandoffAccepted", "ContactLogged"]


def test_a_rep_cannot_accept_another_reps_lead(baton: AtWork) -> None:
    lead = baton.ask()
    other = baton.other_than(lead["handoff"]["owner"])

    refused = baton.rep(other).post(f"/handoffs/{lead['handoff']['handoff_id']}/accept")

    assert lead["handoff"]["owner"] in problem(refused, 409)["detail"]
    assert baton.unchanged(lead)


def test_a_reassignment_by_sales_starts_the_clocks_anew(baton: AtWork) -> None:
    lead = baton.ask()
    owner, handoff_id = lead["handoff"]["owner"], lead["handoff"]["handoff_id"]
    other = baton.other_than(owner)

    passed_on = read(
        baton.rep(owner).post(f"/handoffs/{handoff_id}/reassign", json={"owner": other, "reason": "speaks Polish"})
    )

    assert (passed_on["owner"], passed_on["state"], passed_on["assignment"]) == (other, "offered", 2)
    after = baton.lead(lead["lead_id"])
    assert clocks(after)["accept"]["started_at"] > clocks(lead)["accept"]["started_at"]
    assert "passed on to you" in baton.mail(handoff_id, "speaks Polish", to=other).text


def parked(lead: View) -> bool:
    waits = moment(lead["review_on"]) - moment(lead["status_since"])
    return lead["status"] == "parked" and waits == timedelta(days=90)


def disqualified(lead: View) -> bool:
    return lead["status"] == "disqualified" and lead["review_on"] is None


def nurturing(lead: View) -> bool:
    return lead["status"] == "nurturing" and lead["review_on"] is None


@pytest.mark.parametrize(
    ("reason", "is_where_agreed"),
    [
        ("bad_timing", parked),
        ("bad_fit", disqualified),
        ("not_qualified", nurturing),
        ("unreachable", nurturing),
    ],
)
def test_a_lead_that_sales_returns_goes_where_the_agreement_says(
    baton: AtWork, reason: str, is_where_agreed: Callable[[View], bool]
) -> None:
    lead = baton.ask()
    link = baton.links(lead)["return"]
    assert f'value="{reason}"' in baton.stranger.get(link).text

    done = as_urlencoded(baton.stranger, link, {"reason": reason, "note": "as they said"})

    assert done.status_code == 200
    after = baton.lead(lead["lead_id"])
    assert after["handoff"]["state"] == "returned"
    assert after["handoff"]["return_reason"] == reason
    assert is_where_agreed(after), after
    open_leads = list(baton.pages("/leads", "leads", owner=lead["handoff"]["owner"]))
    assert lead["lead_id"] not in [summary["lead_id"] for summary in open_leads]


def test_a_lead_returned_for_the_wrong_person_goes_to_the_next_rep(baton: AtWork) -> None:
    lead = baton.ask()
    owner = lead["handoff"]["owner"]

    done = as_urlencoded(baton.stranger, baton.links(lead)["return"], {"reason": "wrong_person", "note": ""})

    assert done.status_code == 200
    after = baton.lead(lead["lead_id"])
    assert (after["status"], after["handoff"]["state"], after["handoff"]["assignment"]) == ("with_sales", "offered", 2)
    assert after["handoff"]["owner"] != owner
    assert links_in(baton.alert(after).text).keys() == {"accept", "contact", "return"}


def test_a_returned_lead_that_asks_again_is_handed_over_again(baton: AtWork) -> None:
    lead = baton.ask()
    as_urlencoded(baton.stranger, baton.links(lead)["return"], {"reason": "bad_fit", "note": ""})

    again = baton.ask(lead["email"], message="We have a new plant.")

    assert again["status"] == "with_sales"
    assert again["handoff"]["handoff_id"] != lead["handoff"]["handoff_id"]
    assert "We have a new plant." in baton.alert(again).text


def test_a_lead_with_sales_that_sends_another_form_is_not_handed_over_twice_and_its_owner_gets_news(
    baton: AtWork,
) -> None:
    lead = baton.ask()

    again = baton.ask(lead["email"], message="It is urgent now.")
    downloaded = baton.send({"email": lead["email"], "content": "price-list"}, form="content-download")

    assert downloaded.status_code == 202
    assert again["handoff"]["handoff_id"] == lead["handoff"]["handoff_id"]
    assert baton.happened(lead["lead_id"]).count("HandoffOffered") == 1
    news = baton.mail("News from your lead", "It is urgent now.", lead["handoff"]["handoff_id"])
    assert news.to == (lead["handoff"]["owner"],)
    assert "price-list" in baton.mail("News from your lead", "price-list", lead["handoff"]["handoff_id"]).text


def test_a_download_alone_does_not_hand_the_lead_over(baton: AtWork) -> None:
    email = somebody()

    assert baton.send({"email": email, "content": "price-list"}, form="content-download").status_code == 202

    lead = baton.lead(baton.lead_id(email))
    assert (lead["status"], lead["handoff"]) == ("nurturing", None)
