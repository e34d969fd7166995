"""Forms as real websites send them: what tools, frameworks and page builders add refuses nobody."""

import random
from collections.abc import Mapping
from unicodedata import category, normalize

import pytest
from pydantic import ValidationError

from baton.agreement.terms.form_terms import Form
from baton.domain.leads.person_facts import Profile
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms import field_names
from baton.intake.forms.beside import MAX_FIELDS, MAX_VALUE
from baton.intake.forms.mended_text import mended
from baton.intake.names.usual_names import name_key
from tests.unit.given import AGREEMENT
from tests.unit.intake.sent_forms import (
    CONSULTATION,
    EMAIL,
    ENCODINGS,
    MULTIPART,
    URLENCODED,
    as_json,
    as_multipart,
    as_urlencoded,
    faults_of,
    part,
    read,
    sent,
)

THANKS = "https://www.example.com/thank-you"
DOWNLOAD = AGREEMENT.forms["content-download"]


def with_names(names: Mapping[str, str]) -> Form:
    """The shipped form for consultations, with names that a page builder dictates."""
    return Form.model_validate({**CONSULTATION.model_dump(), "names": names})


# --- unknown fields ---


def test_the_names_of_a_form_are_folded_once_however_many_fields_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    form = with_names({f"form_fields[{number}]": "message" for number in range(100)})
    folded = list[str]()

    def folding(name: str) -> str:
        folded.append(name)
        return name_key(name)

    monkeypatch.setattr(field_names, "name_key", folding)
    sent_names = {f"n{number}": ("1",) for number in range(1000)}
    _, others = field_names.by_own_names(form, sent_names, form.fields.keys())
    assert len(others) == 1000
    assert len(folded) <= 200 + 3 * len(sent_names)


@pytest.mark.parametrize("encode", ENCODINGS)
@pytest.mark.parametrize(
    "name", ["fax", "favourite colour", "Company size?", "data-x", "größe", "confirm_email", "form_id"]
)
def test_an_unknown_field_is_kept_beside_and_refuses_nobody(encode, name: str) -> None:
    said = read(encode({"email": EMAIL, "message": "Call me.", name: " 12\r\n34 "})).submission
    assert (said.message, said.properties) == ("Call me.", {f"field.{name}": "12 34"})
    assert said.asks_for_a_person


@pytest.mark.parametrize(
    "name",
    [
        *("submit", "button", "email.x", "email.y", "utf8", "authenticity_token", "csrfmiddlewaretoken"),
        *("_csrf", "_token", "_wpcf7", "_wpcf7_version", "_wpcf7_unit_tag", "_wpcf7_container_post", "_wpnonce"),
        *("_wp_http_referer", "csrf_token", "_next"),
        *("__RequestVerificationToken", "__VIEWSTATE", "__EVENTVALIDATION", "form_build_id", "form_token", "form_key"),
        *("gform_submit", "is_submit_1", "wpforms[submit]", "bot-field", "_gotcha", "hs_context", "_method"),
        *("g-recaptcha-response-100000", "recaptcha_response", "frc-captcha-solution", "altcha", "MAX_FILE_SIZE"),
        *("d41d8cd98f00b204e9800998ecf8427e", "password", "cvc", "Submit", " _token "),
    ],
)  # fmt: skip
def test_what_a_framework_adds_is_passed_over(name: str) -> None:
    form = sent(title="Buyer", **{name: "6f1ed002ab5595859014ebf0951522d9"})
    assert form.submission == sent(title="Buyer").submission
    assert form.repeat_key == sent(title="Buyer").repeat_key


@pytest.mark.parametrize(
    ("name", "source"),
    [
        *(("gclid", "google-ads"), ("gbraid", "google-ads"), ("wbraid", "google-ads"), ("dclid", "google-ads")),
        *(("fbclid", "facebook"), ("msclkid", "microsoft-ads"), ("li_fat_id", "linkedin"), ("ttclid", "tiktok")),
        *(("twclid", "twitter"), ("rdt_cid", "reddit"), ("epik", "pinterest"), ("mc_cid", "mailchimp")),
        *(("utm_id", "website"), ("gad_source", "website"), ("_gl", "website"), ("utm_marketing_tactic", "website")),
    ],
)
def test_a_click_id_is_kept_as_attribution(name: str, source: str) -> None:
    said = sent(**{name: "Cj0KCQiA_x-1"}).submission
    assert (said.source, said.properties) == (source, {name: "Cj0KCQiA_x-1"})


