"""A browser without script gets pages: thanks, or the form again; a script gets JSON. Refusals are counted."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import ANNA, World
from tests.unit.outreach.test_form_pages import Seen

URLENCODED = "application/x-www-form-urlencoded"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
NASTY = '"><script>alert(1)</script>'


def browse(world: World, fields: Mapping[str, Any], form: str = "consultation", **headers: str) -> Answer:
    """A form as a browser without script posts it."""
    sent = {"Content-Type": URLENCODED, "Accept": CHROME, **headers}
    return world.ask("POST", f"/forms/{form}", urlencode(fields, doseq=True), headers=sent)


def test_a_browser_without_script_gets_a_page_of_thanks(world: World) -> None:
    answer = browse(world, {"email": ANNA, "message": "Please call."})
    assert (answer.status, answer.headers["content-type"]) == (202, "text/html; charset=utf-8")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    assert world.stack.leads()


def test_a_browser_is_sent_on_to_an_agreed_page_as_before(world: World) -> None:
    answer = browse(world, {"email": ANNA, "return_to": "https://www.example.com/thank-you?x=1"})
    assert (answer.status, answer.headers["location"]) == (303, "https://www.example.com/thank-you?x=1")


def test_a_form_that_a_browser_shows_again_is_taken_once_it_is_mended(world: World) -> None:
    fields = {"email": "anna", "Vorname": NASTY, "fax": NASTY, "newsletter": ["no", "yes"], "submission_id": "a-1"}
    answer = browse(world, fields, **{"Accept-Language": "de-DE,de;q=0.9"})
    page = Seen(answer.body)
    assert (answer.status, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "script" not in page.tags
    assert "Vorname" in page.text
    assert world.stack.leads() == []

    mended = {name: values for name, values in page.fields.items() if name} | {"email": [ANNA]}
    assert browse(world, mended).status == 202
    lead = world.stack.lead()
    assert (lead.email, lead.profile.first_name) == (ANNA, NASTY)
    assert lead.consents["newsletter"].given


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "*/*"},
        {"Accept": "application/json, text/html"},
        {"Accept": "text/html;q=0"},
        {"Accept": CHROME, "Sec-Fetch-Mode": "cors"},
        {"accept": ""},
    ],
    ids=str,
)
def test_a_script_gets_json(world: World, headers: dict[str, str]) -> None:
    for email, status in ((ANNA, 202), ("anna", 422)):
        answer = world.ask("POST", "/forms/consultation", {"email": email}, headers=headers)
        assert answer.status == status
        assert answer.headers["content-type"].startswith("application/")
        assert answer.json()


@pytest.mark.parametrize(
    ("form", "fields", "status"),
    [("nonsense", {"email": ANNA}, 404), ("consultation", {"email": ANNA, "message": "x" * 65_536}, 413)],
    ids=["no such form", "too long"],
)
def test_a_browser_gets_a_page_for_each_refusal(world: World, form: str, fields: dict[str, str], status: int) -> None:
    answer = browse(world, fields, form)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("form", "body", "encoding", "reason"),
    [
        pytest.param("consultation", "{}", "application/json", "no_address", id="no address"),
        pytest.param("content-download", json.dumps({"email": ANNA}), "application/json", "needed_field", id="needed"),
        pytest.param("consultation", "{", "application/json", "unreadable", id="no JSON"),
        pytest.param("consultation", "<x/>", "application/xml", "unreadable", id="XML"),
        pytest.param("consultation", "x" * 65_537, URLENCODED, "unreadable", id="too long"),
        pytest.param("nonsense", "{}", "application/json", "unknown_form", id="no such form"),
    ],
)
def test_a_refused_form_is_counted_by_its_reason(
    world: World, capsys: pytest.CaptureFixture[str], form: str, body: str, encoding: str, reason: str
) -> None:
    world.ask("POST", f"/forms/{form}", body, headers={"Content-Type": encoding})
    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "RefusedForms" in line]
    assert (line["RefusedForms"], line["reason"], line["service"]) == ([1.0], reason, "baton")
    assert ANNA not in json.dumps(line)
