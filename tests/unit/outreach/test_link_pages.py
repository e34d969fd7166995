"""Pages behind mailed links: questions, answers, and pages of links without an action left."""

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.basics.facts import Staff
from baton.domain.events.lead_events import Answered
from baton.domain.handoffs import acceptance
from baton.domain.handoffs.link_actions import ContactRequest
from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts
from baton.domain.leads.handoff import HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.working_time.working_calendar import WorkingCalendar
from baton.intake.forms.link_answers import read_click
from baton.outreach.links.handoff_links import Action, Link
from baton.outreach.pages import link_pages, link_questions, link_refusals
from baton.outreach.pages.open_leads_page import open_leads_page
from tests.unit.given import AGREEMENT, HANDOFF_ID, KIM, NOW, SAM, rep
from tests.unit.outreach.given import LINKS, TO_SAM, after, offered_to
from tests.unit.outreach.link_page_examples import (
    ACCEPT,
    AMOUNT_UNREAD,
    CLOSE,
    CONTACT,
    EVERY_PAGE,
    HAND_ON,
    LEAD,
    LEARN,
    LEE,
    MO,
    OPEN_LEADS,
    PARKED,
    RATE,
    RETURN,
    ParsedPage,
    accepted,
    answered,
    asked_again,
    closed,
    contacted,
    handed_over_anew,
    link,
    passed_on,
    rated,
    returned_as_wrong_person,
)

OWN = [Action.OPEN_LEADS, Action.LEAVE]
QUESTIONS = [name for name in EVERY_PAGE if name.startswith("ask")]


@pytest.mark.parametrize("page", QUESTIONS)
def test_the_forms_of_a_question_page_post_to_its_own_address_and_only_leave_has_more_than_one(page: str) -> None:
    read = ParsedPage(EVERY_PAGE[page])
    assert read.all("form") == [{"method": "post"}] * (2 if page == "ask for a leave" else 1)
    first, *besides = read.all("button")
    assert first == {"type": "submit"}
    assert [each["name"] for each in besides] == ["taken_back"] * (page == "ask for a leave")


@pytest.mark.parametrize("page", [name for name in EVERY_PAGE if name not in QUESTIONS])
def test_an_answer_page_has_no_form(page: str) -> None:
    assert not ParsedPage(EVERY_PAGE[page]).all("form")


def test_the_accept_page_shows_company_trigger_and_deadlines() -> None:
    text = ParsedPage(EVERY_PAGE["ask to accept"]).text
    for part in (
        "Accept this lead?",
        "Example GmbH",
        "Consultation request",
        "Tue 24 Nov 2026, 10:00 UTC (in\N{NO-BREAK SPACE}30m)",
        "First contact by",
    ):
        assert part in text


def choices_of(read: ParsedPage, name: str) -> list[str | None]:
    """The values of which one has to be chosen."""
    radios = [each for each in read.all("input") if each["type"] == "radio"]
    assert all(each["name"] == name and "required" in each for each in radios)
    return [each["value"] for each in radios]


def test_the_return_page_offers_the_agreed_reasons_and_needs_one() -> None:
    read = ParsedPage(EVERY_PAGE["ask to return"])
    assert choices_of(read, "reason") == list(AGREEMENT.return_reasons)
    for reason in AGREEMENT.return_reasons.values():
        assert reason.label in read.text


def test_the_note_on_the_return_page_is_labelled_optional_and_bounded() -> None:
    read = ParsedPage(EVERY_PAGE["ask to return"])
    (note,) = read.all("textarea")
    assert (note["name"], note["maxlength"], "required" in note) == ("note", "1000", False)
    assert {"class": "note", "for": note["id"]} in read.all("label")


def test_the_return_page_asks_for_a_date_with_a_reason_for_which_a_lead_is_parked() -> None:
    page = ParsedPage(EVERY_PAGE["ask to return"])
    assert [each["value"] for each in page.all("input") if "data-opens" in each] == ["bad_timing"]
    assert page.all("div") == [{"data-opened": None}]


def test_the_return_page_has_an_optional_review_date() -> None:
    (when,) = [each for each in ParsedPage(EVERY_PAGE["ask to return"]).all("input") if each["type"] == "date"]
    assert (when["name"], "required" in when) == ("review_on", False)