def test_a_named_source_outranks_the_source_of_a_click_id() -> None:
    assert sent(gclid="x", utm_source="Newsletter").submission.source == "newsletter"


@pytest.mark.parametrize("told", ["", "undefined", "null", "(not set)", "x" * 501, "a b", "[object Object]"])
def test_a_click_id_that_is_none_is_left_out(told: str) -> None:
    said = sent(gclid=told, utm_source="undefined").submission
    assert (said.source, said.properties) == ("website", {})


def test_a_click_id_in_capitals_is_a_click_id() -> None:
    assert sent(GCLID="x", ScCid="y").submission.properties == {"gclid": "x", "sccid": "y"}


def test_unknown_fields_are_bounded_in_number_and_length() -> None:
    said = sent(**{f"q{n:03}": "x" * 1_100 for n in range(50)}).submission
    assert len(said.properties) == MAX_FIELDS
    assert {len(str(value)) for value in said.properties.values()} == {MAX_VALUE}
    assert next(iter(said.properties)) == "field.q000"


def test_an_unknown_field_tells_no_rule_a_fact() -> None:
    said = sent(budget="1000000", page_title="CEO", employees="5000").submission
    assert (said.bant, said.profile.title, said.company.employees) == ({}, None, None)
    assert said.properties.keys() == {"field.budget", "field.page_title", "field.employees"}


@pytest.mark.parametrize("name", ["x" * 1_000, "a\x00b", "\ud800", "\u202e", " "], ids=ascii)
def test_the_name_of_an_unknown_field_is_kept_printable_and_short(name: str) -> None:
    [kept] = sent(**{name: "x"}).submission.properties
    assert kept.isprintable()
    assert len(kept) <= 66


@pytest.mark.parametrize("name", ["x" * 250, "a\x00b", "\ud800", "\u202e", "€"], ids=ascii)
def test_an_unknown_field_is_part_of_what_makes_a_repeat(name: str) -> None:
    assert sent(**{name: "x"}).repeat_key == sent(**{name: "x"}).repeat_key != sent(**{name: "y"}).repeat_key


# --- fields that cannot be read ---


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        pytest.param("phone", "1234", "phone: 1234", id="too few digits"),
        pytest.param("phone", "call me", "phone: call me", id="no phone"),
        pytest.param("phone", "later\x00", "phone: later", id="no phone and no letter"),
        pytest.param("country", "D3", "country: D3", id="no country"),
        pytest.param("title", "x" * 151, f"title: {'x' * 151}", id="too long"),
        pytest.param("company", "x" * 9_000, f"company: {'x' * 1000}", id="much too long"),
        pytest.param("newsletter", "maybe", "newsletter: maybe", id="neither yes nor no"),
        pytest.param("message", "x" * 4_001, "x" * 4_000, id="a text too long"),
        pytest.param("message", "a\x00b\x1b[2J", "a b [2J", id="a text that holds an order to a terminal"),
        pytest.param("message", "a\rb\r\nc", "a\nb\nc", id="half a line break in a text"),
        pytest.param("message", "a\u202eb", "ab", id="letters turned round in a text"),
    ],
)
def test_a_field_that_cannot_be_read_stays_in_the_message_and_refuses_nobody(field: str, typed: str, kept: str) -> None:
    said = sent(**{field: typed}).submission
    assert (said.message, said.consents) == (kept, {})
    assert said.profile == Profile()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("a\nb", "a b", id="two lines in one"),
        pytest.param("a\u2029b", "a b", id="two paragraphs in one"),
        pytest.param("a\tb", "a b", id="a tab"),
        pytest.param("a\x00b", "a b", id="nothing at all"),
        pytest.param("a\x85b", "a b", id="an old line break"),
        pytest.param("a\ud800b", "ab", id="half a letter"),
        pytest.param("a\u202eb", "ab", id="letters turned round"),
        pytest.param("\x00", None, id="nothing else"),
    ],
)
def test_what_cannot_be_printed_is_left_out_of_an_answer(typed: str, kept: str | None) -> None:
    said = sent(title=typed).submission
    assert (said.profile.title, said.message) == (kept, None)


