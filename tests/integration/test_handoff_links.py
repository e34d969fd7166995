"""Sales accepts, contacts, rates, returns and closes a handoff by clicks in mails, safely and once."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import KIM, SAM, World

ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
DAY = timedelta(days=1)
SAID = {"contact": "channel=phone&note=", "close": "outcome=won&amount=48000&reason=", "rate": "stars=4&note="}


@pytest.fixture
def offered(world: World) -> World:
    """Anna's request was offered to Kim or Sam, who has the alert."""
    assert world.send_form(first_name="Anna").status == 202
    world.settle()
    return world


def handoff(world: World) -> Any:
    return world.stack.lead().handoff


def press(world: World, path: str, said: str = "") -> Answer:
    return world.ask("POST", path, said, headers=ENCODED)


def next_links(page: Answer) -> list[str]:
    """The paths that a page leads to."""
    return [f"/links/{token}" for token in re.findall(r'<a class="next" href="([^"]+)">', page.body)]


def link_to(page: Answer, label: str) -> str:
    """The path of a link on a page, by its words."""
    [token] = re.findall(rf'href="([^"]+)">{label}</a>', page.body)
    return f"/links/{token}"


def test_a_handoff_can_be_accepted_contacted_rated_and_closed_by_clicks_alone(offered: World) -> None:
    owner = handoff(offered).owner
    accepted = press(offered, offered.mails[0].link("accept"))
    (contact,) = next_links(accepted)
    logged = press(offered, contact, "channel=phone&note=Wants+a+demo.")
    assert (handoff(offered).state, handoff(offered).contact.note) == ("contacted", "Wants a demo.")
    assert next_links(logged) == [link_to(logged, "Note what you learned"), contact]
    assert press(offered, link_to(logged, "Rate this lead"), SAID["rate"]).status == 200
    closed = press(offered, link_to(logged, "Say how it ended"), "outcome=won&amount=48%2C000&reason=Best+fit")
    assert closed.status == 200
    assert next_links(closed) == [], "it is rated already"
    found = handoff(offered)
    assert (found.state, found.amount, found.outcome_reason, found.rating.stars) == ("won", "48,000", "Best fit", 4)
    history = offered.stack.history(offered.stack.lead().lead_id)
    assert [each.by for each in history if each.event.type in {"ContactLogged", "HandoffRated", "HandoffClosed"}] == [
        owner
    ] * 3
    offered.stack.must_be_consistent()


LEARNED = "budget=yes&budget_words=48k+EUR&authority=yes&need=yes&need_words=Fewer+lost+leads"


def test_what_was_learned_in_a_call_makes_the_lead_sales_qualified_with_the_last_answer(offered: World) -> None:
    accepted = press(offered, offered.mails[0].link("accept"))
    logged = press(offered, next_links(accepted)[0], f"channel=phone&outcome=reached&{LEARNED}")
    assert (logged.status, "Not known yet: timeline." in logged.body) == (200, True)
    assert offered.stack.lead().stage == "lead"

    learned = press(offered, link_to(logged, "Note what you learned"), "timeline=yes&timeline_words=in+spring")

    lead = offered.stack.lead()
    assert (learned.status, "It is a sales qualified lead." in learned.body, lead.stage) == (200, True, "sql")
    assert (lead.bant["budget"].value, lead.bant["budget"].met, lead.bant["budget"].source) == (
        "48k EUR",
        True,
        lead.handoff.owner,
    )
    offered.stack.must_be_consistent()


@pytest.mark.parametrize("said", [f"channel=phone&outcome=reached&{LEARNED}", LEARNED], ids=["call", "learned"])
def test_what_was_learned_is_kept_once_however_often_it_is_sent(offered: World, said: str) -> None:
    accepted = press(offered, offered.mails[0].link("accept"))
    path = link_to(accepted, "Log that you reached out" if "channel" in said else "Note what you learned")
    first = press(offered, path, said)
    before = offered.stack.items()
    assert press(offered, path, said).body == first.body
    assert offered.stack.items() == before


def test_a_rep_notes_their_leave_from_a_leads_page_once_and_gets_no_lead_meanwhile(offered: World) -> None:
    owner = handoff(offered).owner
    accepted = press(offered, offered.mails[0].link("accept"))
    path = link_to(accepted, "My leave")
    said = f"from={offered.now:%Y-%m-%d}&to=2027-01-03"
    pages = [press(offered, path, said) for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].body == pages[1].body
    [away] = offered.stack.rep(owner).away
    assert (f"{away.since:%Y-%m-%d}", f"{away.until:%Y-%m-%d}") == (f"{offered.now:%Y-%m-%d}", "2027-01-03")
    assert "to 3 January 2027" in offered.ask("GET", path).body
    assert offered.send_form(email="bert@another.example").status == 202
    offered.settle()
    assert {each.handoff.owner for each in offered.stack.leads()} == {KIM, SAM}