def test_the_return_page_has_no_review_date_if_no_reason_parks_a_lead() -> None:
    reasons = {name: each for name, each in AGREEMENT.return_reasons.items() if name != "bad_timing"}
    page = link_questions.question_page(RETURN, LEAD, AGREEMENT.model_copy(update={"return_reasons": reasons}), NOW)
    assert 'type="date"' not in page


@pytest.mark.parametrize(
    ("page", "name", "values"),
    [
        ("ask to log a contact", "outcome", ["reached", "left_message", "no_answer", "wrong_number"]),
        ("ask how it ended", "outcome", ["won", "lost"]),
        ("ask to rate", "stars", ["5", "4", "3", "2", "1"]),
    ],
)
def test_each_choice_on_a_question_page_is_read_as_sent(page: str, name: str, values: list[str]) -> None:
    assert choices_of(ParsedPage(EVERY_PAGE[page]), name) == values
    action = {"ask to log a contact": "contact", "ask how it ended": "close", "ask to rate": "rate"}[page]
    for value in values:
        said = read_click(action, "application/x-www-form-urlencoded", f"channel=phone&{name}={value}".encode())
        assert str(getattr(said, name)) == value


def test_the_four_questions_tell_what_is_known_and_not_what_was_said() -> None:
    said = {"budget": Answered(value="secret words", met=True), "need": Answered(value=False)}
    lead = after(LEAD, update_facts(LEAD, FactUpdate(bant=said)), by=SAM)
    page = link_questions.question_page(LEARN, lead, AGREEMENT, NOW)
    assert re.findall(r'<option value="">([^<]*)<', page) == ["Known: yes", "Not known", "Known: no", "Not known"]
    assert "secret" not in page


def test_the_questions_about_a_call_are_asked_of_who_was_reached() -> None:
    page = ParsedPage(EVERY_PAGE["ask to log a contact"])
    assert [each["value"] for each in page.all("input") if "data-opens" in each] == ["reached"]
    assert [each["name"] for each in page.all("select")] == ["channel", "budget", "authority", "need", "timeline"]


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_field_of_a_question_page_has_its_own_label(page: str) -> None:
    read = ParsedPage(EVERY_PAGE[page])
    tags = ("input", "select", "textarea")
    fields = [each for tag in tags for each in read.all(tag) if each.get("type") != "radio"]
    assert [each["id"] for each in fields] == [each["name"] for each in fields]
    assert sorted(str(each["for"]) for each in read.all("label") if "for" in each) == sorted(
        str(each["id"]) for each in fields
    )
    assert all("maxlength" in each or each.get("type") in ("date", "datetime-local", None) for each in fields)


def test_the_contact_page_offers_the_channels_with_the_phone_first() -> None:
    channels = [each["value"] for each in ParsedPage(EVERY_PAGE["ask to log a contact"]).all("option")][:5]
    assert channels == ["phone", "email", "meeting", "message", "other"]
    for channel in channels:
        said = read_click("contact", "application/x-www-form-urlencoded", f"channel={channel}".encode())
        assert isinstance(said, ContactRequest)
        assert said.channel == channel


def test_the_contact_page_asks_for_the_next_time_where_the_owner_is() -> None:
    there = offered_to(rep(SAM, time_zone="Europe/Berlin"))
    page = link_questions.question_page(CONTACT, there, AGREEMENT, NOW)
    assert "When do you speak next? (optional, Europe/Berlin time)" in ParsedPage(page).text
    [when] = [each for each in ParsedPage(page).all("input") if each["type"] == "datetime-local"]
    assert (when["name"], when["max"], "required" in when) == ("next_at", "2026-12-24T10:30", False)


def test_the_return_page_says_how_many_attempts_a_reason_asks_for() -> None:
    asking = AGREEMENT.return_reasons["unreachable"].model_copy(update={"attempts": 3})
    reasons = {**AGREEMENT.return_reasons, "unreachable": asking}
    page = link_questions.question_page(RETURN, LEAD, AGREEMENT.model_copy(update={"return_reasons": reasons}), NOW)
    assert "No answer after several tries (after 3 attempts)" in ParsedPage(page).text


