"""A form of the website is taken, refused with its faults, recognized as a repeat, or kept as spam."""

from datetime import timedelta
from pathlib import Path

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.leads.stage_and_status import Status
from tests.integration.template import ROOT
from tests.integration.world import ANNA, World

ALMOST_TEN_MINUTES, TEN_MINUTES = timedelta(minutes=9, seconds=59), timedelta(minutes=10)
ROBOT = {"website": "https://spam.example"}


def what_happened(world: World) -> list[str]:
    world.stack.must_be_consistent()
    return world.stack.happened()


def test_a_form_whose_kind_asks_for_a_person_is_taken_without_its_other_needed_answers(world: World) -> None:
    world.agree(packaged_text().replace("signal: content_downloaded", "signal: demo_requested", 1))
    assert world.send_form("content-download").status == 202
    assert world.stack.lead().status is Status.WITH_SALES


SENT = {
    "consultation.json": "application/json",
    "consultation.urlencoded": "application/x-www-form-urlencoded",
    "consultation.multipart": "multipart/form-data; boundary=----WebFormBoundaryQ8mZ3vYbT5kLr2Nw",
}


@pytest.mark.parametrize("file", SENT)
def test_a_consultation_request_reaches_sales_in_every_encoding(world: World, file: str) -> None:
    body = Path(ROOT / "events" / file).read_bytes()
    answer = world.ask("POST", "/forms/consultation", body, headers={"Content-Type": SENT[file]})
    assert answer.status in {202, 303}
    assert what_happened(world) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_a_forms_answer_does_not_reveal_whether_the_lead_is_new_known_or_spam(world: World) -> None:
    first, known = world.send_form(message="Hello."), world.send_form(message="Hello again.")
    spam = world.send_form(message="Buy.", **ROBOT)
    assert {answer.status for answer in (first, known, spam)} == {202}
    assert [list(answer.json()) for answer in (first, known, spam)] == [["reference"]] * 3
    assert {len(answer.json()["reference"]) for answer in (first, known, spam)} == {16}
    assert {tuple(sorted(answer.headers)) for answer in (first, known, spam)} == {tuple(sorted(first.headers))}


def test_a_visitor_is_sent_on_to_an_agreed_page(world: World) -> None:
    answer = world.send_form(return_to="https://www.example.com/thank-you")
    assert (answer.status, answer.headers["location"]) == (303, "https://www.example.com/thank-you")


def test_a_visitor_is_sent_on_to_no_page_that_is_not_agreed(world: World) -> None:
    answer = world.send_form(return_to="https://evil.example/")
    assert (answer.status, answer.headers.get("location")) == (202, None)
    assert what_happened(world) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_a_form_of_a_page_builder_reaches_sales_with_what_else_it_said(world: World) -> None:
    fields = {"form_fields[email]": ANNA, "First-Name": "Anna", "phone": "call me", "fax": "1", "gclid": "x-1"}
    noise = {"_wpcf7": "7", "submit": "Send", "newsletter": ["no", "yes"]}
    answer = world.ask("POST", "/forms/consultation", {**fields, **noise})
    assert answer.status == 202
    lead = world.stack.lead()
    assert (lead.status, lead.source, lead.profile.first_name) == (Status.WITH_SALES, "google-ads", "Anna")
    assert lead.consents["newsletter"].given
    assert lead.request
    assert lead.request.message == "phone: call me"
    recorded = next(each.event for each in world.stack.history(lead.lead_id) if each.event.type == "SignalRecorded")
    assert recorded.properties == {"gclid": "x-1", "field.fax": "1"}


REFUSED = {
    "no such form": ("nonsense", '{"email": "anna@example.com"}', "application/json", 404, []),
    "no address": ("consultation", "{}", "application/json", 422, ["email"]),
    "two faults": ("content-download", '{"email": "anna"}', "application/json", 422, ["email", "content"]),
    "no content": ("content-download", '{"email": "anna@example.com"}', "application/json", 422, ["content"]),
    "not JSON": ("consultation", "{", "application/json", 400, []),
    "another encoding": ("consultation", "<email/>", "application/xml", 415, []),
    "too long": ("consultation", " " * 65_537, "application/json", 413, []),
}


