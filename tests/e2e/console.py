"""The deployed console in a real Chromium: signed in as one of the staff, and what axe and the page's policy say of it.

With CONSOLE_DIST set, the browser gets that build of the console instead of the deployed one.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Literal
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.e2e.browsers import SECONDS, as_new, expect
from tests.integration.functions import new_instance
from tools.stack import Stack
from tools.staff import PASSWORD, STAFF

Who = Literal["maria", "sam", "mona", "ada"]
Scheme = Literal["light", "dark"]
PHONE, DESK = 390, 1280
LOOKED_FOR_ANEW_MILLISECONDS = 20
EMAILS: dict[str, str] = {
    "maria": STAFF["marketing"],
    "sam": STAFF["sales"],
    "mona": STAFF["manager"],
    "ada": STAFF["admin"],
}
_REPORTS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
_UNDER_WAY: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
_LOOKS: dict[str, int] = {}
_CONTRAST_ONCE_A_LOOK = """() => {
  const contrast = axe._audit.rules.find(each => each.id === 'color-contrast'), judges = contrast.matches
  contrast.matches = function (text, ...more) {
    if (!judges.call(this, text, ...more)) return false
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(text)
    const look = [color, fontSize, fontWeight, textShadow]
    for (let on = text; on; on = on.parentElement ?? on.getRootNode().host) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(on)
      if (backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1') continue
      look.push(backgroundColor, backgroundImage, opacity)
    }
    const before = looks[look.join()] ?? 0
    looks[look.join()] = before + 1
    return before < 3
  }
}"""
"""Has axe judge the contrast of three texts of each look, by their colours and all behind them: for thousands
alike, on all screens, it takes as long as all else that a page does."""
_LOOK = """async ([rules, known]) => {
  await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))
  window.looks = known
  const told = { resultTypes: ['violations', 'incomplete'], selectors: false }
  const found = await axe.run(rules.length ? { ...told, runOnly: rules } : told)
  const unsure = found.incomplete.filter(each => each.id !== 'color-contrast')
  return [looks, [...found.violations, ...unsure].flatMap(each =>
    each.nodes.map(node => `${each.id}: ${each.help}: ${node.html.slice(0, 200)}`))]
}"""
_REPORTING = """addEventListener('securitypolicyviolation', each => reportViolation(
    `${each.effectiveDirective} ${each.blockedURI} ${each.sourceFile}:${each.lineNumber} ${each.sample}`))"""


@dataclass
class Console:
    """The console of one stack; each person signs in once, and the browser's cookies are kept for the next page."""

    stack: Stack
    browser: Browser
    kept: dict[Who, list[Any]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{self.stack.api_url}/console"

    @property
    def reads(self) -> re.Pattern[str]:
        """The addresses of the API without those of the console itself."""
        return re.compile(rf"^{re.escape(self.stack.api_url)}/(?!console)")

    @contextmanager
    def signed_in(self, who: Who, width: int = DESK, scheme: Scheme = "light", at: str = "/") -> Iterator[Page]:
        """A page of the console at this path, such as `/inbox?lead=…`; on a phone's width it is touched."""
        with as_new(self.browser, **_kind(width, scheme)) as context:
            self._route(context)
            context.add_cookies(self.kept.get(who, []))
            page = opened(context, f"{self.url}{at}")
            if who not in self.kept:
                sign_in(page, who)
            expect(page.locator("nav").first).to_be_visible()
            yield page
            self.kept[who] = [each for each in context.cookies() if each["name"] == "baton-session"]

    @contextmanager
    def context(self, width: int = DESK, scheme: Scheme = "light") -> Iterator[BrowserContext]:
        """A browser of somebody who is not signed in, and has never been here."""
        with self.browser.new_context(**_kind(width, scheme)) as context:
            context.set_default_timeout(SECONDS * 1_000)
            self._route(context)
            yield context

    def _route(self, context: BrowserContext) -> None:
        """Has the pages take another build, if CONSOLE_DIST names one."""
        if self._other_build:
            context.route(f"{self.url}**", self._from_other_build)

    @cached_property
    def _other_build(self) -> ModuleType | None:
        """The function that serves the console, with the build that CONSOLE_DIST names."""
        if not (dist := os.environ.get("CONSOLE_DIST")):
            return None
        serving = new_instance("serve_console")
        serving.DIST = str(Path(dist).resolve())  # type: ignore[attr-defined]
        return serving

    def _from_other_build(self, route: Route) -> None:
        path = route.request.url.removeprefix(self.stack.api_url).partition("?")[0].partition("#")[0]
        if route.request.method != "GET" or path.startswith("/console/session/") or self._other_build is None:
            route.fallback()
            return
        below = path.removeprefix("/console").strip("/")
        answer = self._other_build.lambda_handler({"path": path, "pathParameters": {"proxy": below}}, None)
        if answer["statusCode"] == 404:  # of the deployed build, whose page a redirect from the sign-in has led to
            route.fallback()
            return
        route.fulfill(status=answer["statusCode"], headers=answer["headers"], body=answer["body"])


def _kind(width: int, scheme: Scheme) -> dict[str, Any]:
    phone = width < 600
    return {
        "viewport": {"width": width, "height": 844 if phone else 900},
        "color_scheme": scheme,
        "has_touch": phone,
        "is_mobile": phone,
        "reduced_motion": "reduce",
    }


def opened(context: BrowserContext, url: str) -> Page:
    """A new page at an address, whose violations of its policy are noted."""
    page = context.new_page()
    _REPORTS[page] = reports = list[str]()
    _UNDER_WAY[page] = asked = set[Request]()

    def asks(request: Request) -> None:
        asked.add(request)

    def has_got(request: Request) -> None:
        asked.discard(request)

    page.on("request", asks)
    page.on("requestfinished", has_got)
    page.on("requestfailed", has_got)
    page.expose_function("reportViolation", lambda told: reports.append(str(told)))
    page.add_init_script(_REPORTING)
    page.goto(url)
    return page


def sign_in(page: Page, who: str) -> None:
    """Signs in from the console's first page, on the user pool's own."""
    page.get_by_role("button", name="Sign in").click()
    enter_password(page, who)


def enter_password(page: Page, who: str) -> None:
    """Enters the address of one of the four, or another one, and the password on the user pool's page."""
    page.get_by_label("Username").fill(EMAILS.get(who, who))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def read_anew(page: Page) -> None:
    """Has the page read now what it would read again within half a minute."""
    page.evaluate("dispatchEvent(new Event('online'))")


def axe_faults(page: Page) -> list[str]:
    """What axe finds wrong, and what it cannot judge, but for contrast, which it judges nowhere in pictures."""
    return _looked(page)


def _looked(page: Page, *rules: str) -> list[str]:
    """What axe says by all of its rules, or by these alone."""
    if not page.url.endswith("/parts"):  # which shows each part, that for what is loading, too
        expect(page.locator(".loading")).to_have_count(0)
    nothing_is_under_way(page)  # axe loses a heading that is drawn anew while it looks
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(_CONTRAST_ONCE_A_LOOK)
    looks, told = page.evaluate(_LOOK, [list(rules), _LOOKS])
    _LOOKS.update(looks)
    return list(map(str, told))


def nothing_is_under_way(page: Page) -> None:
    """Waits until the page has got all that it asked for."""
    deadline = time.monotonic() + SECONDS
    while _UNDER_WAY[page]:
        assert time.monotonic() < deadline, [each.url for each in _UNDER_WAY[page]]
        page.wait_for_timeout(LOOKED_FOR_ANEW_MILLISECONDS)


def has_no_fault(page: Page) -> None:
    """Asserts that everybody can use what is shown: axe in both schemes, no sideways scrolling, no broken policy."""
    before = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert axe_faults(page) == []
    page.emulate_media(color_scheme="light" if before else "dark")
    assert _looked(page, "color-contrast") == [], "nothing else differs with the scheme"
    page.emulate_media(color_scheme="dark" if before else "light")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert csp_reports(page) == []


def csp_reports(page: Page) -> list[str]:
    """What the page's content security policy refused, with its Trusted Types, since the page was opened."""
    return list(_REPORTS[page])