def test_the_page_after_a_contact_says_when_they_speak_next() -> None:
    eight_days = NOW + timedelta(days=8)
    result = acceptance.ContactResult("reached", eight_days)
    lead = after(LEAD, acceptance.log_contact(LEAD, HANDOFF_ID, "phone", None, Staff(email=SAM), NOW, result))
    assert "Wed 2 Dec 2026, 09:30 UTC" in ParsedPage(answered(CONTACT, lead)).text


def next_actions(page: str) -> list[tuple[Action, int]]:
    """What can be done next, and whether its link is good for as long as the one that was opened."""
    found = [LINKS.read(each["href"] or "", NOW) for each in ParsedPage(page).all("a")]
    assert all(each.expires_at == ACCEPT.expires_at for each in found)
    return [(each.action, each.assignment) for each in found]


@pytest.mark.parametrize(
    ("page", "actions"),
    [
        ("accepted", [Action.CONTACT, Action.LEARN, Action.CLOSE, Action.RETURN, Action.HAND_ON, *OWN]),
        ("contacted", [Action.LEARN, Action.CONTACT, Action.CLOSE, Action.RETURN, Action.HAND_ON, Action.RATE, *OWN]),
        ("learned", [Action.CLOSE, Action.CONTACT, Action.RETURN, Action.HAND_ON, Action.RATE, *OWN]),
        ("won", [Action.RATE, *OWN]),
        ("lost", [Action.RATE, *OWN]),
        ("rated", [Action.CONTACT, Action.LEARN, Action.CLOSE, Action.RETURN, Action.HAND_ON, *OWN]),
        ("on leave", [Action.CONTACT, Action.LEARN, Action.CLOSE, Action.RETURN, Action.HAND_ON, Action.OPEN_LEADS]),
        ("open leads", [Action.ACCEPT, Action.LEAVE]),
        ("rated in the end", OWN),
        ("parked", [Action.RATE, *OWN]),
        ("passed on", []),
        ("nobody else", []),
        ("settled", []),
    ],
)
def test_an_answer_page_links_to_the_possible_next_actions(page: str, actions: list[Action]) -> None:
    assert next_actions(EVERY_PAGE[page]) == [(action, 1) for action in actions]


def test_the_links_on_a_page_expire_with_the_opened_link() -> None:
    later = NOW + timedelta(days=13)
    next_actions(link_pages.confirmation_page(ACCEPT, accepted(), LINKS, later))


def test_the_page_after_a_contact_tells_the_next_due_action() -> None:
    text = ParsedPage(EVERY_PAGE["contacted"]).text
    assert "Logged" in text
    assert "Next action by" in text
    assert "Tue 1 Dec 2026, 09:30 UTC" in text


@pytest.mark.parametrize(
    ("next_at", "said"), [(None, "No time is agreed yet"), (NOW + timedelta(days=2), "Thu 26 Nov 2026, 09:30 UTC")]
)
def test_the_page_after_a_contact_tells_when_they_speak_next(next_at: datetime | None, said: str) -> None:
    text = ParsedPage(answered(CONTACT, contacted(next_at=next_at))).text
    assert f"You speak next{said}" in text.replace("\n", "")
    assert "Log the next contact, or when you speak next" in text


