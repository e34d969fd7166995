"""The sample forms in a real Chromium, on a website of another origin than the API, with the script and without it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.e2e.at_work import THANK_YOU, AtWork, View, somebody, until
from tests.e2e.browsers import as_new
from tests.e2e.conftest import Deployed
from tools.website import FORMS, website

MAX_SCRIPT_BYTES = 9_000
AS_PEOPLE_WRITE = "performance.now() > 2000"
"""Sooner than the agreement's `at_least_seconds` only robots send a form."""
LATER = "performance.now = () => 2500"
"""Lets a page believe that this time is over."""
NO_ADDRESS = "anna@company"
"""What browsers take for an address, and Baton does not."""
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def ours(stack: Deployed) -> Iterator[str]:
    """The website whose origin the stack knows."""
    with website(stack.workspace.website_port, stack.api_url) as origin:
        yield origin


@pytest.fixture(scope="module")
def strange(stack: Deployed) -> Iterator[str]:
    """A website that the stack does not know."""
    with website(0, stack.api_url) as origin:
        yield origin


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Page]:
    with as_new(chromium) as context:
        yield context.new_page()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with as_new(chromium, java_script_enabled=False) as context:
        yield context.new_page()


def send(page: Page) -> Response:
    """Press the button, and give the answer to what was posted."""
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button").click()
    return answered.value


def answer_the_first(page: Page, answer: Callable[[Route], object]) -> None:
    """Has the first form that is posted answered like this, and the others by Baton.

    The route stays. With `times=1` Playwright takes it away while the page goes on, and what the page asks for in that
    moment is lost: no event tells of the request or of its answer.
    """
    posted: list[str] = []

    def either(route: Route) -> None:
        posted.append(route.request.url)
        if len(posted) == 1:
            answer(route)
        else:
            route.fallback()

    page.route("**/forms/consultation", either)


def signal(baton: AtWork, email: str) -> View:
    """The form as it is kept."""
    return baton.wait(baton.lead_id(email), "SignalRecorded")


def is_with_sales(baton: AtWork, email: str) -> bool:
    until(lambda: baton.is_known(email), what="the lead")
    return bool(baton.lead(baton.lead_id(email))["status"] == "with_sales")


def accessible(page: Page) -> Any:
    """What an accessibility check has against the page: nothing, or which rules it breaks and where."""
    found = Axe().run(page).response
    assert found["passes"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]]


# --- without a script ---


def test_a_sample_form_works_without_a_script(baton: AtWork, ours: str, plain: Page) -> None:
    email = somebody()
    plain.goto(f"{ours}/consultation.html")
    plain.get_by_label("E-mail").fill(email)
    plain.get_by_label("How can we help?").fill("Please call.\nTomorrow.")

    answer = send(plain)

    assert (answer.status, answer.headers["location"]) == (303, THANK_YOU)
    assert is_with_sales(baton, email)
    assert signal(baton, email)["message"] == "Please call.\nTomorrow."


def test_a_sample_form_works_from_any_website(baton: AtWork, strange: str, plain: Page) -> None:
    email = somebody()
    plain.goto(f"{strange}/content-download.html")
    plain.get_by_label("E-mail").fill(email)

    assert send(plain).status == 303
    assert signal(baton, email)["content"] == "guide"


def test_a_form_comes_again_as_a_page_where_there_is_something_to_mend(baton: AtWork, ours: str, plain: Page) -> None:
    email, blocked = somebody(), list[str]()
    plain.on("console", lambda said: blocked.append(said.text) if "Security Policy" in said.text else None)
    plain.goto(f"{ours}/consultation.html")
    plain.get_by_label("E-mail").fill(NO_ADDRESS)
    plain.get_by_label("How can we help?").fill("Call <b>me</b>.\nTomorrow.")
    plain.get_by_label("Send me the newsletter").check()

    assert send(plain).status == 422
    expect(plain.get_by_role("heading")).to_have_text("Please have another look")
    address = plain.get_by_label("E-mail")
    expect(address).to_have_value(NO_ADDRESS)
    expect(address).to_have_accessible_description(
        "This is not an address that mail could reach. Write it like name@company.com."
    )
    address.fill(email)

    answer = send(plain)
    assert (answer.status, answer.headers["location"]) == (303, THANK_YOU)
    assert blocked == []
    assert is_with_sales(baton, email)
    assert signal(baton, email)["message"] == "Call <b>me</b>.\nTomorrow."
    assert baton.lead(baton.lead_id(email))["consents"]["newsletter"]["given"]