@pytest.mark.parametrize("nothing", ["undefined", "[object Object]", "NaN", "", " ", None])
def test_what_a_script_writes_for_nothing_is_no_answer(nothing: str | None) -> None:
    said = sent(title=nothing, phone=nothing, country=nothing).submission
    assert (said.profile, said.message) == (Profile(), None)


def test_a_surname_null_is_a_surname() -> None:
    assert sent(last_name="Null").submission.profile.last_name == "Null"


def needs_more(form: Form, *names: str) -> Form:
    fields = {
        name: {**field.model_dump(), "needed": field.needed or name in names} for name, field in form.fields.items()
    }
    return Form.model_validate({**form.model_dump(), "fields": fields})


def test_who_asks_for_a_person_is_taken_without_the_other_needed_answers() -> None:
    form = needs_more(CONSULTATION, "phone", "company")
    said = sent(form, phone="as before").submission
    assert said.asks_for_a_person
    assert said.message == "phone: as before"


def test_a_form_that_asks_for_nobody_is_refused_without_a_needed_answer() -> None:
    form = needs_more(DOWNLOAD, "phone")
    assert list(faults_of(form, content="guide", phone="x")) == ["phone"]
    assert list(faults_of(form, phone="12345")) == ["content"]


# --- several values, boxes, files ---


@pytest.mark.parametrize(
    "values", [["no", "yes"], ["0", "1"], ["off", "on"], ["", "true"], ["yes", "no"], ["perhaps", "yes"], [True], [1]]
)
def test_a_ticked_box_with_a_hidden_no_beside_it_is_a_consent(values: list[object]) -> None:
    said = sent(newsletter=values).submission
    assert (said.consents, said.message) == ({"newsletter": "2026-11"}, None)


@pytest.mark.parametrize("values", [["no", "no"], ["0"], [False], ["", "no"], [0]])
def test_a_box_that_says_no_is_no_consent(values: list[object]) -> None:
    assert sent(newsletter=values).submission.consents == {}


def test_several_values_of_a_line_are_one_answer() -> None:
    assert sent(title=["Buyer", "Director", "Buyer", ""]).submission.profile.title == "Buyer, Director"


def test_several_values_of_a_text_are_its_paragraphs() -> None:
    assert sent(message=["One.", "Two."]).submission.message == "One.\nTwo."


def test_the_first_of_several_phones_that_can_be_read_counts_and_the_others_are_named() -> None:
    said = sent(phone=["call me", "089 5550 1234", "089 5550 1235"]).submission
    assert said.profile.phone == "089 5550 1234"
    assert said.message == "phone (also): call me, 089 5550 1235"


@pytest.mark.parametrize(
    "email",
    [
        pytest.param([EMAIL, "kim@example.com"], id="two fields"),
        pytest.param(["anna", EMAIL], id="one that is none, first"),
        pytest.param(f"{EMAIL}, kim@example.com", id="two in one field"),
        pytest.param(f"{EMAIL};kim@example.com", id="as Outlook writes them"),
    ],
)
def test_the_first_address_that_can_be_read_is_the_senders(email: object) -> None:
    form = sent(email=email)
    assert form.submission.email == EMAIL
    assert form.submission.message in ("email (also): kim@example.com", "email (also): anna")


@pytest.mark.parametrize("email", [[], ["", " "], "anna", ["a", "b"], None, {}, 7, True, f"{EMAIL} or call", "@"])
def test_a_form_without_a_readable_address_is_refused_for_it_alone(email: object) -> None:
    assert list(faults_of(email=email, phone="x", fax="1")) == ["email"]


def test_an_empty_file_input_is_passed_over() -> None:
    body = part('name="cv"; filename=""', b"", "Content-Type: application/octet-stream")
    assert read((MULTIPART, body + as_multipart({"email": EMAIL})[1])).submission == sent().submission


def test_a_file_is_named_in_the_message_and_not_kept() -> None:
    body = part('name="cv"; filename="cv\u202e.pdf"', b"\xff" * 70_000)
    said = read((MULTIPART, body + as_multipart({"email": EMAIL, "message": "Hi."})[1])).submission
    assert (said.message, said.properties) == ("Hi.\n\ncv (a file that was not kept): cv.pdf", {})


