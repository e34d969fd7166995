"""What each page behind a link says, and what can be done on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.lead import Company, Lead
from baton.outreach import pages
from baton.outreach.links import Action, Link
from tests.unit.given import AGREEMENT, NOW
from tests.unit.outreach.given import TO_SAM, offered_to
from tests.unit.outreach.shown import ACCEPT, EVERY_PAGE, LEAD, PARKED, RETURN, Read, accepted, link, passed_on


@pytest.mark.parametrize("page", ["ask to accept", "ask to return"])
def test_a_question_has_one_form_that_posts_to_its_own_address(page: str) -> None:
    read = Read(EVERY_PAGE[page])
    assert read.all("form") == [{"method": "post"}]
    assert read.all("button") == [{"type": "submit"}]


@pytest.mark.parametrize("page", [name for name in EVERY_PAGE if not name.startswith("ask")])
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


def test_returning_offers_the_agreed_reasons_and_needs_one() -> None:
    read = Read(EVERY_PAGE["ask to return"])
    radios = read.all("input")
    assert [radio["value"] for radio in radios] == list(AGREEMENT.return_reasons)
    assert all(radio["type"] == "radio" and radio["name"] == "reason" and "required" in radio for radio in radios)
    for reason in AGREEMENT.return_reasons.values():
        assert reason.label in read.text


def test_the_note_is_labelled_optional_and_bounded() -> None:
    read = Read(EVERY_PAGE["ask to return"])
    (note,) = read.all("textarea")
    assert (note["name"], note["maxlength"], "required" in note) == ("note", "1000", False)
    assert {"class": "note", "for": note["id"]} in read.all("label")


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
        ("nobody else", "It stays with you until somebody takes it"),
    ],
)
def test_once_returned_it_says_where_the_lead_goes(page: str, goes: str) -> None:
    assert goes in Read(EVERY_PAGE[page]).text


@pytest.mark.parametrize("link", [ACCEPT, RETURN], ids=["accept", "return"])
def test_a_fresh_link_has_something_left_to_do(link: Link) -> None:
    assert pages.settled(link, LEAD, NOW) is None


def test_an_accepted_lead_can_still_be_returned() -> None:
    assert pages.settled(RETURN, accepted(), NOW) is None


@pytest.mark.parametrize(
    ("link", "lead", "title"),
    [
        (ACCEPT, accepted(), "The lead is yours"),
        (ACCEPT, PARKED, "Already closed"),
        (RETURN, PARKED, "Returned"),
        (ACCEPT, passed_on(), "Passed on"),
        (RETURN, passed_on(), "Passed on"),
        (ACCEPT, LEAD.model_copy(update={"handoff": None}), "This handoff is over"),
        (link(Action.ACCEPT, passed_on()), LEAD, "Passed on"),
    ],
    ids=[
        "accepted twice",
        "accepting what was returned",
        "returned twice",
        "accepting what others have",
        "returning what others have",
        "nothing handed over",
        "somebody else's link",
    ],
)
def test_a_link_with_nothing_left_to_do_says_why(link: Link, lead: Lead, title: str) -> None:
    assert f"<h1>{title}</h1>" in (pages.settled(link, lead, NOW) or "")


def test_a_link_that_cannot_be_read_says_what_to_do() -> None:
    assert "expired" in EVERY_PAGE["expired"]
    assert "Open it from the mail again" in EVERY_PAGE["invalid"]


def test_without_a_company_the_page_says_so() -> None:
    nobody = offered_to(*TO_SAM, company=Company())
    assert "not known" in pages.ask(ACCEPT, nobody, AGREEMENT, NOW)
    by_domain = offered_to(*TO_SAM, company=Company(domain="example.com"))
    assert "example.com" in pages.ask(ACCEPT, by_domain, AGREEMENT, NOW)


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
    read = Read(pages.ask(RETURN, lead, AGREEMENT, NOW))
    assert read.tags == Read(EVERY_PAGE["ask to return"]).tags
    assert read.in_order
    assert "\u202e" not in read.text


def test_a_reason_with_signs_in_it_is_shown_as_it_was_agreed() -> None:
    odd = AGREEMENT.return_reasons["bad_fit"].model_copy(update={"label": "Budget < 5 & no <plan>"})
    agreement = AGREEMENT.model_copy(update={"return_reasons": {"odd": odd}})
    page = pages.ask(RETURN, LEAD, agreement, NOW)
    assert "Budget < 5 & no <plan>" in Read(page).text
    assert not Read(page).all("plan")
