"""Reading a form: its facts, consents, repeat key and message, or the faults of its fields."""

from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.form_terms import FieldKind, Form, FormField
from baton.domain.identity.lead_ids import lead_id_of, reference_of
from baton.domain.leads.person_facts import Company, Profile
from baton.intake.fields.field_checks import check_answer
from baton.intake.fields.field_faults import FormFaults
from tests.unit.effort import cpu_seconds
from tests.unit.given import AGREEMENT
from tests.unit.intake.sent_forms import (
    CONSULTATION,
    EMAIL,
    ENCODINGS,
    JSON,
    PEPPER,
    URLENCODED,
    as_json,
    as_multipart,
    as_urlencoded,
    faults_of,
    read,
    refused,
    sent,
)

EVENTS = Path(__file__).parents[3] / "events"
EVENTS_BOUNDARY = "multipart/form-data; boundary=----WebFormBoundaryQ8mZ3vYbT5kLr2Nw"
THANKS = "https://www.example.com/thank-you"


def event(name: str, content_type: str, form: str = "consultation"):
    return read((content_type, (EVENTS / name).read_bytes()), form)


# --- what a website sends ---


def test_a_consultation_request_in_json_is_read() -> None:
    form = event("consultation.json", JSON)
    assert form.lead_id == lead_id_of("anna.schmidt@example.com", PEPPER)
    assert form.submission.asks_for_a_person
    assert form.submission.kind == "consultation_requested"
    assert form.submission.profile == Profile(
        first_name="Anna", last_name="Schmidt", title="Head of Purchasing", phone="+49 89 5550-1234", country="DE"
    )
    assert form.submission.company == Company(name="Schmidt Maschinenbau GmbH", domain="example.com")
    assert form.submission.message.endswith("Rosenheim.\nCould somebody call me on Thursday between 9 and 11?")
    assert (form.named, form.return_to, form.submission.spam) == (False, None, False)


def test_a_consultation_request_in_urlencoded_form_is_read() -> None:
    form = event("consultation.urlencoded", URLENCODED)
    assert form.submission.profile.title == "Directeur général"
    assert form.submission.profile.phone == "+33 (0)1 55 50 12 34"
    assert form.submission.message.splitlines()[0] == "Bonjour,"
    assert "\r" not in form.submission.message
    assert form.return_to == THANKS


def test_a_consultation_request_in_multipart_form_is_read() -> None:
    form = event("consultation.multipart", EVENTS_BOUNDARY)
    assert form.submission.profile.last_name == "Tanaka (田中)"
    assert form.submission.profile.phone == "+81 3 5550 1234 ext 21"
    assert form.return_to is None


def test_a_download_request_is_read() -> None:
    form = event("content-download.json", JSON, "content-download")
    assert form.submission.email == "priya.raman@example.co.uk"
    assert form.submission.content == "guide/choosing-a-supplier"
    assert form.submission.company.domain == "example.co.uk"
    assert not form.submission.asks_for_a_person
    assert (form.repeat_key, form.named) == ("named:dl-2026-11-24-000187", True)


def test_a_form_with_a_filled_honeypot_is_spam_and_has_a_reference() -> None:
    form = event("honeypot.json", JSON)
    assert form.submission.spam
    assert form.submission.reference


def test_the_readme_names_every_sample_and_its_boundary() -> None:
    readme = (EVENTS / "README.md").read_text()
    samples = [path.name for path in EVENTS.iterdir() if not path.name.startswith((".", "README"))]
    assert all(f"`{name}`" in readme for name in samples)
    assert EVENTS_BOUNDARY in readme


# --- repeats ---