def test_a_rep_takes_a_leave_back_from_its_page_by_one_press_and_opening_the_page_takes_nothing_back(
    offered: World,
) -> None:
    owner = handoff(offered).owner
    path = link_to(press(offered, offered.mails[0].link("accept")), "My leave")
    for since, until in (("2026-12-24", "2027-01-03"), ("2027-02-01", "2027-02-05")):
        assert press(offered, path, f"from={since}&to={until}").status == 200
    noted = offered.stack.items()
    spans = re.findall(r'name="taken_back" value="([^"]+)"', offered.ask("GET", path).body)
    assert spans == ["2026-12-24/2027-01-03", "2027-02-01/2027-02-05"]
    assert offered.ask("GET", path, query={"taken_back": spans[0]}).status == 200
    assert offered.stack.items() == noted
    pages = [press(offered, path, f"taken_back={spans[0]}") for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert "Your leave is taken back" in pages[0].body
    assert pages[0].body == pages[1].body
    assert [f"{each.since}" for each in offered.stack.rep(owner).away] == ["2027-02-01"]
    refused = press(offered, path, "taken_back=soon")
    assert (refused.status, "Open the page again" in refused.body) == (422, True)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("from=2027-01-03&to=2027-01-02", "The last day is before the first day."),
        ("from=2026-01-01&to=2026-01-03", "The last day is past."),
        ("from=&to=", "Write the first day."),
    ],
)
def test_a_leave_that_cannot_be_is_refused_beside_its_field(offered: World, said: str, words: str) -> None:
    path = link_to(press(offered, offered.mails[0].link("accept")), "My leave")
    before = offered.stack.items()
    answer = press(offered, path, said)
    assert (answer.status, words in answer.body) == (422, True)
    assert offered.stack.items() == before


def test_a_rep_finds_their_open_leads_from_the_page_of_one(offered: World) -> None:
    owner = handoff(offered).owner
    for number in range(3):
        assert offered.send_form(email=f"bert@example-{number}.com", first_name=f"Bert{number}").status == 202
    offered.settle()
    path = link_to(press(offered, offered.mails[0].link("accept")), "My open leads")
    shown = offered.ask("GET", path)
    held = [each for each in offered.stack.leads() if each.handoff.owner == owner]
    assert len(held) == 2
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>\n<p', shown.body)
    assert sorted(name.partition(",")[0] for _, name in found) == sorted(each.profile.first_name for each in held)
    assert "more, which are due later" not in shown.body
    with pytest.MonkeyPatch.context() as few:
        few.setattr("baton.aws.lists.lead_lists.PAGE", 1)
        cut = offered.ask("GET", path).body
    assert "You hold 1 more, which are due later." in cut
    other = next(token for token, name in found if not name.startswith("Anna"))
    assert press(offered, f"/links/{other}").status == 200
    assert "Nothing to send" in press(offered, path, "x=y").body
    offered.stack.must_be_consistent()


def test_a_lead_is_passed_to_a_named_colleague_once_and_its_former_owner_can_do_no_more(offered: World) -> None:
    owner = handoff(offered).owner
    other = SAM if owner == KIM else KIM
    accepted = press(offered, offered.mails[0].link("accept"))
    path, note = link_to(accepted, "Pass it to a colleague"), link_to(accepted, "Note what you learned")
    assert f"{other} is free" in offered.ask("GET", path).body
    pages = [press(offered, path, f"owner={other}&reason=On+a+train") for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].body == pages[1].body == offered.ask("GET", path).body
    assert f"{other} has the lead now." in pages[0].body
    assert (handoff(offered).owner, handoff(offered).state, handoff(offered).assigned_because) == (
        other,
        "offered",
        "On a train",
    )
    assert offered.stack.happened().count("HandoffReassigned") == 1
    offered.settle()
    assert "passed on to you" in offered.mails[-1].text or "passed on to you" in offered.mails[-2].text
    before = offered.stack.items()
    for said in (f"owner={owner}", f"owner={other}"):
        assert press(offered, path, said).status == (409 if owner in said else 200)
    assert press(offered, note, "budget=yes").status == 409
    assert press(offered, offered.mails[0].link("contact"), SAID["contact"]).status == 409
    assert offered.stack.items() == before
    offered.stack.must_be_consistent()


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Choose a colleague."),
        ("nobody@sales.example.com", "Nobody@sales.example.com is not on the roster; choose somebody else."),
        ("x", "is not on the roster"),
        ("mo@sales.example.com", "is a manager; choose somebody else."),
        ("themselves", "has the lead already; choose somebody else."),
    ],
)
def test_a_lead_is_passed_to_nobody_who_cannot_have_it(offered: World, to: str, words: str) -> None:
    path = link_to(press(offered, offered.mails[0].link("accept")), "Pass it to a colleague")
    before = offered.stack.items()
    named = handoff(offered).owner if to == "themselves" else to
    answer = press(offered, path, f"owner={named}&reason=Ill+today")
    assert (answer.status, words in answer.body) == (422, True)
    assert ">\nIll today</textarea>" in answer.body
    assert offered.stack.items() == before


