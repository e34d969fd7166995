"""What goes wrong under an open console is said where it happened, and nothing that was typed is lost."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.at_work import SAM, AtWork, read
from tests.e2e.browsers import expect
from tests.e2e.conftest import Deployed
from tests.e2e.console import Console, Who, csp_reports, enter_password, opened, read_anew, sign_in
from tests.e2e.console_forms import forms_of
from tools import staff

FAR = "2031-05-02"
LEADS = re.compile(r"/v1/leads\?")
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }"
"""Goes to a place of the console without loading it anew."""
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
    page.get_by_label("First day").fill(FAR)
    page.get_by_label("Why").fill("A sabbatical")


def what_was_typed_stands(page: Page) -> None:
    expect(page.get_by_label("First day")).to_have_value(FAR)
    expect(page.get_by_label("Why")).to_have_value("A sabbatical")


UNREAD: tuple[tuple[dict[str, Any] | None, str], ...] = (
    (None, "No connection"),
    ({"status": 429, "headers": {"Retry-After": "1"}}, "Too many calls at once"),
    ({"status": 500}, "Baton could not do that now"),
    ({"status": 504}, "Baton could not do that now"),
)
UNHEARD, BROKEN, OVER = "done, but the answer is lost", "not done", "the session is over"
UNSENT = {BROKEN: "Baton could not do that now", UNHEARD: "No connection"}


@dataclass
class Reads:
    """What becomes of each reading of the inbox: at first it waits."""

    page: Page
    happens: Callable[[Route], None] | None = None
    asked: int = 0
    waiting: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.route(LEADS, self._answer)

    def _answer(self, route: Route) -> None:
        if self.happens:
            self.asked += 1
            self.happens(route)
        else:
            self.waiting.append(route)

    def fail(self, answer: dict[str, Any] | None) -> None:
        """What waits is answered so, or not at all, and whatever is asked from now on; the first is asked now."""
        self.asked, self.happens = 0, lambda route: route.fulfill(**answer) if answer else route.abort()
        if not self.waiting:
            read_anew(self.page)
        while self.waiting:
            self._answer(self.waiting.pop())

    def answer(self) -> None:
        """From now on each is answered as it is."""
        self.happens = Route.fallback


@dataclass
class Writes:
    """What becomes of each change that a page asks the API for: nothing special, or one of UNSENT, or OVER."""

    page: Page
    api_url: str
    happens: str | None = None
    asked: int = 0

    def __post_init__(self) -> None:
        self.page.context.route(re.compile(rf"^{re.escape(self.api_url)}/"), self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(self.api_url)
        if path == "/console/session/refresh" and self.happens == OVER:
            route.fulfill(status=401, json=EXPIRED)
        elif route.request.method == "GET" or path.startswith(("/console/", "/agreement/check", "/agreement/trial")):
            route.fallback()
        else:
            self.asked += 1
            self._change(route)

    def _change(self, route: Route) -> None:
        if self.happens == OVER:
            route.fulfill(status=401, json=EXPIRED)
        elif self.happens == BROKEN:
            route.fulfill(status=502)
        elif self.happens == UNHEARD:
            assert route.fetch().ok
            route.abort()
        else:
            route.fallback()


def test_a_token_that_ends_is_renewed_unseen_and_a_session_that_ends_goes_on_after_a_sign_in_in_another_tab(
    console: Console,
) -> None:
    with console.signed_in("sam", at="/inbox") as page:
        again = page.get_by_role("heading", name="Sign in again")
        remove = page.get_by_role("button", name=re.compile("^Remove .*May 2031"))
        page.get_by_role("button", name="My leave").click()
        types_their_leave(page)
        tokens_end(page, console.stack.api_url)
        page.get_by_role("button", name="Save my leave").click()
        expect(page.get_by_text("Your leave is saved.")).to_be_visible()
        expect(again).to_be_hidden()
        remove.click()
        expect(remove).to_have_count(0)

        types_their_leave(page)
        tokens_end(page, console.stack.api_url)
        page.context.clear_cookies()
        page.get_by_role("button", name="Save my leave").click()
        expect(again).to_be_visible()
        what_was_typed_stands(page)
        with page.context.expect_page() as opening:
            page.get_by_role("button", name="Sign in in a new tab").click()
        enter_password(opening.value, "sam")
        expect(remove).to_be_visible()
        expect(again).to_be_hidden()
        assert csp_reports(page) == []


def test_a_list_that_comes_late_or_cannot_be_read_says_so_and_is_read_by_a_press(console: Console) -> None:
    with console.signed_in("sam", at="/parts") as page:
        inbox, held = Reads(page), page.get_by_text("You have")
        page.get_by_role("link", name="Inbox").click()
        expect(page.get_by_text("Your leads are being read.")).to_be_attached()
        expect(page.get_by_role("heading", name="Inbox", level=1)).to_be_focused()
        page.get_by_role("button", name="My leave").click()
        expect(page.get_by_role("heading", name="My leave")).to_be_visible()
        page.keyboard.press("Escape")
        for answer, said in UNREAD:
            inbox.fail(answer)
            expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
            assert inbox.asked == 2, "once more, and then no more"
            inbox.answer()
            page.get_by_role("button", name="Try again").click()
            expect(page.get_by_role("alert")).to_be_hidden()
            expect(held).to_be_visible()


@pytest.mark.parametrize("who", ["sam", "ada"])
def test_what_was_typed_stays_while_it_cannot_be_sent_and_is_done_once(
    console: Console, baton: AtWork, fair: str, who: Who
) -> None:
    """A call that nobody answers may have been done: the same press once more does nothing twice."""
    forms = forms_of(baton, who, fair)
    with console.signed_in(who, at="/parts") as page:
        writes = Writes(page, console.stack.api_url)
        for form in forms:
            page.evaluate(GO, f"{console.url}{form.path}")
            form.write(page)
            send = page.get_by_role("button", name=form.sends, exact=True).last
            for happens, said in UNSENT.items():
                writes.happens, writes.asked = happens, 0
                send.click()
                expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
                assert (writes.asked, form.stands(page)) == (1, form.typed), (form.path, happens)
            writes.happens = OVER
            send.click()
            expect(page.get_by_role("heading", name="Sign in again")).to_be_visible()
            page.get_by_role("dialog").get_by_role("button", name="Not now").click()
            assert form.stands(page) == form.typed
            writes.happens = None
            send.click()
            expect(page.get_by_text(form.done).first).to_be_visible()
        assert csp_reports(page) == []
    assert [(form.sends, form.times()) for form in forms] == [(form.sends, 1) for form in forms]


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