@given(st.permutations([("email", EMAIL), ("title", "Käufer"), ("message", "a\r\nb"), ("phone", "")]), st.data())
def test_the_same_answers_are_a_repeat_in_any_order_and_encoding(fields: list[tuple[str, str]], data) -> None:
    encode = data.draw(st.sampled_from([as_json, as_urlencoded, as_multipart]))
    assert read(encode(dict(fields))) == sent(title="Käufer", message="a\nb")


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param({"email": " Anna.Schmidt@EXAMPLE.com "}, id="another spelling of the address"),
        pytest.param({"title": normalize("NFD", "Käufer")}, id="another spelling of a letter"),
        pytest.param({"title": "  Käufer\t"}, id="space around it"),
        pytest.param({"phone": None}, id="a field without an answer"),
        pytest.param({"website": ""}, id="the empty honeypot"),
        pytest.param({"return_to": THANKS}, id="a page to return to"),
    ],
)
def test_a_form_is_a_repeat_in_spite_of_other_spelling_or_empty_fields(otherwise: dict[str, str]) -> None:
    assert sent(**{"title": "Käufer", **otherwise}).repeat_key == sent(title="Käufer").repeat_key


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param({"title": "Buyer"}, id="another answer"),
        pytest.param({"title": None, "company": "Käufer"}, id="the same answer to another field"),
        pytest.param({"website": "x"}, id="a filled honeypot"),
    ],
)
def test_a_form_with_another_answer_or_a_filled_honeypot_is_no_repeat(otherwise: dict[str, str]) -> None:
    assert sent(**{"title": "Käufer", **otherwise}).repeat_key != sent(title="Käufer").repeat_key


def test_the_same_answers_to_another_form_are_no_repeat() -> None:
    body = as_json({"email": EMAIL})
    assert read(body, "other", CONSULTATION).repeat_key != read(body).repeat_key


def test_a_submission_with_a_submission_id_is_identified_by_that_id() -> None:
    first, second = sent(submission_id="a-1", title="Buyer"), sent(submission_id="a-1", title="Head of Purchasing")
    assert first.repeat_key == second.repeat_key == "named:a-1"
    assert first.named
    assert first.submission.reference == second.submission.reference == reference_of(first.lead_id, "named:a-1", PEPPER)


# --- answers ---


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        pytest.param("title", "  Head of Purchasing ", "Head of Purchasing", id="space around is cut off"),
        pytest.param("title", normalize("NFD", "Käufer"), "Käufer", id="letters are composed"),
        pytest.param("title", "👩🏽‍💻 CTO", "👩🏽‍💻 CTO", id="emoji stay whole"),
        pytest.param("title", "مديرة المشتريات", "مديرة المشتريات", id="right to left"),
        pytest.param(
            "title", "\u202aHead\u202c of\u200b Purchasing\ufeff", "Head of Purchasing", id="marks of copying"
        ),
        pytest.param("title", "\u200b", None, id="only marks of copying are no answer"),
        pytest.param("title", "   ", None, id="only space is no answer"),
        pytest.param("title", "x" * 150, "x" * 150, id="as long as may be"),
        pytest.param("phone", "+49 (0)89/55 50-12.34", "+49 (0)89/55 50-12.34", id="phone with marks"),
        pytest.param("phone", "089\u00a05550\u202f1234", "089 5550 1234", id="phone with hard spaces"),
        pytest.param("phone", "5550 1234 Ext. 21", "5550 1234 Ext. 21", id="phone with extension"),
        pytest.param("country", "de", "DE", id="country code"),
        pytest.param("country", "Germany (+49)", "Germany (+49)", id="country with its dialling code"),
        pytest.param(
            "country", "\U0001f1e9\U0001f1ea Germany", "\U0001f1e9\U0001f1ea Germany", id="country with its flag"
        ),
        pytest.param("country", "NA", "NA", id="Namibia"),
        pytest.param("country", "n/a", None, id="no country"),
        pytest.param("country", "-- Please select --", None, id="the first line of a choice"),
        pytest.param("country", "Bitte wählen", None, id="the first line of a German choice"),
        pytest.param("country", "Côte d’Ivoire", "Côte d’Ivoire", id="country name"),
        pytest.param("country", "Korea, Republic of", "Korea, Republic of", id="country name with a comma"),
    ],
)
def test_an_answer_is_kept_in_its_normal_form(field: str, typed: str, kept: str | None) -> None:
    assert getattr(sent(**{field: typed}).submission.profile, field) == kept