# --- with the script ---


def test_the_page_thanks_the_visitor_and_the_form_keeps_campaign_and_page(
    baton: AtWork, ours: str, scripted: Page
) -> None:
    email = somebody()
    scripted.goto(f"{ours}/consultation.html?utm_source=Newsletter&utm_medium=mail&utm_campaign=autumn&id=7")
    scripted.wait_for_function(AS_PEOPLE_WRITE)
    scripted.get_by_label("E-mail").fill(email)

    assert send(scripted).status == 202

    status = scripted.get_by_role("status")
    expect(status).to_have_text("Thank you. Somebody will call you soon.")
    expect(status).to_be_focused()
    expect(scripted.locator("form")).to_be_hidden()
    assert scripted.url.startswith(ours)
    assert is_with_sales(baton, email)
    kept = signal(baton, email)
    assert (kept["source"], kept["campaign"]) == ("newsletter", "autumn")
    assert kept["properties"]["page"] == f"{ours}/consultation.html"
    assert kept["properties"]["utm_medium"] == "mail"
    assert 2 <= kept["properties"]["seconds_on_page"] < 120


def test_a_form_sent_faster_than_people_write_is_kept_as_spam(baton: AtWork, ours: str, scripted: Page) -> None:
    email = somebody()
    scripted.add_init_script("performance.now = () => 900")
    scripted.goto(f"{ours}/consultation.html")
    scripted.get_by_label("E-mail").fill(email)

    assert send(scripted).status == 202
    assert baton.lead(baton.lead_id(email))["status"] == "spam"


def test_faults_of_a_form_stand_beside_their_fields(baton: AtWork, ours: str, scripted: Page) -> None:
    email = somebody()
    scripted.goto(f"{ours}/consultation.html")
    scripted.get_by_label("E-mail").fill(NO_ADDRESS)

    assert send(scripted).status == 422

    address = scripted.get_by_label("E-mail")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_have_accessible_description(
        "E-mail is not an address that mail could reach; write it like name@company.com"
    )
    expect(address).to_have_attribute("aria-describedby", "email-fault")

    address.fill(email)
    expect(address).not_to_have_attribute("aria-invalid", "true")
    expect(scripted.locator("#email-fault")).to_have_count(0)
    scripted.evaluate(LATER)
    assert send(scripted).status == 202
    assert is_with_sales(baton, email)


def test_what_a_tag_manager_adds_and_what_copying_brings_along_loses_no_request(
    baton: AtWork, ours: str, scripted: Page
) -> None:
    email = somebody()
    scripted.goto(f"{ours}/consultation.html?gclid=Cj0-1_x")
    scripted.evaluate(
        """() => document.forms[0].insertAdjacentHTML("beforeend",
        '<input type="hidden" name="_wpcf7" value="7"><input type="hidden" name="fax" value="12">')"""
    )
    scripted.evaluate("addEventListener('baton:sent', ({ detail }) => { window.heard = detail; })")
    scripted.get_by_label("E-mail").fill(f"\u202a{email}\u200b")
    scripted.get_by_label("Phone").fill("\u202a+49 89 5550\u20111234\u202c")
    scripted.evaluate(LATER)
    answer = send(scripted)

    assert answer.status == 202
    expect(scripted.get_by_role("status")).to_contain_text("Thank you")
    assert scripted.evaluate("window.heard") == {"form": "consultation", **answer.json()}
    assert is_with_sales(baton, email)
    kept = signal(baton, email)
    assert (kept["source"], kept["properties"]["gclid"]) == ("google-ads", "Cj0-1_x")
    assert kept["properties"]["field.fax"] == "12"
    assert baton.lead(baton.lead_id(email))["profile"]["phone"] == "+49 89 5550-1234"


