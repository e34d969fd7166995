"""The pages that a website's visitor sees without script: escaped, in their language, and with what is to be mended."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from baton.agreement.terms.form_terms import Form
from baton.outreach.pages.form_pages import form_page
from baton.outreach.pages.form_words import WORDS, language_of
from tests.unit.given import AGREEMENT

CONSULTATION, DOWNLOAD = AGREEMENT.forms["consultation"], AGREEMENT.forms["content-download"]
REFUSED = {"errors": [{"field": "email", "detail": "is not an address that mail could reach"}]}
NASTY = "\"><script>alert(1)</script>'&amp;\x00\ud800"


class Seen(HTMLParser):
    """What a page holds: its tags, its fields by name, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.attributes: list[dict[str, str | None]] = []
        self.area = ""
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes.append(given)
        self.area = (given.get("name") or "") if tag == "textarea" else ""
        if tag == "input":
            self.fields.setdefault(given.get("name") or "", []).append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.area = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.area:
            self.fields.setdefault(self.area, []).append(data.removeprefix("\n"))


def again(sent: dict[str, tuple[str, ...]], form: Form = CONSULTATION, told=REFUSED, status: int = 422, language="en"):
    return Seen(form_page(status, told, form, sent, language)[0])


def test_a_page_of_thanks_has_the_reference_and_nothing_to_fill_in() -> None:
    page = Seen(form_page(202, {"reference": "AB12"}, CONSULTATION, {"email": ("x",)}, "")[0])
    assert "AB12" in page.text
    assert "form" not in page.tags


def test_the_form_comes_again_with_what_was_typed_and_a_sentence_beside_its_fault() -> None:
    page = again({"email": ("anna",), "message": ("Please call.\nTomorrow.",), "newsletter": ("no", "yes")})
    assert page.fields["email"] == ["anna"]
    assert page.fields["message"] == ["Please call.\nTomorrow."]
    assert page.fields["newsletter"] == ["no", "yes"]
    assert WORDS["en"].address in page.text
    [marked] = [each for each in page.attributes if each.get("aria-invalid")]
    assert (marked["name"], marked["type"], marked["aria-describedby"]) == ("email", "email", "field-email-fault")


def test_everything_that_was_sent_comes_again_once() -> None:
    sent = {"email": ("x",), "return_to": ("https://www.example.com/thank-you",), "fax": ("1", "2"), "website": ("",)}
    page = again(sent)
    assert {name: tuple(page.fields[name]) for name in sent} == sent


@pytest.mark.parametrize("name", ["email", "first_name", "message", "fax", "newsletter", NASTY])
def test_what_was_typed_is_escaped(name: str) -> None:
    html = form_page(422, REFUSED, CONSULTATION, {"email": ("x",), name: (NASTY,)}, "en")[0]
    page = Seen(html)
    assert "script" not in page.tags
    assert page.fields[name.replace("\x00", "").replace("\ud800", "")] == ["\"><script>alert(1)</script>'&amp;"]
    assert html.encode().decode() == html


def test_a_reference_and_a_fault_are_escaped() -> None:
    assert "script" not in Seen(form_page(202, {"reference": NASTY}, None, None, "")[0]).tags
    told = {"errors": [{"field": "content", "detail": NASTY}]}
    assert "script" not in again({"content": ("a b",)}, DOWNLOAD, told).tags


@pytest.mark.parametrize(("status", "told"), [(429, {}), (503, {}), (500, {})])
def test_a_form_that_could_not_be_kept_just_now_can_be_sent_again(status: int, told: dict[str, str]) -> None:
    page = again({"email": ("anna@example.com",), "submission_id": ("a-1",)}, told=told, status=status)
    assert page.fields["submission_id"] == ["a-1"]
    assert WORDS["en"].wait in page.text


@pytest.mark.parametrize("status", [400, 404, 413, 415])
def test_a_form_that_would_be_refused_again_is_not_shown_again(status: int) -> None:
    page = again({"email": ("anna@example.com",)}, told={"detail": "x"}, status=status)
    assert "form" not in page.tags
    assert (WORDS["en"].too_long if status == 413 else WORDS["en"].go_back) in page.text


@pytest.mark.parametrize(("form", "sent"), [(None, {"email": ("x",)}), (CONSULTATION, None)])
def test_a_page_without_what_was_sent_says_to_go_back(form: Form | None, sent) -> None:
    assert "form" not in Seen(form_page(422, REFUSED, form, sent, "en")[0]).tags


@pytest.mark.parametrize("language", WORDS)
def test_each_language_has_its_words_for_the_shipped_forms(language: str) -> None:
    html = form_page(422, REFUSED, CONSULTATION, {"email": ()}, language)[0]
    assert f'<html lang="{language}">' in html
    assert unescape(html).count(WORDS[language].needed) == 1
    assert WORDS[language].labels.keys() >= {n for n, f in CONSULTATION.fields.items() if f.kind != "consent"}
    assert all(text for text in WORDS[language][:-1])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("pl, NL;q=0.5", "nl"),
        ("FR", "fr"),
        ("xx", "en"),
        ("", "en"),
        ("*", "en"),
        (";;,,=", "en"),
        ("ja," * 5_000 + "de", "en"),
    ],
)
def test_a_page_is_in_the_first_known_language_of_the_browser(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_the_form_may_lead_to_its_agreed_pages_and_the_page_runs_no_script() -> None:
    pages = ("https://www.example.com/a?b", "http://shop.example.com:8080", "https://x;script-src *", "https://a b/")
    form = CONSULTATION.model_copy(update={"return_pages": pages})
    policy = form_page(422, REFUSED, form, {}, "")[1]["Content-Security-Policy"]
    assert "form-action 'self' http://shop.example.com:8080 https://www.example.com;" in policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"script|unsafe|\*", policy)