@pytest.mark.parametrize("typed", ["D3", "12345", "x" * 61, "<Atlantis>"], ids=ascii)
def test_an_unclear_country_goes_into_the_message(typed: str) -> None:
    submission = sent(country=typed).submission
    assert (submission.profile.country, submission.message) == (None, f"country: {typed.strip(chr(0))}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\u2028two", "one\ntwo"),
        ("one\ttwo", "one\ttwo"),
        ("\n one \n", "one"),
    ],
    ids=repr,
)
def test_a_text_may_have_several_lines(typed: str, kept: str) -> None:
    assert sent(message=typed).submission.message == kept


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        pytest.param("email", None, "is needed and has no answer; fill it in", id="no address"),
        pytest.param("email", " ", "is needed and has no answer; fill it in", id="only space"),
        pytest.param("email", "anna", "write it like name@company.com", id="no address either"),
        pytest.param("email", "anna@example.com, kim", "write it like", id="an address and something else"),
        pytest.param("email", "anna@example.com\nbcc: kim@example.com", "line break", id="a smuggled header"),
        pytest.param("email", "a" * 250 + "@example.com", "longer than 254 characters", id="an endless address"),
    ],
)
def test_a_fault_of_a_form_field_is_told_with_its_remedy(field: str, typed: str | None, said: str) -> None:
    faults = faults_of(**{field: typed})
    assert list(faults) == [field]
    assert said in faults[field]


def test_a_content_id_with_a_space_is_refused() -> None:
    faults = refused_download(content="buyers guide")
    assert [fault.field for fault in faults.errors] == ["content"]


def test_a_download_request_without_content_is_refused() -> None:
    assert [fault.field for fault in refused_download().errors] == ["content"]


def refused_download(**fields: str) -> FormFaults:
    return refused(as_json({"email": EMAIL, **fields}), AGREEMENT.forms["content-download"])


def test_all_faults_of_a_form_are_told_at_once_in_the_order_of_its_fields() -> None:
    form = AGREEMENT.forms["content-download"]
    fields = {"content": "buyers guide", "email": "x", "return_to": "x", "submission_id": "ä", "zip": "1", "phone": "x"}
    assert [fault.field for fault in refused(as_json(fields), form).errors] == ["email", "content"]


def test_a_form_with_a_filled_honeypot_is_answered_with_its_faults() -> None:
    assert list(faults_of(website="x", email="x")) == ["email"]


secrets = st.text(st.sampled_from("§¶äQZ"), min_size=8, max_size=20)


@given(secrets, st.sampled_from(["email", "content"]))
def test_a_refusal_repeats_no_value_of_the_form(typed: str, field: str) -> None:
    faults = refused(as_json({"email": EMAIL, field: f"{typed}\x00"}), AGREEMENT.forms["content-download"])
    told = f"{faults} {faults.detail} {faults.errors}"
    assert typed not in told


@pytest.mark.parametrize("encode", ENCODINGS)
@given(typed=st.text(max_size=80))
def test_any_typed_text_is_kept_normalised_or_refused(encode, typed: str) -> None:
    try:
        form = read(encode({"email": EMAIL, "title": typed, "message": typed}))
    except (FormFaults, UnicodeEncodeError):
        return
    for answer, allowed in ((form.submission.profile.title, ""), (form.submission.message, "\n\t")):
        assert answer is None or answer == normalize("NFC", answer).strip()
        assert all(letter in allowed or category(letter) not in ("Cc", "Cs", "Zl", "Zp") for letter in answer or "")


# --- a form's own fields ---


def with_fields(*names: str, **terms: object) -> Form:
    """The shipped form for consultations, with more fields."""
    fields = {**dict(CONSULTATION.fields), **dict.fromkeys(names, terms)}
    return CONSULTATION.model_validate({**dict(CONSULTATION), "fields": fields})


def test_answers_to_fields_without_a_fact_stand_under_the_message() -> None:
    form = with_fields("colour", "seats", "team")
    said = sent(form, message="Call me.", seats="40", colour="blue").submission.message
    assert said == "Call me.\n\ncolour: blue\nseats: 40"
    assert sent(form, seats="40").submission.message == "seats: 40"


def test_a_form_field_named_like_a_fact_sets_that_fact() -> None:
    facts = {"region": "Bavaria", "language": "de", "industry": "automotive", "infrastructure": "SAP"}
    numbers = {"employees": "120", "revenue": "5000000", "company_country": "de"}
    answers = {"budget": "50,000 EUR", "authority": "decides", "need": "urgent", "timeline": "spring"}
    form = with_fields(*facts, *numbers, *answers, "campaign")
    said = sent(form, company="Acme", campaign="autumn", **facts, **numbers, **answers).submission
    assert said.profile == Profile(region="Bavaria", language="de")
    assert said.company == Company(
        name="Acme",
        domain="example.com",
        industry="automotive",
        employees=120,
        revenue=5_000_000,
        country="DE",
        infrastructure="SAP",
    )
    assert (said.bant, said.campaign, said.message) == (answers, "autumn", None)