@pytest.mark.parametrize(("page", "title"), [("won", "Won"), ("lost", "Lost"), ("rated", "Thank you")])
def test_the_page_after_an_outcome_or_a_rating_has_its_title(page: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in EVERY_PAGE[page]


@pytest.mark.parametrize(("stars", "said"), [(1, "1 star."), (5, "5 stars.")])
def test_the_page_after_a_rating_repeats_the_stars(stars: int, said: str) -> None:
    assert f"You gave this lead {said}" in answered(RATE, rated(stars=stars))


def test_a_wrong_amount_stands_in_its_field_again_with_the_fault_beside_it() -> None:
    page = ParsedPage(EVERY_PAGE["ask again for the amount"])
    [amount] = [each for each in page.all("input") if each["name"] == "amount"]
    assert (amount["value"], amount["aria-invalid"], "autofocus" in amount) == ("a lot", "true", True)
    assert {"class": "fault", "id": amount["aria-describedby"]} in page.all("p")
    assert "The amount must read as a number, such as 48000." in page.text
    assert "Nothing is saved yet" in page.text
    [chosen] = [each for each in page.all("input") if "checked" in each]
    assert chosen["value"] == "won"


def test_an_answer_to_a_busy_lead_is_asked_for_again_with_one_press() -> None:
    page = ParsedPage(EVERY_PAGE["ask again in a moment"])
    assert "press the button again in a moment" in page.text
    assert len(page.all("button")) == 1


def test_an_answer_that_comes_too_late_tells_what_became_of_the_lead() -> None:
    pressed = link_refusals.Pressed(CONTACT, passed_on(), {})
    page = link_refusals.refusal_page(link_refusals.refused_answer(ValueError("x")), pressed, AGREEMENT, LINKS, NOW)
    assert page == (409, settled(CONTACT, passed_on()))
    erased = link_refusals.Pressed(CONTACT, None, {})
    status, gone = link_refusals.refusal_page(AMOUNT_UNREAD, erased, AGREEMENT, LINKS, NOW)
    assert (status, "This lead is gone" in gone) == (409, True)


def test_the_page_after_an_acceptance_tells_the_next_step_and_its_deadline() -> None:
    text = ParsedPage(EVERY_PAGE["accepted"]).text
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
def test_the_page_after_a_return_tells_the_destination_of_the_lead(page: str, goes: str) -> None:
    assert goes in ParsedPage(EVERY_PAGE[page]).text


@pytest.mark.parametrize(
    ("review_on", "told"),
    [
        pytest.param("2027-01-14T23:00:00+00:00", "Fri 15 Jan 2027, 00:00 CET", id="a date in Berlin"),
        pytest.param("2027-01-15T00:00:00+00:00", "Fri 15 Jan 2027, 01:00 CET", id="midnight in UTC"),
        pytest.param("2027-01-14T23:30:00+00:00", "Fri 15 Jan 2027, 00:30 CET", id="a moment"),
    ],
)
def test_the_page_after_a_return_tells_the_date_that_was_written(review_on: str, told: str) -> None:
    berlin = WorkingCalendar(time_zone="Europe/Berlin", hours={"mon-fri": ("09:00-17:00",)})
    assert PARKED.handoff
    terms = PARKED.handoff.terms.model_copy(update={"calendar": berlin})
    handoff = PARKED.handoff.model_copy(update={"terms": terms})
    lead = PARKED.model_copy(update={"handoff": handoff, "review_on": datetime.fromisoformat(review_on)})
    assert f"looked at again on {told}" in ParsedPage(answered(RETURN, lead)).text


def settled(link: Link, lead: Lead) -> str | None:
    return link_pages.finished_page(link, lead, LINKS, NOW)


@pytest.mark.parametrize("link", [ACCEPT, RETURN, CONTACT, CLOSE, RATE, LEARN], ids=str)
def test_a_fresh_link_has_an_action_left(link: Link) -> None:
    assert settled(link, LEAD) is None


@pytest.mark.parametrize("link", [RETURN, CONTACT, CLOSE, RATE], ids=str)
@pytest.mark.parametrize("lead", [accepted(), contacted()], ids=["accepted", "contacted"])
def test_an_accepted_lead_can_still_be_contacted_closed_rated_and_returned(link: Link, lead: Lead) -> None:
    assert settled(link, lead) is None


@pytest.mark.parametrize("lead", [PARKED, closed("won"), rated()], ids=["parked", "won", "rated"])
def test_a_closed_or_rated_lead_can_still_be_rated_and_learned_of(lead: Lead) -> None:
    assert settled(RATE, lead) is None
    assert settled(LEARN, lead) is None


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
        (LEARN, passed_on(), "Passed on"),
        (ACCEPT, passed_on(), "Passed on"),
        (RETURN, passed_on(), "Passed on"),
        (HAND_ON, passed_on(), "Passed on"),
        (RETURN, returned_as_wrong_person(KIM), "Passed on"),
        (ACCEPT, returned_as_wrong_person(), "Passed on"),
        (ACCEPT, asked_again(), "There is a newer mail"),
        (RATE, asked_again(), "There is a newer mail"),
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
        "learning of what others have",
        "accepting what others have",
        "returning what others have",
        "handing on twice",
        "given to the next twice",
        "accepting what waits for somebody else",
        "accepting what came anew",
        "rating what came anew",
        "nothing handed over",
        "somebody else's link",
    ],
)
def test_a_link_without_an_action_left_tells_the_reason(link: Link, lead: Lead, title: str) -> None:
    assert f"<h1>{title}</h1>" in (settled(link, lead) or "")