@pytest.mark.parametrize("label", ["Note what you learned", "My open leads", "My leave", "Pass it to a colleague"])
def test_a_page_of_a_former_owner_shows_and_does_nothing(offered: World, label: str) -> None:
    path = link_to(press(offered, offered.mails[0].link("accept")), label)
    other = SAM if handoff(offered).owner == KIM else KIM
    passed = {"owner": other, "reason": "on holiday"}
    assert offered.ask("POST", f"/handoffs/{handoff(offered).handoff_id}/reassign", passed, by="admin").status == 200
    before = offered.stack.items()
    assert "Passed on" in offered.ask("GET", path).body
    answer = press(offered, path, f"budget=yes&from=2026-12-24&owner={other}")
    assert (answer.status in (400, 409), "Passed on" in answer.body) == (True, True)
    assert offered.stack.items() == before


def test_a_contact_logged_by_a_click_accepts_the_handoff(offered: World) -> None:
    assert press(offered, offered.mails[0].link("contact"), SAID["contact"]).status == 200
    assert offered.stack.happened()[-2:] == ["HandoffAccepted", "ContactLogged"]


def further(world: World) -> dict[str, str]:
    """The links for what is said once the lead was contacted, from the reminder of the next action."""
    assert press(world, world.mails[0].link("contact"), SAID["contact"]).status == 200
    world.wait(7 * DAY)
    reminder = world.mails[-1]
    assert reminder.subject.startswith("Reminder: ")
    return {action: reminder.link(action) for action in ("contact", "close", "rate", "return")}


@pytest.mark.parametrize("action", SAID)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_link_changes_nothing(offered: World, action: str, method: str) -> None:
    link = further(offered)[action]
    before = offered.stack.items()
    for _ in range(3):
        assert offered.ask(method, link).status == 200
    assert offered.stack.items() == before


@pytest.mark.parametrize(
    ("action", "happened"), [("contact", "ContactLogged"), ("close", "HandoffClosed"), ("rate", "HandoffRated")]
)
def test_a_button_pressed_twice_is_recorded_once(offered: World, action: str, happened: str) -> None:
    link = further(offered)[action]
    before = offered.stack.happened().count(happened)
    pages = [press(offered, link, SAID[action]) for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].body == pages[1].body
    assert offered.stack.happened().count(happened) == before + 1


@pytest.mark.parametrize("others", [True, False], ids=["to somebody", "to nobody yet"])
def test_a_lead_returned_twice_as_the_wrong_persons_is_reassigned_once(offered: World, others: bool) -> None:
    other = SAM if handoff(offered).owner == KIM else KIM
    if not others:
        assert offered.ask("DELETE", f"/teams/sales/reps/{other}", by="admin").status == 200
    path = offered.mails[0].link("return")
    pages = [press(offered, path, "reason=wrong_person") for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].body == pages[1].body == offered.ask("GET", path).body
    assert (handoff(offered).owner, offered.stack.happened().count("HandoffReassigned")) == (
        other if others else None,
        1,
    )
    offered.stack.must_be_consistent()


@pytest.mark.parametrize("action", SAID)
def test_the_links_of_a_former_owner_change_nothing(offered: World, action: str) -> None:
    links = further(offered)
    other = SAM if handoff(offered).owner == KIM else KIM
    path = f"/handoffs/{handoff(offered).handoff_id}/reassign"
    assert offered.ask("POST", path, {"owner": other, "reason": "on holiday"}, by="admin").status == 200
    before = offered.stack.items()
    assert press(offered, links[action], SAID[action]).status == 409
    assert "Passed on" in offered.ask("GET", links[action]).body
    assert offered.stack.items() == before


