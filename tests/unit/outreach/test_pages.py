"""What each page behind a link says, and what can be done on it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company
from baton.intake.forms.link_answers import read_click
from baton.outreach.links.handoff_links import Action, Link
from baton.outreach.pages import link_pages
from tests.unit.given import AGREEMENT, KIM, NOW
from tests.unit.outreach.given import LINKS, TO_SAM, offered_to
from tests.unit.outreach.shown import (
    ACCEPT,
    CLOSE,
    CONTACT,
    EVERY_PAGE,
    LEAD,
    PARKED,
    RATE,
    RETURN,
    Read,
    accepted,
    anew,
    answered,
    closed,
    contacted,
    given_back,
    link,
    passed_on,
    rated,
)

QUESTIONS = [name for name in EVERY_PAGE if name.startswith("ask")]


@pytest.mark.parametrize("page", QUESTIONS)
def test_a_question_has_one_form_that_posts_to_its_own_address(page: str) -> None:
    read = Read(EVERY_PAGE[page])
    assert read.all("form") == [{"method": "post"}]
    assert read.all("button") == [{"type": "submit"}]


@pytest.mark.parametrize("page", [name for name in EVERY_PAGE if name not in QUESTIONS])
def test_an_answer_has_nothing_to_press(page: str) -> None:
    assert not Read(EVERY_PAGE[page]).all("form")


def test_accepting_shows_company_trigger_and_deadlines() -> None:
    text = Read(EVERY_PAGE["ask to accept"]).text
    for part in (
        "Accept this lead?",
        "Example GmbH",
        "Consultation request",
        "Tue 24 Nov 2026, 10:00 UTC (in\N{NO-BREAK SPACE}30m)",
        "First contact by",
    ):
        assert part in text


def chosen_from(read: Read, name: str) -> list[str | None]:
    """The values of which one has to be chosen."""
    radios = [each for each in read.all("input") if each["type"] == "radio"]
    assert all(each["name"] == name and "required" in each for each in radios)
    return [each["value"] for each in radios]


def test_returning_offers_the_agreed_reasons_and_needs_one() -> None:
    read = Read(EVERY_PAGE["ask to return"])
    assert chosen_from(read, "reason") == list(AGREEMENT.return_reasons)
    for reason in AGREEMENT.return_reasons.values():
        assert reason.label in read.text


def test_the_note_is_labelled_optional_and_bounded() -> None:
    read = Read(EVERY_PAGE["ask to return"])
    (note,) = read.all("textarea")
    assert (note["name"], note["maxlength"], "required" in note) == ("note", "1000", False)
    assert {"class": "note", "for": note["id"]} in read.all("label")


def test_who_returns_a_lead_may_say_when_its_time_will_be_right() -> None:
    (when,) = [each for each in Read(EVERY_PAGE["ask to return"]).all("input") if each["type"] == "date"]
    assert (when["name"], "required" in when) == ("review_on", False)


def test_no_date_is_asked_for_where_no_reason_parks_a_lead() -> None:
    reasons = {name: each for name, each in AGREEMENT.return_reasons.items() if name != "bad_timing"}
    page = link_pages.question_page(RETURN, LEAD, AGREEMENT.model_copy(update={"return_reasons": reasons}), NOW)
    assert 'type="date"' not in page


@pytest.mark.parametrize(
    ("page", "name", "values"),
    [
        ("ask to log a contact", "channel", ["phone", "email", "meeting", "message", "other"]),
        ("ask how it ended", "outcome", ["won", "lost"]),
        ("ask to rate", "stars", ["5", "4", "3", "2", "1"]),
    ],
)
def test_what_has_to_be_chosen_can_be_chosen_and_is_read_as_it_is_sent(page: str, name: str, values: list[str]) -> None:
    assert chosen_from(Read(EVERY_PAGE[page]), name) == values
    action = {"channel": "contact", "outcome": "close", "stars": "rate"}[name]
    for value in values:
        said = read_click(action, "application/x-www-form-urlencoded", f"{name}={value}".encode())
        assert str(getattr(said, name)) == value


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_field_has_a_label_of_its_own(page: str) -> None:
    read = Read(EVERY_PAGE[page])
    fields = [each for tag in ("input", "textarea") for each in read.all(tag) if each.get("type") != "radio"]
    assert [each["id"] for each in fields] == [each["name"] for each in fields]
    assert sorted(str(each["for"]) for each in read.all("label") if "for" in each) == sorted(
        str(each["id"]) for each in fields
    )
    assert all("maxlength" in each or each.get("type") == "date" for each in fields)


def leads_to(page: str) -> list[tuple[Action, int]]:
    """What can be done next, and whether its link is good for as long as the one that was opened."""
    found = [LINKS.read(each["href"] or "", NOW) for each in Read(page).all("a")]
    assert all(each.expires_at == ACCEPT.expires_at for each in found)
    return [(each.action, each.assignment) for each in found]


@pytest.mark.parametrize(
    ("page", "actions"),
    [
        ("accepted", [Action.CONTACT]),
        ("contacted", [Action.CLOSE, Action.RATE]),
        ("won", [Action.RATE]),
        ("lost", [Action.RATE]),
        ("rated", [Action.CLOSE]),
        ("rated in the end", []),
        ("parked", [Action.RATE]),
        ("passed on", []),
        ("nobody else", []),
        ("settled", []),
    ],
)
def test_a_page_leads_to_what_can_be_said_next(page: str, actions: list[Action]) -> None:
    assert leads_to(EVERY_PAGE[page]) == [(action, 1) for action in actions]


def test_the_links_on_a_page_are_good_for_no_longer_than_the_one_that_was_opened() -> None:
    later = NOW + timedelta(days=13)
    leads_to(link_pages.confirmation_page(ACCEPT, accepted(), LINKS, later))


def test_once_contacted_it_says_what_is_due_next() -> None:
    text = Read(EVERY_PAGE["contacted"]).text
    assert "Logged" in text
    assert "Next action by" in text
    assert "Tue 1 Dec 2026, 09:30 UTC" in text


@pytest.mark.parametrize(("page", "title"), [("won", "Won"), ("lost", "Lost"), ("rated", "Thank you")])
def test_once_it_is_said_how_it_ended_nothing_more_is_expected(page: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in EVERY_PAGE[page]


@pytest.mark.parametrize(("stars", "said"), [(1, "1 star."), (5, "5 stars.")])
def test_a_rating_is_said_back(stars: int, said: str) -> None:
    assert f"You gave this lead {said}" in answered(RATE, rated(stars=stars))


def test_an_amount_that_does_not_do_is_named() -> None:
    assert "The amount must read as a number" in EVERY_PAGE["to correct"]
    assert "Nothing was changed" in EVERY_PAGE["to correct"]


def test_once_accepted_it_says_what_is_next_and_by_when() -> None:
    text = Read(EVERY_PAGE["accepted"]).text
    assert AGREEMENT.handoffs["consultation"].next_step in text
    assert "Tue 24 Nov 2026, 13:30 UTC" in text
    assert "Accept by" not in text


@pytest.mark.parametrize(
    ("page", "goes"),
    [
        ("parked", "is parked and will be looked at again on Mon 22 Feb 2027, 09:30 UTC"),
        ("disqualified", "is kept on the list of leads that we cannot help"),
        ("nurturing", "goes back to marketing"),
        ("passed on", "Somebody else in sales has the lead now"),
        ("nobody else", "Nobody else can take it yet: it waits, and the managers know."),
    ],
)
def test_once_returned_it_says_where_the_lead_goes(page: str, goes: str) -> None:
    assert goes in Read(EVERY_PAGE[page]).text


def settled(link: Link, lead: Lead) -> str | None:
    return link_pages.finished_page(link, lead, LINKS, NOW)


@pytest.mark.parametrize("link", [ACCEPT, RETURN, CONTACT, CLOSE, RATE], ids=str)
def test_a_fresh_link_has_something_left_to_do(link: Link) -> None:
    assert settled(link, LEAD) is None


@pytest.mark.parametrize("link", [RETURN, CONTACT, CLOSE, RATE], ids=str)
@pytest.mark.parametrize("lead", [accepted(), contacted()], ids=["accepted", "contacted"])
def test_a_lead_that_was_taken_can_still_be_contacted_closed_rated_and_returned(link: Link, lead: Lead) -> None:
    assert settled(link, lead) is None


@pytest.mark.parametrize("lead", [PARKED, closed("won"), rated()], ids=["parked", "won", "rated"])
def test_a_lead_can_be_rated_in_the_end_and_once_more(lead: Lead) -> None:
    assert settled(RATE, lead) is None


@pytest.mark.parametrize(
    ("link", "lead", "title"),
    [
        (ACCEPT, accepted(), "The lead is yours"),
        (ACCEPT, PARKED, "Already closed"),
        (RETURN, PARKED, "Returned"),
        (CONTACT, PARKED, "Already closed"),
        (CLOSE, PARKED, "Already closed"),
        (CLOSE, closed("won"), "Won"),
        (ACCEPT, closed("lost"), "Already closed"),
        (RATE, passed_on(), "Passed on"),
        (ACCEPT, passed_on(), "Passed on"),
        (RETURN, passed_on(), "Passed on"),
        (RETURN, given_back(KIM), "Passed on"),
        (ACCEPT, given_back(), "Passed on"),
        (ACCEPT, anew(), "There is a newer mail"),
        (RATE, anew(), "There is a newer mail"),
        (ACCEPT, LEAD.model_copy(update={"handoff": None}), "This handoff is over"),
        (link(Action.ACCEPT, passed_on()), LEAD, "Passed on"),
    ],
    ids=[
        "accepted twice",
        "accepting what was returned",
        "returned twice",
        "contacting what was returned",
        "closing what was returned",
        "closed twice",
        "accepting what was lost",
        "rating what others have",
        "accepting what others have",
        "returning what others have",
        "given to the next twice",
        "accepting what waits for somebody else",
        "accepting what came anew",
        "rating what came anew",
        "nothing handed over",
        "somebody else's link",
    ],
)
def test_a_link_with_nothing_left_to_do_says_why(link: Link, lead: Lead, title: str) -> None:
    assert f"<h1>{title}</h1>" in (settled(link, lead) or "")


def test_a_lead_that_waits_is_not_said_to_be_somebody_elses() -> None:
    assert "waits for somebody else" in (settled(ACCEPT, given_back()) or "")
    assert settled(RETURN, given_back()) == EVERY_PAGE["nobody else"]
    assert settled(RETURN, given_back(KIM)) == EVERY_PAGE["passed on"]


def test_a_link_that_cannot_be_read_says_what_to_do() -> None:
    assert "expired" in EVERY_PAGE["expired"]
    assert "Open it from the mail again" in EVERY_PAGE["invalid"]


def test_without_a_company_the_page_says_so() -> None:
    nobody = offered_to(*TO_SAM, company=Company())
    assert "not known" in link_pages.question_page(ACCEPT, nobody, AGREEMENT, NOW)
    by_domain = offered_to(*TO_SAM, company=Company(domain="example.com"))
    assert "example.com" in link_pages.question_page(ACCEPT, by_domain, AGREEMENT, NOW)


@given(
    st.one_of(
        st.text(),
        st.sampled_from(
            [
                "<script>alert(1)</script>",
                "</dd></dl></main><form action=https://evil.example method=post>",
                '" autofocus onfocus="alert(1)',
                "</style><img src=x>",
                "\u202eGbmH",
            ]
        ),
    )
)
def test_no_company_name_changes_what_a_page_is_made_of(name: str) -> None:
    lead = offered_to(*TO_SAM, company=Company(name=name))
    for opened, same in ((RETURN, "ask to return"), (CONTACT, "ask to log a contact")):
        read = Read(link_pages.question_page(opened, lead, AGREEMENT, NOW))
        assert read.tags == Read(EVERY_PAGE[same]).tags
        assert read.in_order
        assert "\u202e" not in read.text


def test_a_reason_with_signs_in_it_is_shown_as_it_was_agreed() -> None:
    odd = AGREEMENT.return_reasons["bad_fit"].model_copy(update={"label": "Budget < 5 & no <plan>"})
    agreement = AGREEMENT.model_copy(update={"return_reasons": {"odd": odd}})
    page = link_pages.question_page(RETURN, LEAD, agreement, NOW)
    assert "Budget < 5 & no <plan>" in Read(page).text
    assert not Read(page).all("plan")
