"""The visit context of a form (page, referrer, UTM names, seconds): kept if it fits, and never a reason to refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.stage_and_status import Suspicion
from baton.intake.forms.visit_context import CONTEXT_FIELDS
from tests.unit.intake.sent_forms import CONSULTATION, EMAIL, as_json, read, sent

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


def test_the_visit_context_gives_source_campaign_page_and_referrer() -> None:
    said = sent(**ALL).submission
    assert (said.source, said.campaign) == ("google-ads", "Autumn 2026")
    assert said.properties == {
        **ALL,
        "page": "https://www.example.com/pricing",
        "referrer": "https://search.example/",
        "seconds_on_page": 42,
    }


def test_a_form_without_visit_context_has_the_source_website() -> None:
    said = sent().submission
    assert (said.source, said.campaign, said.properties) == ("website", None, {})


@pytest.mark.parametrize(
    ("field", "told", "kept"),
    [
        pytest.param("page", "javascript:alert(1)", None, id="no page"),
        pytest.param("page", "https://anna:secret@www.example.com/a", "https://www.example.com/a", id="a name in it"),
        pytest.param("page", "https://[::1/", None, id="no address at all"),
        pytest.param("page", f"https://a.example/{'x' * 900}", f"https://a.example/{'x' * 900}"[:500], id="too long"),
        pytest.param("referrer", "https://a.example/\u202e", "https://a.example/", id="letters turned round"),
        pytest.param("utm_term", "x" * 900, "x" * 100, id="a term too long"),
        pytest.param("utm_term", "a\nb", None, id="two lines"),
        pytest.param("seconds_on_page", "7", 7, id="seconds"),
        pytest.param("seconds_on_page", "-7", None, id="seconds before"),
        pytest.param("seconds_on_page", "soon", None, id="no seconds"),
        pytest.param("seconds_on_page", "9" * 40, None, id="ages"),
    ],
)
def test_a_wrong_value_of_the_visit_context_is_left_out_or_cut(field: str, told: str, kept: object) -> None:
    assert sent(**{field: told}).submission.properties.get(field) == kept


@pytest.mark.parametrize("named", ["§§§", "...", "", "anna@example.com"])
def test_a_utm_source_without_a_usable_name_is_ignored(named: str) -> None:
    assert sent(utm_source=named).submission.source == "website"


@pytest.mark.parametrize("nothing", ["(none)", "(None)", "(not set)", "none"])
def test_a_campaign_that_a_script_calls_none_is_no_campaign(nothing: str) -> None:
    said = sent(utm_source="bing.com", utm_medium="referral", utm_campaign=nothing, utm_term=nothing).submission
    assert (said.source, said.campaign) == ("bing.com", None)
    assert said.properties == {"utm_source": "bing.com", "utm_medium": "referral"}


def test_a_visit_that_a_script_calls_direct_has_the_source_of_its_click_id_or_website() -> None:
    clicked = sent(utm_source="(direct)", utm_medium="(none)", fbclid="IwAR0").submission
    assert (clicked.source, clicked.properties) == ("facebook", {"fbclid": "IwAR0"})
    assert sent(utm_source="(direct)").submission.source == "website"
    assert sent(utm_source="direct").submission.source == "direct"


def test_a_form_field_named_like_a_context_field_is_checked_and_kept_as_a_form_field() -> None:
    form = CONSULTATION.model_validate(
        {**dict(CONSULTATION), "fields": {**dict(CONSULTATION.fields), "page": {"max_length": 5}}}
    )
    assert sent(form, page="https://a.example/").submission.message == "page: https://a.example/"
    said = sent(form, page="three").submission
    assert (said.message, said.properties) == ("page: three", {})


def test_a_campaign_field_of_a_form_outranks_the_utm_campaign() -> None:
    form = CONSULTATION.model_validate({**dict(CONSULTATION), "fields": {**dict(CONSULTATION.fields), "campaign": {}}})
    assert sent(form, campaign="fair", utm_campaign="mail").submission.campaign == "fair"


def test_the_same_answers_from_another_page_are_a_repeat() -> None:
    assert sent(title="Buyer", **ALL).repeat_key == sent(title="Buyer").repeat_key


@given(st.dictionaries(st.sampled_from(CONTEXT_FIELDS), st.text(max_size=600)))
def test_a_form_with_any_visit_context_is_accepted(told: dict[str, str]) -> None:
    told = {name: text.encode("utf-8", "replace").decode() for name, text in told.items()}
    said = read(as_json({"email": EMAIL, **told})).submission
    assert len(said.source) <= 60
    assert len(said.campaign or "") <= 100
    assert all(len(str(value)) <= 500 for value in said.properties.values())


# --- how long they took ---


@pytest.mark.parametrize(
    ("seconds", "suspicion"), [("0", Suspicion.TOO_FAST), ("1.9", Suspicion.TOO_FAST), ("2", None), (None, None)]
)
def test_a_form_filled_in_less_than_two_seconds_is_taken_for_a_robots(
    seconds: str | None, suspicion: Suspicion | None
) -> None:
    said = sent(seconds_on_page=seconds).submission
    assert (said.suspicion, said.spam) == (suspicion, suspicion is not None)


def test_a_form_without_an_agreed_minimum_time_is_never_too_fast() -> None:
    form = CONSULTATION.model_copy(update={"at_least_seconds": None})
    assert sent(form, seconds_on_page="0").submission.suspicion is None


def test_a_filled_honeypot_is_a_suspicion_before_a_form_filled_too_fast() -> None:
    assert sent(website="x", seconds_on_page="0").submission.suspicion is Suspicion.HONEYPOT