@pytest.mark.parametrize("action", SAID)
def test_a_link_on_a_page_expires_with_the_link_that_led_to_the_page(offered: World, action: str) -> None:
    offered.now += 13 * DAY
    accept = offered.mails[0].link("accept")
    paths = {"contact": next_links(press(offered, accept))[0]}
    logged = press(offered, paths["contact"], SAID["contact"])
    paths |= {"close": link_to(logged, "Say how it ended"), "rate": link_to(logged, "Rate this lead")}
    offered.now += DAY + timedelta(hours=1)
    before = offered.stack.items()
    assert press(offered, paths[action], SAID[action]).status == 410
    assert offered.stack.items() == before


@pytest.mark.parametrize(
    ("action", "said", "words"),
    [
        ("contact", "note=hello", "Choose how you reached out."),
        ("close", "amount=5", "Choose whether it is won or lost."),
        ("close", "outcome=won&amount=a+lot", "The amount must read as a number"),
        ("rate", "stars=9", "Choose 1 to 5 stars."),
        ("return", "reason=bad_timing&review_on=2026-01-01", "The date must be in the future"),
        ("return", "reason=bad_fit&review_on=2027-02-01", "The date is only for a reason for which a lead is parked"),
    ],
)
def test_an_invalid_answer_on_a_links_page_is_refused_and_changes_nothing(
    offered: World, action: str, said: str, words: str
) -> None:
    link = further(offered)[action]
    before = offered.stack.items()
    answer = press(offered, link, said)
    assert (answer.status, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert words in answer.body
    assert offered.stack.items() == before


def test_an_invalid_answer_stays_in_the_form_with_the_fault_beside_its_field(offered: World) -> None:
    answer = press(offered, further(offered)["close"], "outcome=won&amount=a+lot&reason=Best+%3Cfit%3E")
    assert 'name="outcome" value="won" required data-opens checked>' in answer.body
    assert 'aria-describedby="amount-fault" autofocus maxlength="40" value="a lot">' in answer.body
    assert '<p class="fault" id="amount-fault">The amount must read as a number' in answer.body
    assert ">\nBest &lt;fit&gt;</textarea>" in answer.body


def test_a_return_for_a_reason_that_is_not_agreed_is_refused_beside_its_choice(offered: World) -> None:
    answer = press(offered, offered.mails[0].link("return"), "reason=no_mood&note=Not+now")
    assert answer.status == 422
    assert '<fieldset role="radiogroup" aria-invalid="true" aria-describedby="reason-fault">' in answer.body
    assert "The reason must be one of those agreed" in answer.body
    assert ">\nNot now</textarea>" in answer.body


def test_what_is_no_form_gets_the_form(offered: World) -> None:
    before = offered.stack.items()
    answer = offered.ask("POST", offered.mails[0].link("return"), "hello", headers={"Content-Type": "text/plain"})
    assert (answer.status, '<form method="post">' in answer.body) == (415, True)
    assert offered.stack.items() == before


def test_a_return_by_a_click_can_set_the_date_of_the_next_review(offered: World) -> None:
    assert press(offered, offered.mails[0].link("return"), "reason=bad_timing&review_on=2027-02-01").status == 200
    assert offered.stack.lead().review_on == offered.now.replace(year=2027, month=2, day=1, hour=0, minute=0)


def test_a_returned_lead_can_still_be_rated_without_a_new_handoff(offered: World) -> None:
    page = press(offered, offered.mails[0].link("return"), "reason=not_qualified")
    (rate,) = next_links(page)
    before = offered.stack.happened()
    assert press(offered, rate, SAID["rate"]).status == 200
    assert offered.stack.happened() == [*before, "HandoffRated"]
    assert handoff(offered).rating.stars == 4
    assert press(offered, offered.mails[0].link("contact"), SAID["contact"]).status == 409


def test_a_link_of_an_earlier_handoff_says_how_that_ended_and_where_the_newer_mail_is(offered: World) -> None:
    earlier = offered.mails[0].link("contact")
    press(offered, offered.mails[0].link("return"), "reason=not_qualified")
    assert offered.send_form(first_name="Anna", message="Once more").status == 202
    offered.settle()
    now = handoff(offered)
    assert now.handoff_id.endswith("-002")
    page = offered.ask("GET", earlier).body
    former = offered.stack.history(now.lead_id)
    had_it = next(each.event.owner for each in former if each.event.type == "HandoffOffered")
    expected = "There is a newer mail" if now.owner == had_it else "You gave it back on"
    assert expected in page
    assert "Anna" not in page
