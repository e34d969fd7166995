"""What a page tells along with a form is kept as far as it fits, and is never a reason to refuse the form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.stage_and_status import Suspicion
from baton.intake.forms.visit_context import CONTEXT_FIELDS
from tests.unit.intake.sending import CONSULTATION, EMAIL, as_json, faults_of, read, sent

ALL = {
    "page": "https://www.example.com/pricing?token=1#top",
    "referrer": "https://search.example/?q=anna+schmidt",
    "utm_source": "Google Ads",
    "utm_medium": "cpc",
    "utm_campaign": "Autumn 2026",
    "utm_term": "lead handover",
    "utm_content": "blue button",
    "seconds_on_page": "42.7",
}


def test_it_says_where_a_lead_comes_from() -> None:
    said = sent(**ALL).submission
    assert (said.source, said.campaign) == ("google-ads", "Autumn 2026")
    assert said.properties == {
        **ALL,
        "page": "https://www.example.com/pricing",
        "referrer": "https://search.example/",
        "seconds_on_page": 42,
    }


def test_without_it_a_form_comes_from_the_website() -> None:
    said = sent().submission
    assert (said.source, said.campaign, said.properties) == ("website", None, {})


@pytest.mark.parametrize(
    ("field", "told", "kept"),
    [
        pytest.param("page", "javascript:alert(1)", None, id="no page"),
        pytest.param("page", "https://anna:secret@www.example.com/a", "https://www.example.com/a", id="a name in it"),
        pytest.param("page", "https://[::1/", None, id="no address at all"),
        pytest.param("page", f"https://a.example/{'x' * 900}", f"https://a.example/{'x' * 900}"[:500], id="too long"),
        pytest.param("referrer", "https://a.example/\u202e", None, id="letters turned round"),
        pytest.param("utm_term", "x" * 900, "x" * 100, id="a term too long"),
        pytest.param("utm_term", "a\nb", None, id="two lines"),
        pytest.param("seconds_on_page", "7", 7, id="seconds"),
        pytest.param("seconds_on_page", "-7", None, id="seconds before"),
        pytest.param("seconds_on_page", "soon", None, id="no seconds"),
        pytest.param("seconds_on_page", "9" * 40, None, id="ages"),
    ],
)
def test_what_does_not_fit_is_left_out(field: str, told: str, kept: object) -> None:
    assert sent(**{field: told}).submission.properties.get(field) == kept


@pytest.mark.parametrize("named", ["§§§", "...", "", "anna@example.com"])
def test_what_names_no_source_is_none(named: str) -> None:
    assert sent(utm_source=named).submission.source == "website"


def test_a_forms_own_field_of_such_a_name_is_checked_and_kept_as_its_own() -> None:
    form = CONSULTATION.model_validate(
        {**dict(CONSULTATION), "fields": {**dict(CONSULTATION.fields), "page": {"max_length": 5}}}
    )
    assert "is longer than 5" in faults_of(form, page="https://www.example.com/")["page"]
    said = sent(form, page="three").submission
    assert (said.message, said.properties) == ("page: three", {})


def test_a_campaign_that_somebody_wrote_down_outranks_the_link_they_came_by() -> None:
    form = CONSULTATION.model_validate({**dict(CONSULTATION), "fields": {**dict(CONSULTATION.fields), "campaign": {}}})
    assert sent(form, campaign="fair", utm_campaign="mail").submission.campaign == "fair"


def test_the_same_answers_are_a_repeat_wherever_they_were_sent_from() -> None:
    assert sent(title="Buyer", **ALL).repeat_key == sent(title="Buyer").repeat_key


@given(st.dictionaries(st.sampled_from(CONTEXT_FIELDS), st.text(max_size=600)))
def test_whatever_it_is_the_form_is_taken(told: dict[str, str]) -> None:
    told = {name: text.encode("utf-8", "replace").decode() for name, text in told.items()}
    said = read(as_json({"email": EMAIL, **told})).submission
    assert len(said.source) <= 60
    assert len(said.campaign or "") <= 100
    assert all(len(str(value)) <= 500 for value in said.properties.values())


# --- how long they took ---


@pytest.mark.parametrize(
    ("seconds", "suspicion"), [("0", Suspicion.TOO_FAST), ("1.9", Suspicion.TOO_FAST), ("2", None), (None, None)]
)
def test_who_is_faster_than_people_is_taken_for_a_robot(seconds: str | None, suspicion: Suspicion | None) -> None:
    said = sent(seconds_on_page=seconds).submission
    assert (said.suspicion, said.spam) == (suspicion, suspicion is not None)


def test_without_an_agreed_time_nobody_is_too_fast() -> None:
    form = CONSULTATION.model_copy(update={"at_least_seconds": None})
    assert sent(form, seconds_on_page="0").submission.suspicion is None


def test_whoever_falls_into_the_trap_is_told_apart_from_who_is_too_fast() -> None:
    assert sent(website="x", seconds_on_page="0").submission.suspicion is Suspicion.HONEYPOT
