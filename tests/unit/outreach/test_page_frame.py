"""Rules for every page behind a mailed link: complete HTML, accessible, without personal data and without scripts."""

import hashlib
import re
from base64 import b64encode

import pytest

from baton.outreach.pages import link_pages
from tests.unit.given import HANDOFF_ID, KIM, NOW, SAM
from tests.unit.outreach.given import ANNA, LINKS
from tests.unit.outreach.link_page_examples import EVERY_PAGE, ParsedPage

ABOUT_COLLEAGUES = (EVERY_PAGE["ask for a colleague"], EVERY_PAGE["handed on"])
every_page = pytest.mark.parametrize("page", EVERY_PAGE.values(), ids=EVERY_PAGE)


@every_page
def test_every_page_is_complete_html_with_language_title_and_heading(page: str) -> None:
    read = ParsedPage(page)
    assert page.startswith("<!doctype html>")
    assert read.in_order
    assert not read.open
    assert read.all("html") == [{"lang": "en"}]
    assert [len(read.all(tag)) for tag in ("title", "h1", "main")] == [1, 1, 1]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in read.all("meta")


@every_page
def test_no_page_shows_more_of_the_person_than_a_first_name(page: str) -> None:
    known = ANNA.model_dump(exclude={"country", "first_name"}, exclude_none=True).values()
    for personal in (*known, "anna", "secret", "1234567", *(() if page in ABOUT_COLLEAGUES else (SAM, KIM))):
        assert personal not in page


@pytest.mark.parametrize(
    "page", [name for name in EVERY_PAGE if name in ("settled", "passed on", "nobody else", "expired", "invalid")]
)
def test_a_page_names_nobody_once_the_lead_is_somebody_elses(page: str) -> None:
    assert "Anna" not in EVERY_PAGE[page]
    assert "Example GmbH" not in EVERY_PAGE[page]


@every_page
def test_no_page_runs_scripts_or_loads_resources(page: str) -> None:
    read = ParsedPage(page)
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "embed", "svg"}
    assert not any(name in attributes for _, attributes in read.tags for name in ("src", "style", "onclick"))
    assert {tag for tag, attributes in read.tags if "href" in attributes} <= {"a"}
    assert "url(" not in page


@every_page
def test_every_link_of_a_page_is_a_signed_link_of_the_same_handoff(page: str) -> None:
    for leads in ParsedPage(page).all("a"):
        assert LINKS.read(leads["href"] or "", NOW).handoff_id == HANDOFF_ID


@every_page
def test_the_content_security_policy_allows_exactly_the_style_of_the_page(page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in link_pages.HEADERS["Content-Security-Policy"]


def test_the_headers_of_a_page_forbid_all_other_content() -> None:
    policy = link_pages.HEADERS["Content-Security-Policy"]
    for part in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert {name: value for name, value in link_pages.HEADERS.items() if name != "Content-Security-Policy"} == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
    }


def luminance(colour: str) -> float:
    short = colour.removeprefix("#")
    full = short if len(short) == 6 else "".join(digit * 2 for digit in short)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("over", "under", "least"),
    [
        ("ink", "paper", 7),
        ("soft", "paper", 4.5),
        ("on-act", "act", 4.5),
        ("edge", "paper", 3),
        ("act", "paper", 3),
        ("wrong", "paper", 4.5),
    ],
)
def test_the_colours_of_a_page_have_the_contrast_that_wcag_asks_for(
    look: int, over: str, under: str, least: float
) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    colours = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block))
        for block in re.findall(r":root \{(.*?)\}", EVERY_PAGE["accepted"], re.DOTALL)
    ][look]
    lighter, darker = sorted((luminance(colours[over]), luminance(colours[under])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least