def test_a_form_that_is_inserted_later_is_improved_too(baton: AtWork, ours: str, scripted: Page) -> None:
    email = somebody()
    scripted.goto(f"{ours}/consultation.html")
    scripted.evaluate(
        """() => {
        const { outerHTML } = document.forms[0];
        document.forms[0].remove();
        setTimeout(() => document.querySelector("main").insertAdjacentHTML("afterbegin", outerHTML), 50);
        }"""
    )
    scripted.get_by_role("button").wait_for()
    scripted.evaluate(LATER)
    scripted.get_by_role("button").click()
    expect(scripted.locator("#email-fault")).to_have_text("Please fill this in.")
    scripted.get_by_label("E-mail").fill(email)
    assert send(scripted).status == 202
    expect(scripted.get_by_role("status")).to_contain_text("Thank you")
    assert is_with_sales(baton, email)


def test_the_script_speaks_the_language_of_the_page(baton: AtWork, ours: str, scripted: Page) -> None:
    email = somebody()
    scripted.goto(f"{ours}/consultation.html")
    scripted.evaluate(
        """() => {
        document.documentElement.lang = "de-AT";
        const form = document.forms[0];
        delete form.dataset.thanks;
        form.outerHTML = form.outerHTML;
        }"""
    )
    scripted.get_by_role("button").click()
    expect(scripted.locator("#email-fault")).to_have_text("Bitte füllen Sie das aus.")
    scripted.get_by_label("E-mail").fill(NO_ADDRESS)
    assert send(scripted).status == 422
    expect(scripted.locator("#email-fault")).to_have_text("Bitte prüfen Sie diese Angabe.")
    scripted.get_by_label("E-mail").fill(email)
    scripted.evaluate(LATER)
    assert send(scripted).status == 202
    expect(scripted.get_by_role("status")).to_have_text("Vielen Dank. Es ist angekommen.")
    assert is_with_sales(baton, email)


def test_a_form_is_sent_once_more_where_baton_was_busy(baton: AtWork, ours: str, scripted: Page) -> None:
    email, posts = somebody(), list[str | None]()
    open_to_all = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
    busy = {"status": 503, "json": {}, "headers": {**open_to_all, "Retry-After": "1"}}
    scripted.on("request", lambda request: posts.append(request.post_data) if request.method == "POST" else None)
    answer_the_first(scripted, lambda route: route.fulfill(**busy))
    scripted.goto(f"{ours}/consultation.html")
    scripted.evaluate(LATER)
    scripted.get_by_label("E-mail").fill(email)
    scripted.get_by_role("button").click()
    expect(scripted.get_by_role("status")).to_contain_text("Thank you")
    assert len(posts) == 2
    assert posts[0] == posts[1]
    assert is_with_sales(baton, email)


def test_a_form_can_be_filled_in_and_sent_with_the_keyboard_alone(baton: AtWork, ours: str, scripted: Page) -> None:
    email, keys = somebody(), scripted.keyboard
    scripted.goto(f"{ours}/consultation.html")
    keys.press("Tab")
    keys.type("anna")
    keys.press("Enter")
    expect(scripted.get_by_label("E-mail")).to_be_focused()
    expect(scripted.locator("#email-fault")).to_be_visible()
    keys.press("Control+a")
    keys.type(email)
    for typed in (
        "Anna",
        "Schmidt",
        "Head of Purchasing",
        "Schmidt GmbH",
        "+49 89 5550 1234",
        "Germany",
        "Please call.",
    ):
        keys.press("Tab")
        keys.type(typed)
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    expect(scripted.get_by_role("button")).to_be_focused()
    scripted.evaluate(LATER)
    keys.press("Enter")
    expect(scripted.get_by_role("status")).to_contain_text("Thank you")
    lead = baton.lead(baton.lead_id(email))
    assert (lead["status"], lead["profile"]["title"]) == ("with_sales", "Head of Purchasing")
    assert lead["profile"]["country"] == "DE"
    agreed = lead["consents"]["newsletter"]
    assert (agreed["given"], agreed["text"], agreed["page"]) == (True, "2026-11", f"{ours}/consultation.html")