@pytest.mark.parametrize(("form", "body", "encoding", "status", "fields"), REFUSED.values(), ids=REFUSED)
def test_an_invalid_form_is_refused_with_its_faults_and_stores_no_lead(
    world: World, form: str, body: str, encoding: str, status: int, fields: list[str]
) -> None:
    answer = world.ask("POST", f"/forms/{form}", body, headers={"Content-Type": encoding})
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"]
    assert problem["title"]
    assert problem["detail"]
    assert [error["field"] for error in problem.get("errors", [])] == fields
    assert all(error["detail"] for error in problem.get("errors", []))
    assert world.stack.leads() == []


def test_the_same_answers_within_ten_minutes_are_one_submission(world: World) -> None:
    first = world.send_form(message="Please call.")
    world.now += ALMOST_TEN_MINUTES
    again = world.send_form(message="Please call.")
    assert again.json() == first.json()
    assert what_happened(world) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_the_same_answers_after_ten_minutes_are_two_submissions(world: World) -> None:
    world.send_form(message="Please call.")
    world.now += TEN_MINUTES
    assert world.send_form(message="Please call.").status == 202
    assert what_happened(world).count("SignalRecorded") == 2


def test_the_ten_minutes_begin_anew_with_each_further_submission(world: World) -> None:
    world.send_form()
    world.now += TEN_MINUTES
    world.send_form()
    world.now += ALMOST_TEN_MINUTES
    world.send_form()
    assert what_happened(world).count("SignalRecorded") == 2


def test_other_answers_are_another_submission(world: World) -> None:
    world.send_form(message="Please call.")
    world.send_form(message="Please call me.")
    assert what_happened(world).count("SignalRecorded") == 2


def test_the_same_answers_to_another_form_are_another_submission(world: World) -> None:
    world.send_form()
    world.send_form("content-download", content="guide")
    assert what_happened(world).count("SignalRecorded") == 2


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1), timedelta(days=89, hours=23)], ids=str)
def test_a_submission_id_stands_for_one_submission_for_ninety_days_whatever_the_answers(
    world: World, later: timedelta
) -> None:
    first = world.send_form(submission_id="4b1c", message="Please call.")
    world.now += later
    again = world.send_form(submission_id="4b1c", message="Changed on the way.")
    assert again.json() == first.json()
    assert what_happened(world).count("SignalRecorded") == 1


def test_a_submission_id_is_forgotten_after_ninety_days(world: World) -> None:
    world.send_form(submission_id="4b1c")
    world.now += timedelta(days=90)
    world.send_form(submission_id="4b1c")
    assert what_happened(world).count("SignalRecorded") == 2


def test_another_submission_id_is_another_submission(world: World) -> None:
    world.send_form(submission_id="4b1c")
    world.send_form(submission_id="4b1d")
    assert what_happened(world).count("SignalRecorded") == 2


def test_the_same_submission_id_from_another_person_is_another_submission(world: World) -> None:
    world.send_form(submission_id="1")
    world.send_form(submission_id="1", email="bob@example.org")
    assert len(world.stack.leads()) == 2


@pytest.mark.parametrize("spelling", ["Anna.Schmidt@Example.com", " anna.schmidt@example.com "])
def test_one_person_is_one_lead_however_the_address_is_spelt(world: World, spelling: str) -> None:
    world.send_form(message="One.")
    world.send_form(message="Two.", email=spelling)
    assert world.stack.lead().email == ANNA


def test_a_robots_form_is_kept_as_spam_and_sends_no_mail(world: World) -> None:
    assert world.send_form(message="Buy.", **ROBOT).status == 202
    world.settle()
    world.wait(timedelta(hours=3))
    assert what_happened(world) == ["LeadCaptured", "SignalRecorded"]
    assert world.stack.lead().status is Status.SPAM
    assert world.mails == []


