"""Pages on which marketing reviews and managers reassign from their mails: forms without script, and what is known."""

import re

import pytest

from baton.domain.leads.handoff import HandoffState, handoff_id_of
from baton.domain.leads.person_facts import Company
from baton.outreach.pages.reassign_pages import new_owner_page, reassign_page
from baton.outreach.pages.team_link_pages import HEADERS
from tests.unit.given import KIM, LEE, NOW, SAM
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.outreach.team_page_examples import EVERY_TEAM_PAGE, LATE, LEAD, MARIA, MO, OFFERED, reassignable, review

FORMS = [name for name in EVERY_TEAM_PAGE if name.startswith("ask")]
each_page = pytest.mark.parametrize("name", EVERY_TEAM_PAGE)


def chosen(page: ParsedPage) -> dict[str | None, str | None]:
    """The value that is chosen of each choice."""
    return {each["name"]: each["value"] for each in page.all("input") if "checked" in each}


@each_page
def test_a_team_page_is_well_formed_and_has_no_script_picture_or_address_of_elsewhere(name: str) -> None:
    page = ParsedPage(EVERY_TEAM_PAGE[name])
    assert page.in_order
    assert not page.open
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "link", "object"})
    assert not any(attribute.startswith("on") for _, attributes in page.tags for attribute in attributes)
    assert "http" not in re.sub("<style>.*</style>", "", EVERY_TEAM_PAGE[name], flags=re.DOTALL)
    assert "script-src" not in HEADERS["Content-Security-Policy"]


@each_page
def test_a_team_page_tells_no_last_name_address_phone_or_message_of_the_lead(name: str) -> None:
    for personal in ("Schmidt", "anna", "1234567", "secret words", "Wants to see us"):
        assert personal not in EVERY_TEAM_PAGE[name]


@pytest.mark.parametrize("name", FORMS)
def test_a_team_page_that_asks_has_one_form_and_a_review_a_button_to_claim_it(name: str) -> None:
    page = ParsedPage(EVERY_TEAM_PAGE[name])
    claims = [] if "owner" in name else [{"class": "next", "name": "claim", "value": "begin"}]
    assert page.all("form") == [{"method": "post"}] * (1 + len(claims))
    assert page.all("button") == [{"type": "submit"}, *claims]


@pytest.mark.parametrize("name", EVERY_TEAM_PAGE.keys() - FORMS)
def test_a_team_page_that_tells_has_no_form(name: str) -> None:
    assert ParsedPage(EVERY_TEAM_PAGE[name]).all("form") == []


def test_the_review_page_asks_each_question_with_what_is_known() -> None:
    page = ParsedPage(review())
    for part in ("Anna", "Example GmbH", " of 100", "Meets the definition", "Review by", "(in 2d)"):
        assert part in page.text
    assert "Is it in an industry that we sell to? Known: industry: manufacturing." in page.text
    assert "Would sales want this lead? (optional)" in page.text
    answers = {name: value for name, value in chosen(page).items() if str(name).startswith("answer.")}
    assert answers == {
        "answer.industry": "yes",
        "answer.decision": "yes",
        **dict.fromkeys(("answer.help", "answer.infrastructure", "answer.interest", "answer.engagement"), "unknown"),
    }


def test_a_known_answer_can_be_denied_and_an_unknown_one_stay_unknown() -> None:
    offered = [(each["name"], each["value"]) for each in ParsedPage(review()).all("input") if each["type"] == "radio"]
    assert [value for name, value in offered if name == "answer.industry"] == ["yes", "no"]
    assert [value for name, value in offered if name == "answer.help"] == ["yes", "no", "unknown"]
    assert [value for name, value in offered if name == "verdict"] == ["good_fit", "bad_timing", "bad_fit", "not_ready"]


def test_the_review_page_asks_for_a_date_with_bad_timing_only_and_begins_with_the_agreed_one() -> None:
    page = ParsedPage(review())
    assert [each["value"] for each in page.all("input") if "data-opens" in each] == ["bad_timing"]
    [date] = [each for each in page.all("input") if each["type"] == "date"]
    assert (date["name"], date["value"], date["min"]) == ("review_on", "2027-02-22", "2026-11-24")


def test_a_refused_review_keeps_what_was_typed_and_marks_what_is_wrong() -> None:
    page = EVERY_TEAM_PAGE["ask for a review again"]
    assert chosen(ParsedPage(page))["verdict"] == "good_fit"
    assert "wants &lt;it&gt;" in page
    assert 'aria-invalid="true" aria-describedby="reason-fault"' in page
    again = ParsedPage(EVERY_TEAM_PAGE["ask for a date again"])
    assert [each["value"] for each in again.all("input") if each.get("name") == "review_on"] == ["soon"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parked", ["Parked", "22 February 2027", MARIA]),
        ("disqualified", ["Kept as no fit", MARIA]),
        ("nurturing", ["Nurtured further", MARIA]),
        ("newer review", ["There is a newer review"]),
        ("new owner", ["It has a new owner", SAM]),
    ],
)
def test_a_team_page_that_tells_says_what_became_of_the_lead(name: str, words: list[str]) -> None:
    for each in words:
        assert each in EVERY_TEAM_PAGE[name]


def test_the_reassign_page_lists_first_who_is_free_then_who_is_not_then_who_cannot_get_it() -> None:
    page = ParsedPage(EVERY_TEAM_PAGE["ask for a new owner"])
    offered = [each["value"] for each in page.all("input") if each["type"] == "radio"]
    assert offered == ["next", MO, "ann@example.com", KIM]
    assert f"{KIM} has 25 of at most 25 open leads" in page.text
    assert f"Who cannot take it{LEE} has not confirmed the address yet" in page.text.replace("\n", "")
    assert SAM in page.text
    assert "accept is overdue" in page.text


def test_a_manager_reads_how_a_handoff_has_ended_and_who_has_a_newer_one() -> None:
    assert OFFERED.handoff
    over = {"state": HandoffState.RETURNED, "return_reason": "not_ready", "ended_at": NOW, "ended_by": SAM}
    ended = OFFERED.model_copy(update={"handoff": OFFERED.handoff.model_copy(update=over)})
    assert f"{SAM} gave it back on Tue 24 Nov 2026, 09:30 UTC: not ready." in new_owner_page(ended)
    assert f"{SAM} gave it back on" in reassign_page(reassignable(ended), LATE)
    anew = reassignable()._replace(asked=(handoff_id_of(OFFERED.lead_id, 9), 1))
    page = reassign_page(anew, LATE)
    assert f"The lead was handed over anew since. {SAM} has it since Tue 24 Nov 2026" in page


def test_the_reassign_page_does_not_offer_the_lead_to_a_manager_who_cannot_have_it() -> None:
    page = ParsedPage(reassign_page(reassignable(why_not_by="gets no mail any more"), LATE))
    assert MO not in [each.get("value") for each in page.all("input")]


def test_the_name_of_a_company_is_shown_as_text_only() -> None:
    hostile = Company(name="<b>Evil</b>", domain="аррӏе.com")
    for page in (
        review(LEAD.model_copy(update={"company": hostile})),
        reassign_page(reassignable(OFFERED.model_copy(update={"company": hostile})), LATE),
    ):
        assert "&lt;b&gt;Evil" in page
        assert "is written with letters of another alphabet" in page
