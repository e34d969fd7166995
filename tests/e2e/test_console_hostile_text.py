"""Whatever somebody wrote is shown by the console as text, and leaves the screen as it is."""

import json
import re
from typing import Any

from playwright.sync_api import Page, Route

from tests.e2e.at_work import SAM, AtWork, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import PHONE, Console, csp_reports
from tests.e2e.signals import GUIDE, PRICES, signal, tell

HOSTILE = f"<img src=x onerror=alert(1)>\u202egnp.exe {{{{7*7}}}} javascript:alert(1) {'x' * 300}"
"""Markup, an override of the direction, a template, an address, and a word that fits no screen."""
WRITTEN = {"name", "first_name", "last_name", "title", "campaign", "industry", "infrastructure", "value", "label"}
"""Fields that somebody writes, though they often look like a code."""
CODE = re.compile(r"[\w.:@+/=-]*")
"""Codes, moments and addresses, on which the console acts; whatever else comes is words."""
FOUND = """() => ({
  made: document.querySelectorAll('img, iframe, main script, a[href^="javascript:"]').length,
  broken: document.querySelectorAll('main .empty[role=alert]').length,
  wider: Math.max(document.documentElement.scrollWidth - innerWidth, 0),
})"""


def hostile(told: Any, field: str = "") -> Any:
    """An answer of the API, with something hostile behind all words in it."""
    if isinstance(told, dict):
        return {name: hostile(value, name) for name, value in told.items()}
    if isinstance(told, list):
        return [hostile(each, field) for each in told]
    is_words = isinstance(told, str) and (field in WRITTEN or not CODE.fullmatch(told))
    return f"{told} {HOSTILE}" if is_words else told


def answer(route: Route) -> None:
    given = route.fetch()
    if given.status == 200 and "json" in given.headers.get("content-type", ""):
        route.fulfill(response=given, body=json.dumps(hostile(given.json())))
    else:
        route.fulfill(response=given)


def test_hostile_text_in_every_field_of_every_screen_stays_text(console: Console, baton: AtWork, fair: str) -> None:
    email = somebody("anna")
    guide = signal(email, "content_downloaded", content=GUIDE, source=fair, properties={"title": "Head of IT"})
    lead_id = tell(baton, guide, signal(email, "page_visited", content=PRICES, source=fair))["lead_id"]
    held = baton.ask(somebody("ben"), first_name="Ben", message="Please call me.")["lead_id"]
    baton.listed(lead_id, owner="marketing", source=fair)
    company = f"/accounts/{fair}.com"
    read(baton.admin.put(company, json={"name": fair}))
    places = (
        f"/review?source={fair}&lead={lead_id}",
        f"/leads?queue=in_review&source={fair}&lead={lead_id}",
        *(f"/leads/{held}?tab={tab}" for tab in ("why", "timeline", "handoffs", "facts", "person")),
        *("/agreement", "/agreement?versions=all", "/meeting", "/operations"),
        *("/board?team=sales", f"/roster?team=sales&who={SAM}", "/accounts", "/forms?form=consultation", "/tools"),
    )
    with console.signed_in("ada", PHONE, at="/parts") as page:
        page.on("dialog", lambda each: each.accept())
        page.context.route(re.compile(rf"^{re.escape(console.stack.api_url)}/(?!console)"), answer)
        for place in places:
            shows(page, console, place)
            assert page.evaluate(FOUND) == {"made": 0, "broken": 0, "wider": 0}, place
        assert csp_reports(page) == []
    assert baton.admin.delete(company).status_code == 204


def shows(page: Page, console: Console, place: str) -> None:
    """Goes to a place without loading it anew, and waits until something hostile is there."""
    page.evaluate(
        "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }",
        f"{console.url}{place}",
    )
    expect(page.get_by_role("main")).to_contain_text("onerror=alert(1)")
    expect(page.locator(".loading")).to_have_count(0)