def test_a_form_is_posted_as_the_same_submission_where_the_script_may_not_read_the_answer(
    baton: AtWork, strange: str, scripted: Page
) -> None:
    email, posts = somebody(), list[str]()
    scripted.on("request", lambda request: posts.append(request.resource_type) if request.method == "POST" else None)
    scripted.goto(f"{strange}/consultation.html")
    scripted.evaluate(LATER)
    scripted.get_by_label("E-mail").fill(email)
    with scripted.expect_response(lambda response: response.status == 303) as answered:
        scripted.get_by_role("button").click()

    assert answered.value.headers["location"] == THANK_YOU
    assert posts == ["fetch", "document"]
    assert baton.decided(baton.lead_id(email)) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_a_lost_answer_makes_no_second_consultation_request(baton: AtWork, ours: str, scripted: Page) -> None:
    email = somebody()
    answer_the_first(scripted, lambda route: (route.fetch(), route.abort()))
    scripted.goto(f"{ours}/consultation.html")
    scripted.evaluate(LATER)
    scripted.get_by_label("E-mail").fill(email)
    with scripted.expect_response(lambda response: response.status == 303):
        scripted.get_by_role("button").click()

    assert baton.decided(baton.lead_id(email)) == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]


def test_the_page_of_a_busy_form_says_so_and_keeps_the_typed_answers(ours: str, scripted: Page) -> None:
    busy = {"status": 429, "json": {}, "headers": {"Access-Control-Allow-Origin": "*"}}
    scripted.route("**/forms/consultation", lambda route: route.fulfill(**busy))
    scripted.goto(f"{ours}/consultation.html")
    scripted.get_by_label("E-mail").fill("anna@schmidt.example")
    send(scripted)

    expect(scripted.get_by_role("status")).to_contain_text("try again in a moment")
    expect(scripted.get_by_role("button")).to_be_enabled()
    expect(scripted.get_by_label("E-mail")).to_have_value("anna@schmidt.example")


def test_the_button_is_disabled_while_the_form_is_sent(ours: str, scripted: Page) -> None:
    held: list[Any] = []
    scripted.route("**/forms/consultation", lambda route: held.append(route))  # noqa: PLW0108
    scripted.goto(f"{ours}/consultation.html")
    scripted.get_by_label("E-mail").fill("anna@schmidt.example")
    scripted.get_by_role("button").click()
    expect(scripted.get_by_role("button")).to_be_disabled()
    expect(scripted.get_by_role("button")).to_have_text("Sending…")
    scripted.get_by_label("E-mail").press("Enter")
    until(lambda: scripted.wait_for_timeout(20) or held, what="the request")  # Playwright hears of it in its own calls
    assert len(held) == 1


def test_the_script_stores_nothing_in_the_browser(ours: str, scripted: Page) -> None:
    scripted.goto(f"{ours}/consultation.html")
    scripted.get_by_label("E-mail").fill(somebody())
    scripted.evaluate(LATER)
    send(scripted)
    assert scripted.context.cookies() == []
    assert scripted.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_script_is_short() -> None:
    assert (FORMS / "baton-form.js").stat().st_size < MAX_SCRIPT_BYTES


# --- for everybody ---


@pytest.mark.parametrize("form", ["consultation", "content-download"])
def test_an_accessibility_check_finds_no_fault_in_the_sample_forms(ours: str, scripted: Page, form: str) -> None:
    scripted.goto(f"{ours}/{form}.html")
    assert accessible(scripted) == []

    scripted.get_by_role("button").click()
    expect(scripted.locator("#email-fault")).to_be_visible()
    assert accessible(scripted) == []

    scripted.get_by_label("E-mail").fill(NO_ADDRESS)
    send(scripted)
    expect(scripted.locator("#email-fault")).to_be_visible()
    assert accessible(scripted) == []

    scripted.get_by_label("E-mail").fill(somebody())
    scripted.evaluate(LATER)
    send(scripted)
    expect(scripted.get_by_role("status")).to_contain_text("Thank you")
    assert accessible(scripted) == []


@pytest.mark.parametrize("form", ["consultation", "content-download"])
def test_the_sample_forms_fit_the_screen_of_a_phone(ours: str, scripted: Page, form: str) -> None:
    scripted.set_viewport_size(PHONE)
    scripted.goto(f"{ours}/{form}.html")
    scripted.get_by_role("button").click()
    assert scripted.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for field in scripted.locator("input:visible, select:visible, textarea:visible, button:visible").all():
        box = field.bounding_box()
        assert box
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_the_trap_is_hidden_from_visitors_and_from_screen_readers(ours: str, scripted: Page) -> None:
    scripted.goto(f"{ours}/consultation.html")
    trap = scripted.locator("[name=website]")
    expect(trap).to_be_hidden()
    expect(trap).to_have_attribute("autocomplete", "off")
    assert "Leave this empty" not in scripted.locator("body").aria_snapshot()