@pytest.mark.parametrize(
    ("lead", "how"),
    [
        (closed("won"), "You said on Tue 24 Nov 2026, 09:30 UTC that it is won."),
        (closed("lost"), "You said on Tue 24 Nov 2026, 09:30 UTC that it is lost."),
        (PARKED, "You gave it back on Tue 24 Nov 2026, 09:30 UTC: for a reason."),
    ],
    ids=["won", "lost", "returned"],
)
def test_a_link_of_a_handoff_that_is_over_says_how_it_ended_to_who_had_it_last(lead: Lead, how: str) -> None:
    assert lead.handoff
    former = lead.handoff.model_copy(update={"ended_by": SAM})
    lead = lead.model_copy(update={"handoff": former})
    assert how in ParsedPage(settled(CONTACT, lead) or "").text
    for newer in (None, handed_over_anew(KIM)):
        page = link_pages.finished_page(CONTACT, lead.model_copy(update={"handoff": newer}), LINKS, NOW, former)
        assert how in (text := ParsedPage(page or "").text)
        assert KIM not in text, "the lead is somebody else's now"
        assert ("came to sales anew since, to somebody else" in text) == (newer is not None)


def test_a_link_of_an_earlier_handoff_leads_to_the_newest_mail_if_the_lead_came_to_its_reader_anew() -> None:
    anew = PARKED.model_copy(update={"handoff": handed_over_anew(SAM)})
    assert "There is a newer mail" in (link_pages.finished_page(CONTACT, anew, LINKS, NOW, PARKED.handoff) or "")


def test_who_had_a_lead_before_its_last_owner_hears_only_that_it_was_passed_on_and_is_over() -> None:
    handoff = passed_on().handoff
    assert handoff
    former = handoff.model_copy(update={"state": HandoffState.WON, "ended_at": NOW, "ended_by": KIM})
    anew = passed_on().model_copy(update={"handoff": handed_over_anew("lee@sales.example.com")})
    text = ParsedPage(link_pages.finished_page(CONTACT, anew, LINKS, NOW, former) or "").text
    assert "passed on from you, and has ended since" in text
    assert "won" not in text
    assert KIM not in text


def test_an_end_that_a_colleague_told_is_told_without_their_name() -> None:
    handoff = closed("won").handoff
    assert handoff
    by_manager = LEAD.model_copy(update={"handoff": handoff.model_copy(update={"ended_by": MO})})
    assert "A colleague said on Tue 24 Nov 2026" in (settled(CONTACT, by_manager) or "")


def test_colleagues_are_offered_who_is_free_first_and_why_others_are_not() -> None:
    page = ParsedPage(EVERY_PAGE["ask for a colleague"])
    assert choices_of(page, "owner") == [KIM, LEE]
    assert f"{KIM} is free" in page.text
    assert f"{LEE} is away until 24 November 2026" in page.text
    assert MO not in page.text, "a manager gets no lead"
    assert SAM not in page.text


def test_without_a_colleague_the_page_says_who_can_help() -> None:
    page = ParsedPage(EVERY_PAGE["no colleague"])
    assert not page.all("form")
    assert "Your manager can help." in page.text


def test_the_list_of_open_leads_has_what_its_reader_holds_and_when_it_is_due() -> None:
    text = ParsedPage(EVERY_PAGE["open leads"]).text
    assert text.count("Anna, Example GmbH") == 1, "the one that is won is not listed"
    assert "Consultation request" in text
    assert "Accept by Tue 24 Nov 2026, 10:00 UTC" in text
    assert "more" not in text
    assert "You hold 12 more, which are due later." in open_leads_page(OPEN_LEADS, [LEAD], SAM, LINKS, NOW, "12")
    others = open_leads_page(OPEN_LEADS, [LEAD], KIM, LINKS, NOW)
    assert "Anna" not in others
    assert "You hold no lead now." in others