@pytest.mark.parametrize("employees", ["50-11", "1.2", "many", "-5", "9" * 16, "12 or so", "5 EUR"])
def test_an_unclear_number_stays_in_the_message(employees: str) -> None:
    said = sent(with_fields("employees"), employees=employees).submission
    assert said.company.employees is None
    assert said.message == f"employees: {employees}"


def test_an_overlong_text_is_refused_before_its_normalisation() -> None:
    """Marks upon marks are put in their order, which takes the square of their number: of an eighth, a 64th."""
    field, marks = FormField(kind=FieldKind.TEXT, max_length=4000), "a" + "\u0301\u0316" * 62_000
    with pytest.raises(ValueError, match="is longer than 4000 characters"):
        check_answer(field, marks)
    an_eighth = cpu_seconds(lambda: normalize("NFC", marks[: len(marks) // 8]))
    assert cpu_seconds(lambda: check_answer(field, marks)) < an_eighth


def test_the_length_of_a_text_is_counted_after_its_normalisation() -> None:
    decomposed = "a\u0301" * 150  # two characters each, of which one is made
    assert sent(title=f"  {decomposed}  ").submission.profile.title == "á" * 150
    assert sent(title="á" * 151).submission.profile.title is None


def test_an_answer_that_is_too_long_for_its_fact_stays_in_the_message() -> None:
    form, long = with_fields("need", "campaign", max_length=1000), "x" * 600
    said = sent(form, need=long, campaign=long).submission
    assert (said.bant, said.campaign) == ({}, None)
    assert said.message == f"need: {long}\ncampaign: {long}"


def test_every_field_of_the_shipped_forms_is_read() -> None:
    for name, form in AGREEMENT.forms.items():
        answers = dict.fromkeys(form.fields, "abcde") | {"email": EMAIL, "phone": "12345", "newsletter": "on"}
        kept = read(as_json(answers), name).submission
        assert kept.model_dump_json().count("abcde") == len(form.fields) - 3
        assert kept.consents == {"newsletter": "2026-11"}


@pytest.mark.parametrize("typed", ["yes", "on", "TRUE", "1"])
def test_a_ticked_box_is_a_consent_and_no_answer(typed: str) -> None:
    said = sent(newsletter=typed).submission
    assert (said.consents, said.message) == ({"newsletter": "2026-11"}, None)


@pytest.mark.parametrize("typed", ["", "no", "off", "False", "0", None])
def test_an_empty_box_is_no_consent(typed: str | None) -> None:
    said = sent(newsletter=typed).submission
    assert (said.consents, said.message) == ({}, None)


def test_any_other_value_of_a_consent_box_is_no_consent_and_stays_in_the_message() -> None:
    said = sent(newsletter="perhaps").submission
    assert (said.consents, said.message) == ({}, "newsletter: perhaps")


def test_a_form_may_have_one_field_only() -> None:
    form = Form.model_validate(
        {"signal": "subscribed", "fields": {"email": {"kind": "email", "needed": True}}, "honeypot": "website"}
    )
    assert read(as_json({"email": EMAIL}), "newsletter", form).submission.kind == "subscribed"
    assert sent(form, title="x").submission.properties == {"field.title": "x"}


def test_a_submission_id_cannot_imitate_the_repeat_key_of_an_unnamed_submission() -> None:
    unnamed = sent(title="Buyer")
    assert sent(submission_id=unnamed.repeat_key, title="Buyer").repeat_key != unnamed.repeat_key
    assert sent(submission_id=unnamed.repeat_key.partition(":")[2], title="Buyer").repeat_key != unnamed.repeat_key


def test_a_robots_submission_is_no_repeat_of_a_persons_with_the_same_submission_id() -> None:
    assert sent(submission_id="a-1", website="x").repeat_key != sent(submission_id="a-1").repeat_key