@pytest.mark.parametrize(
    ("sent_as", "kept"),
    [
        (("application/json", b'\xef\xbb\xbf{"email": "a@example.com", "phone": 498955501234}'), "498955501234"),
        (("text/plain;charset=UTF-8", b'{"email": "a@example.com", "phone": "498955501234"}'), "498955501234"),
        (("text/plain", b"email=a%40example.com&phone=498955501234"), "498955501234"),
        ((f"{URLENCODED};charset=ISO-8859-1", b"email=a@example.com&phone=%2B498955501234"), "+498955501234"),
    ],
    ids=["JSON with a mark and a number", "JSON of sendBeacon", "a query of sendBeacon", "ISO-8859-1"],
)
def test_a_form_is_taken_however_a_script_sends_it(sent_as: tuple[str, bytes], kept: str) -> None:
    assert read(sent_as).submission.profile.phone == kept


# --- names that page builders dictate ---


@pytest.mark.parametrize(
    "name",
    [
        *("First-Name", "firstName", "FIRST_NAME", "first name", "form_fields[first_name]", "data[Lead][first_name]"),
        *("your-first-name", "Vorname", "prenom", "fname", "wpforms[fields][first_name]", "contact.first_name"),
    ],
)
def test_a_usual_name_means_a_field_of_the_form(name: str) -> None:
    said = sent(**{name: "Anna"}).submission
    assert (said.profile.first_name, said.properties) == ("Anna", {})


@pytest.mark.parametrize(
    "name",
    [
        *("form_fields[email]", "your-email", "E-Mail", "Email", "EMAIL", "email[]", "email[0]"),
        *("wpforms[fields][email]", "email-914", "g12-email", "jform[contact_email]", "input_email", "txtEmail"),
        *("tx_powermail_pi1[field][e_mail]", "tx_form_formframework[contactForm-1][email-1]", "submitted[email]"),
    ],
)
def test_an_address_is_found_under_the_name_that_a_page_builder_gives_it(name: str) -> None:
    assert read(as_json({name: EMAIL})).submission.email == EMAIL


@pytest.mark.parametrize(
    "name", ["your-name", "name", "Full Name", "form_fields[name]", "nom et prénom", "Contact name"]
)
def test_a_full_name_gives_first_and_last_name_where_neither_is_sent(name: str) -> None:
    said = sent(**{name: "Dr. Ana Ruiz", "first_name": ""}).submission
    assert said.profile == Profile(first_name="Ana", last_name="Ruiz")
    assert said.properties == {f"field.{name}": "Dr. Ana Ruiz"}


def test_a_full_name_changes_no_name_that_is_sent() -> None:
    assert sent(name="Dr. Ana Ruiz", last_name="Ruiz Gil").submission.profile == Profile(last_name="Ruiz Gil")


def test_the_forms_own_name_outranks_a_usual_one() -> None:
    said = sent(Email="kim@example.com", mail="lee@example.com").submission
    assert said.email == EMAIL
    assert said.message == "email (also): kim@example.com, lee@example.com"


def test_the_agreement_maps_any_name_to_a_field_or_to_nothing() -> None:
    form = with_names(
        {"input_7": "title", "form_fields[field_ab12]": "message", "input_9": "ignore", "hp_2": "website"}
    )
    said = sent(form, input_7="Buyer", **{"Form_Fields[Field_AB12]": "Hi.", "input_9": "x"}).submission
    assert (said.profile.title, said.message, said.properties) == ("Buyer", "Hi.", {})
    assert sent(form, hp_2="x").submission.spam


def test_a_capital_website_is_not_the_trap() -> None:
    said = sent(Website="https://example.com").submission
    assert not said.spam
    assert said.properties == {"field.Website": "https://example.com"}