def test_a_leave_is_asked_for_in_whole_days_beside_those_that_are_planned() -> None:
    page = ParsedPage(EVERY_PAGE["ask for a leave"])
    assert "Planned24 December 2026 to 3 January 2027" in page.text
    assert [(each["name"], each["type"], each["min"]) for each in page.all("input")] == [
        ("from", "date", "2026-11-24"),
        ("to", "date", "2026-11-24"),
    ]


def test_a_planned_leave_is_taken_back_by_one_button_that_says_which_it_is() -> None:
    page = ParsedPage(EVERY_PAGE["ask for a leave"])
    _, button = page.all("button")
    assert (button["name"], button["value"]) == ("taken_back", "2026-12-24/2027-01-03")
    assert "Take back 24 December 2026 to 3 January 2027" in page.text


def test_a_waiting_lead_is_not_shown_as_another_reps() -> None:
    assert "waits for somebody else" in (settled(ACCEPT, returned_as_wrong_person()) or "")
    assert settled(RETURN, returned_as_wrong_person()) == EVERY_PAGE["nobody else"]
    assert settled(RETURN, returned_as_wrong_person(KIM)) == EVERY_PAGE["passed on"]


def test_the_page_of_an_expired_or_invalid_link_tells_a_remedy() -> None:
    assert "expired" in EVERY_PAGE["expired"]
    assert "Open it from the mail again" in EVERY_PAGE["invalid"]


def test_a_page_tells_two_leads_apart_by_first_name_and_company_or_else_by_address() -> None:
    assert "<dt>Lead</dt><dd>Anna</dd><dt>Company</dt><dd>Example GmbH</dd>" in EVERY_PAGE["accepted"]
    unknown = offered_to(*TO_SAM, company=Company(), profile=Profile())
    page = ParsedPage(link_questions.question_page(ACCEPT, unknown, AGREEMENT, NOW)).text
    assert f"E-mail{unknown.address}" in page
    assert "Company" not in page


def test_a_first_name_that_reads_like_an_address_has_nothing_to_click() -> None:
    odd = offered_to(*TO_SAM, profile=Profile(first_name=f"https://evil.example/{'x' * 60}"))
    assert "https://" not in link_questions.question_page(ACCEPT, odd, AGREEMENT, NOW)


def test_the_accept_page_of_a_lead_without_a_company_name_shows_its_domain_or_not_known() -> None:
    nobody = offered_to(*TO_SAM, company=Company())
    assert "not known" in link_questions.question_page(ACCEPT, nobody, AGREEMENT, NOW)
    by_domain = offered_to(*TO_SAM, company=Company(domain="example.com"))
    assert "example.com" in link_questions.question_page(ACCEPT, by_domain, AGREEMENT, NOW)


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
def test_no_company_name_changes_the_html_of_a_page(name: str) -> None:
    lead = offered_to(*TO_SAM, company=Company(name=name))
    for opened, same in ((RETURN, "ask to return"), (CONTACT, "ask to log a contact")):
        read = ParsedPage(link_questions.question_page(opened, lead, AGREEMENT, NOW))
        assert read.tags == ParsedPage(EVERY_PAGE[same]).tags
        assert read.in_order
        assert "\u202e" not in read.text


def test_a_return_reason_with_html_characters_is_shown_as_agreed() -> None:
    odd = AGREEMENT.return_reasons["bad_fit"].model_copy(update={"label": "Budget < 5 & no <plan>"})
    agreement = AGREEMENT.model_copy(update={"return_reasons": {"odd": odd}})
    page = link_questions.question_page(RETURN, LEAD, agreement, NOW)
    assert "Budget < 5 & no <plan>" in ParsedPage(page).text
    assert not ParsedPage(page).all("plan")


def test_the_page_of_a_lead_whose_domain_only_looks_like_another_says_so() -> None:
    disguised = offered_to(*TO_SAM, company=Company(name="Apple", domain="xn--80ak6aa92e.com"))
    page = link_questions.question_page(ACCEPT, disguised, AGREEMENT, NOW)
    assert (
        "<dt>Careful</dt><dd>their domain xn--80ak6aa92e.com is written with letters of another alphabet: Cyrillic</dd>"
        in page
    )
    ordinary = offered_to(*TO_SAM, company=Company(name="Bücher", domain="xn--bcher-kva.example"))
    assert "Careful" not in link_questions.question_page(ACCEPT, ordinary, AGREEMENT, NOW)
