"""What goes wrong under an open console is said where it happened, and nothing that was typed is lost."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.at_work import SAM, AtWork, read
from tests.e2e.conftest import Deployed
from tests.e2e.console import Console, csp_reports, enter_password, opened, sign_in
from tools import staff

FAR = "2031-05-02"
LEADS = re.compile(r"/v1/leads\?")
ENTRY = re.compile(rf"/v1/teams/sales/reps/{re.escape(SAM).replace('@', '(@|%40)')}$")
EXPIRED = {
    "type": "about:blank",
    "title": "Unauthorized",
    "status": 401,
    "detail": "the token has expired; sign in again",
}
"""What the gateway answers to a token that has ended."""


@pytest.fixture(autouse=True)
def no_leave_of_sam_stays(baton: AtWork) -> Iterator[None]:
    yield
    path = f"/teams/sales/reps/{SAM}"
    away = [each for each in read(baton.admin.get(path)).get("away", []) if each["from"].startswith("2031")]
    if away:
        gone = [{"from": each["from"], "to": each["to"]} for each in away]
        read(baton.admin.patch(path, json={"add_away": [], "remove_away": gone}))


def tokens_end(page: Page, api_url: str) -> None:
    """From now on the gateway answers the tokens that this page has as it answers those that have ended."""
    old: set[str] = set()

    def answer(route: Route) -> None:
        token = route.request.headers.get("authorization", "")
        if not old:
            old.add(token)
        if token in old:
            route.fulfill(status=401, json=EXPIRED)
        else:
            route.fallback()

    page.context.route(re.compile(rf"^{re.escape(api_url)}/(?!console)"), answer)


def types_their_leave(page: Page) -> None:
    page.get_by_role("button", name="My leave").click()
    page.get_by_label("First day").fill(FAR)
    page.get_by_label("Why").fill("A sabbatical")


def what_was_typed_stands(page: Page) -> None:
    expect(page.get_by_label("First day")).to_have_value(FAR)
    expect(page.get_by_label("Why")).to_have_value("A sabbatical")


def test_a_session_that_ends_while_somebody_types_goes_on_after_a_sign_in_in_another_tab(console: Console) -> None:
    with console.signed_in("sam", at="/inbox") as page:
        types_their_leave(page)
        tokens_end(page, console.stack.api_url)
        page.context.clear_cookies()
        page.get_by_role("button", name="Save my leave").click()

        expect(page.get_by_role("heading", name="Sign in again")).to_be_visible()
        what_was_typed_stands(page)
        with page.context.expect_page() as opening:
            page.get_by_role("button", name="Sign in in a new tab").click()
        enter_password(opening.value, "sam")

        expect(page.get_by_text("Your leave is saved.")).to_be_visible()
        expect(page.get_by_role("heading", name="Sign in again")).to_be_hidden()
        assert csp_reports(page) == []


def test_a_token_that_ends_is_renewed_without_a_word(console: Console) -> None:
    with console.signed_in("sam", at="/inbox") as page:
        types_their_leave(page)
        tokens_end(page, console.stack.api_url)
        page.get_by_role("button", name="Save my leave").click()

        expect(page.get_by_text("Your leave is saved.")).to_be_visible()
        expect(page.get_by_role("heading", name="Sign in again")).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 429, "headers": {"Retry-After": "1"}}, "Too many calls at once"),
        ({"status": 500}, "Baton could not do that now"),
        ({"status": 503, "headers": {"Retry-After": "1"}}, "Baton could not do that now"),
        ({"status": 504}, "Baton could not do that now"),
        (None, "No connection"),
    ],
    ids=["429", "500", "503", "504", "offline"],
)
def test_a_list_that_cannot_be_read_says_so_after_one_more_try_and_is_read_by_a_press(
    console: Console, answer: dict[str, Any] | None, said: str
) -> None:
    with console.signed_in("sam", at="/parts") as page:
        asked: list[str] = []

        def fail(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(**answer) if answer else route.abort()

        page.context.route(LEADS, fail)
        page.get_by_role("link", name="Inbox").click()

        expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
        assert len(asked) == 2
        page.context.unroute(LEADS, fail)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_be_hidden()
        expect(page.get_by_text("You have")).to_be_visible()


def test_a_slow_list_is_waited_for_and_the_rest_can_be_used(console: Console) -> None:
    held: list[Route] = []
    with console.signed_in("sam", at="/parts") as page:

        def hold(route: Route) -> None:
            held.append(route)

        page.context.route(LEADS, hold)
        page.get_by_role("link", name="Inbox").click()

        expect(page.get_by_text("Your leads are being read.")).to_be_attached()
        expect(page.get_by_role("heading", name="Inbox", level=1)).to_be_focused()
        page.get_by_role("button", name="My leave").click()
        expect(page.get_by_role("heading", name="My leave")).to_be_visible()
        page.context.unroute(LEADS, hold)
        for each in held:
            each.fallback()
        page.keyboard.press("Escape")
        expect(page.get_by_text("You have")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "said"),
    [(None, "No connection"), ({"status": 502}, "Baton could not do that now")],
    ids=["offline", "502"],
)
def test_what_was_typed_stays_while_it_cannot_be_sent(
    console: Console, answer: dict[str, Any] | None, said: str
) -> None:
    with console.signed_in("sam", at="/inbox") as page:
        types_their_leave(page)

        def fail(route: Route) -> None:
            if route.request.method != "PATCH":
                route.fallback()
            elif answer:
                route.fulfill(**answer)
            else:
                route.abort()

        page.context.route(ENTRY, fail)
        page.get_by_role("button", name="Save my leave").click()
        expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
        what_was_typed_stands(page)

        page.context.unroute(ENTRY, fail)
        page.get_by_role("button", name="Save my leave").click()
        expect(page.get_by_text("Your leave is saved.")).to_be_visible()


def test_a_tab_that_is_older_than_the_deployment_loads_the_new_console_once(console: Console) -> None:
    with console.signed_in("ada", at="/operations") as page:
        expect(page.get_by_role("heading", name="Operations", level=1)).to_be_visible()
        loaded: list[str] = []
        page.on("request", lambda each: loaded.append(each.url) if each.is_navigation_request() else None)

        def gone(route: Route) -> None:
            if loaded:
                route.fallback()
            else:
                route.fulfill(status=404, body="There is no such asset; load the page anew.", content_type="text/plain")

        page.context.route(f"{console.url}/assets/*.js", gone)
        page.get_by_role("link", name="Tools", exact=True).click()

        expect(page.get_by_role("heading", name="Tools", level=1)).to_be_visible()
        assert loaded == [f"{console.url}/tools"]


def test_who_is_removed_from_their_group_is_told_so_and_sees_no_more(console: Console, stack: Deployed) -> None:
    email, pool = f"new.{uuid.uuid4().hex[:8]}@baton.example", stack.outputs["UserPoolId"]
    staff.token_for(stack.session, pool, stack.outputs["UserPoolClientId"], "sales", email)
    cognito = stack.session.client("cognito-idp")
    try:
        with console.context() as context:
            page = opened(context, f"{console.url}/inbox")
            sign_in(page, email)
            expect(page.get_by_text("Nothing waits for you")).to_be_visible()
            cognito.admin_remove_user_from_group(UserPoolId=pool, Username=email, GroupName="sales")
            tokens_end(page, console.stack.api_url)
            page.get_by_role("link", name="Roster").click()

            expect(page.get_by_role("alert").filter(has_text="may do this")).to_be_visible()
            expect(page.get_by_role("heading", name="Sign in again")).to_be_hidden()
    finally:
        cognito.admin_delete_user(UserPoolId=pool, Username=email)