@pytest.mark.parametrize("names", [{"x": "fax"}, {"": "email"}, {"x" * 201: "email"}, {"x": "utm_source"}])
def test_an_agreed_name_means_a_field_of_the_form(names: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        with_names(names)


# --- submission_id and return_to ---


@pytest.mark.parametrize("named", ["a b", "ä", "x" * 101, "{7f-\u202e}"])
def test_an_unusual_submission_id_still_names_a_submission(named: str) -> None:
    first, again = sent(submission_id=named, title="Buyer"), sent(submission_id=named, title="Director")
    assert first.named
    assert first.repeat_key == again.repeat_key != sent(submission_id=f"{named}2").repeat_key
    assert len(first.repeat_key) < 110


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        (THANKS, THANKS),
        (f" {THANKS} ", THANKS),
        (f"{THANKS}/", THANKS),
        (f"{THANKS}?utm_source=x&gclid=1", f"{THANKS}?utm_source=x&gclid=1"),
        (f"{THANKS}/?x=1", f"{THANKS}?x=1"),
        (f"{THANKS}#top", THANKS),
        ("https://WWW.Example.com/thank-you", THANKS),
        ("https://evil.example/", None),
        ("https://evil.example/thank-you", None),
        ("http://www.example.com/thank-you", None),
        ("https://www.example.com/", None),
        ("https://www.example.com/thank-you/more", None),
        ("https://www.example.com/Thank-You", None),
        ("https://www.example.com@evil.example/thank-you", None),
        ("https://www.example.com\\@evil.example/thank-you", None),
        ("//www.example.com/thank-you", None),
        ("/thank-you", None),
        ("javascript:alert(1)", None),
        (f"{THANKS}?\r\nSet-Cookie: x", None),
        (f"{THANKS}?{'x' * 600}", None),
        ("https://[::1/", None),
        ("\ud800", None),
    ],
)
def test_a_visitor_is_sent_to_an_agreed_page_or_nowhere(asked: str, page: str | None) -> None:
    assert sent(return_to=asked).return_to == page


def test_an_agreed_page_keeps_its_own_query() -> None:
    form = CONSULTATION.model_copy(update={"return_pages": ("https://a.example/?p=7#x", "https://a.example/b#y")})
    assert sent(form, return_to="https://a.example?q=1").return_to == "https://a.example/?p=7#x"
    assert sent(form, return_to="https://a.example/b?q=1").return_to == "https://a.example/b?q=1"


# --- laws ---

_PIECES = (
    *("a", "Z", "7", " ", "\n", "\r\n", "\t", "\x00", "\x1b", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800", "é"),
    *("e\u0301", "ß", "田", "👩🏽‍💻", "ﬃ", "％", "&", "=", "[", "]", "%", "+", ";", ",", "@", "example.com", "anna"),
    *("undefined", "null", "yes", "no", "+49 89 5550", "x" * 300, "<script>", '"', "\\", "\u2028", "\x85", "\udfff"),
)
_FIELDS = (
    *("email", "first_name", "title", "phone", "country", "message", "newsletter", "website", "return_to", "page"),
    *("submission_id", "gclid", "Your-Name", "form_fields[phone]", "_wpnonce", "fax", "x\ud800", "a[b][]", "utm_term"),
)


def written(chance: random.Random) -> str:
    return "".join(chance.choices(_PIECES, k=chance.randrange(6)))


def test_ten_thousand_mended_texts_hold_nothing_that_cannot_be_printed_and_are_mended_once() -> None:
    chance = random.Random(12)
    for _ in range(10_000):
        typed, allowed = written(chance), chance.choice(["", "\n\t"])
        once = mended(typed, 100, allowed)
        assert mended(once, 100, allowed) == once == normalize("NFC", once).strip()
        assert len(once) <= 100
        assert all(letter in allowed or category(letter) not in ("Cc", "Cs", "Zl", "Zp") for letter in once), ascii(
            typed
        )


def test_ten_thousand_answers_beside_an_address_are_taken_and_read_again_unchanged() -> None:
    """What was kept, sent again under the same names, is kept as it is; the values are random, the address is not."""
    chance = random.Random(26)
    for _ in range(2_500):
        fields: dict[str, object] = {
            name: written(chance) if chance.random() < 0.8 else [written(chance), written(chance)]
            for name in chance.sample(_FIELDS, k=4)
        }
        said = sent(**{**fields, "email": EMAIL}).submission
        kept = said.model_dump_json()
        assert said.email == EMAIL
        assert "\\u0000" not in kept
        again = sent(message=said.message, **said.profile.model_dump()).submission
        assert (again.message, again.profile) == (said.message, said.profile), ascii(fields)


def test_ten_thousand_answers_without_an_address_are_refused_with_a_sentence() -> None:
    chance = random.Random(7)
    for _ in range(3_400):
        fields = {name: written(chance) for name in chance.sample(_FIELDS[1:], k=3)}
        encode = chance.choice([as_json, as_urlencoded, as_multipart])
        try:
            body = encode(fields)
        except UnicodeEncodeError:
            continue
        with pytest.raises(FormFaults) as faults:
            read(body)
        assert faults.value.status in (400, 422)
