"""Reading an agreement: the shipped one, and the faults of a wrong document."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, AgreementFaults, packaged_text, read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.clock_terms import Act
from baton.agreement.terms.durations import Period
from tests.unit.agreement.drafts import GONE, faults_of, shipped_document_with, shipped_text_with
from tests.unit.given import AGREEMENT, terms, with_terms


def test_the_shipped_agreement_has_the_agreed_accept_clock_and_forms() -> None:
    shipped = read_agreement(packaged_text())
    accept = shipped.handoffs["consultation"].clocks["accept"]
    assert accept.within == Period.plain(timedelta(minutes=30))
    assert [(step.at, step.do) for step in accept.ladder] == [
        (0.5, Act.REMIND),
        (1.0, Act.ESCALATE),
        (1.5, Act.REASSIGN),
    ]
    assert set(shipped.forms) == {"consultation", "content-download"}
    assert shipped.forms["consultation"].asks_for_a_person


TEAM = "handoffs.consultation.team"
ACCEPT = "handoffs.consultation.clocks.accept"
EMAIL = "forms.consultation.fields.email"
PARKED = "return_reasons.bad_timing"


@pytest.mark.parametrize(
    ("path", "value", "place", "said"),
    [
        pytest.param("title", GONE, "title", "is missing; add it", id="something is missing"),
        pytest.param("tilte", "x", "tilte", "did you mean `title`?", id="a word that means nothing"),
        pytest.param(TEAM, "sails", TEAM, "there are sales", id="no team"),
        pytest.param(f"{ACCEPT}.within", "soon", f"{ACCEPT}.within", "write it like 30m", id="no duration"),
        pytest.param(f"{ACCEPT}.ladder.0.at", "half", f"{ACCEPT}.ladder.0.at", "like 50%", id="no share"),
        pytest.param(f"{ACCEPT}.ladder.0.at", 50, f"{ACCEPT}.ladder.0.at", "like 50%", id="a share without its %"),
        pytest.param(f"{ACCEPT}.ladder.0.at", 0.333, f"{ACCEPT}.ladder.0.at", "whole percent", id="a crooked share"),
        pytest.param(f"{ACCEPT}.ladder.0.at", "9" * 400 + "%", f"{ACCEPT}.ladder.0.at", "like 50%", id="a huge share"),
        pytest.param(f"{ACCEPT}.ladder.0.do", "shout", f"{ACCEPT}.ladder.0.do", "'remind'", id="nothing Baton can do"),
        pytest.param(f"{ACCEPT}.ladder.0.at", "100%", ACCEPT, "later than the one before", id="two steps at once"),
        pytest.param(f"{ACCEPT}.ladder", [], f"{ACCEPT}.ladder", "at least 1", id="no steps"),
        pytest.param("teams.sales.reps.capacity", 0, "teams.sales.reps.capacity", "1 or more", id="no capacity"),
        pytest.param(f"{PARKED}.review_after", GONE, PARKED, "needs", id="no date"),
        pytest.param("return_reasons.bad_fit.review_after", "9d", "return_reasons.bad_fit", "may have", id="a date"),
        pytest.param(EMAIL, GONE, "forms.consultation", "a form needs the field `email", id="nobody to answer"),
        pytest.param(f"{EMAIL}.needed", False, "forms.consultation", "needed: true", id="perhaps nobody to answer"),
        pytest.param("forms.consultation.honeypot", "title", "forms.consultation", "must not be", id="a used honeypot"),
        pytest.param("forms.consultation.honeypot", "return_to", "forms.consultation", "rename return_to", id="taken"),
        pytest.param("forms.consultation.fields.submission_id", {}, "forms.consultation", "rename", id="taken by all"),
        pytest.param("forms.consultation.return_pages.0", "javascript:x", "forms.consultation.return_pages.0", "https://",
                     id="a page that is none"),
    ],
)  # fmt: skip
def test_a_document_fault_is_named_with_its_place(path: str, value: object, place: str, said: str) -> None:
    faults = faults_of(shipped_document_with((path, value)))
    assert list(faults) == [place]
    assert said in faults[place]


def test_all_faults_of_a_document_are_named_at_once() -> None:
    text = shipped_text_with(
        ("title", GONE),
        ("handoffs.consultation.team", "sails"),
        ("return_reasons.bad_timing.review_after", GONE),
        ("forms.consultation.honeypot", "title"),
        ("forms.content-download.fields.content.max_length", 0),
    )
    assert list(faults_of(text)) == [
        "title",
        "handoffs.consultation.team",
        "return_reasons.bad_timing",
        "forms.consultation",
        "forms.content-download.fields.content.max_length",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("title: [", id="broken off"),
        pytest.param("", id="empty"),
        pytest.param("- title", id="a list"),
        pytest.param("title: 2026-13-45", id="a date in month 13"),
        pytest.param("!!bool perhaps", id="a tag that does not fit"),
        pytest.param("!!timestamp now", id="another"),
        pytest.param("!!python/object:os.system x", id="code"),
        pytest.param("[" * 20_000, id="nested too deep", marks=pytest.mark.slow),
        pytest.param("{[a]: b}", id="a key that is none"),
        pytest.param("title: " + "9" * 5_000, id="a number without end"),
        pytest.param("#" * (MAX_CHARACTERS + 1), id="too long"),
    ],
)
def test_a_text_that_is_no_yaml_mapping_is_a_fault_of_the_document(text: str) -> None:
    assert "document" in faults_of(text)


@given(terms())
def test_an_agreement_stored_as_json_is_read_back_unchanged(agreed) -> None:
    agreement = with_terms(**dict(agreed))
    assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement


def test_an_agreement_is_immutable() -> None:
    with pytest.raises(ValueError, match="frozen"):
        AGREEMENT.title = "Another"


@given(st.text(max_size=200))
def test_a_random_text_is_refused_with_its_faults(text: str) -> None:
    with pytest.raises(AgreementFaults):
        read_agreement(text)


def test_a_section_that_stands_twice_is_refused() -> None:
    text = packaged_text().replace("teams:", "title: Another one\n\nteams:", 1)
    with pytest.raises(AgreementFaults, match="title stands twice"):
        read_agreement(text)