def test_a_robots_form_with_a_known_address_changes_only_the_leads_history_and_queues(world: World) -> None:
    world.send_form(first_name="Anna", company="Schmidt GmbH", message="Please call.")
    world.settle()
    before, mails = world.stack.lead(), list(world.mails)
    world.now += timedelta(minutes=1)
    world.send_form(first_name="Robo", company="Spam Ltd", message="Buy.", phone="0190 123456", **ROBOT)
    world.settle()
    after = world.stack.lead()
    history = {"version", "updated_at", "recent", "suspected_at"}
    assert after.model_dump(exclude=history) == before.model_dump(exclude=history)
    assert what_happened(world)[-1] == "SignalRecorded"
    assert world.mails == mails


def test_a_robots_form_wakes_no_parked_lead(world: World) -> None:
    world.send_form()
    world.settle()
    back = "reason=bad_timing"
    encoded = {"Content-Type": "application/x-www-form-urlencoded"}
    assert world.ask("POST", world.mails[0].link(1), back, headers=encoded).status == 200
    world.now += timedelta(days=1)
    world.send_form(message="Buy.", **ROBOT)
    assert world.stack.lead().status is Status.PARKED
    world.send_form(message="I am ready now.")
    assert world.stack.lead().status is Status.WITH_SALES
    assert what_happened(world).count("HandoffOffered") == 2


def test_a_spam_lead_that_sends_an_honest_form_later_goes_to_sales(world: World) -> None:
    world.send_form(first_name="Robo", message="Buy.", **ROBOT)
    world.now += timedelta(minutes=1)
    world.send_form(first_name="Anna", message="Please call.")
    world.settle()
    lead = world.stack.lead()
    assert lead.status is Status.WITH_SALES
    assert lead.profile.first_name == "Anna"
    assert lead.request
    assert lead.request.message == "Please call."
    assert len(world.mails) == 1
    assert what_happened(world)[-2:] == ["HandoffOffered", "OwnerNotified"]


def test_a_form_is_taken_after_the_same_form_fell_into_the_trap(world: World) -> None:
    world.send_form(message="Please call.", **ROBOT)
    world.send_form(message="Please call.")
    assert world.stack.lead().status is Status.WITH_SALES


def test_a_disposable_address_is_marked_and_lowers_the_score_and_is_not_refused(world: World) -> None:
    for email in ("anna@mailinator.com", "anna@example.com"):
        assert world.send_form("content-download", content="guide", email=email).status == 202
    shown = [
        world.ask("GET", f"/leads/{lead.lead_id}", by="marketing").json()
        for lead in sorted(world.stack.leads(), key=lambda lead: lead.email)
    ]
    assert [each["disposable_address"] for each in shown] == [False, True]
    assert [each["score"]["fit"] for each in shown] == [0, -50]
    assert "throw-away-address" in {line["rule"] for line in shown[1]["score"]["entries"]}


def test_a_consultation_request_from_a_disposable_address_reaches_sales(world: World) -> None:
    world.send_form(email="anna@mailinator.com")
    assert world.stack.lead().status is Status.WITH_SALES


def test_a_download_alone_leaves_the_lead_nurtured_and_sends_no_mail(world: World) -> None:
    world.send_form("content-download", content="guide")
    world.settle()
    assert world.stack.lead().status is Status.NURTURING
    assert world.mails == []


def test_a_lead_with_sales_that_sends_another_form_is_not_handed_over_twice_and_its_owner_is_mailed(
    world: World,
) -> None:
    world.send_form(message="Please call.")
    world.settle()
    world.send_form(message="Hello?")
    world.settle()
    assert what_happened(world).count("HandoffOffered") == 1
    assert [mail.to for mail in world.mails] == [world.mails[0].to] * 2


def test_leads_are_shared_out_among_the_reps_and_the_manager_gets_none(world: World) -> None:
    for number in range(6):
        world.send_form(email=f"visitor{number}@example.org")
    assert {rep.email: rep.open_handoffs for rep in world.stack.reps()} == {
        "kim@sales.example.com": 3,
        "sam@sales.example.com": 3,
        "mo@sales.example.com": 0,
    }
    world.stack.must_be_consistent()
