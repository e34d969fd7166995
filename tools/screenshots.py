"""`make screenshots`: writes pictures of the console, of the pages behind mailed links and of the sample forms to
.baton/screenshots.

They are as on a phone and on a desktop screen; the console and the pages also in the dark. The console's screens have
thirty days of made-up history, and what that has none of: what failed, waits or was refused.
"""

from collections.abc import Mapping
from itertools import count
from typing import Literal

from playwright.sync_api import Browser, Page, expect

from tests.e2e.console import DESK, PHONE, Console, Who, read_anew
from tests.unit.outreach.link_page_examples import EVERY_PAGE
from tests.unit.outreach.team_page_examples import EVERY_TEAM_PAGE
from tools.browser import browser
from tools.emulator import Emulator
from tools.rare_states import rare_states
from tools.stack import bring_up
from tools.website import website
from tools.workspace import SHARED, Workspace

FOLDER = SHARED / "screenshots"
WIDTHS = {"phone": (375, 812), "desk": (1280, 900)}
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FORMS = ("consultation", "content-download")
SCREENS: Mapping[str, tuple[Who, str]] = {
    "inbox": ("sam", "/inbox"),
    "review": ("maria", "/review"),
    "leads": ("maria", "/leads"),
    "board": ("mona", "/board"),
    "agreement": ("maria", "/agreement"),
    "agreement-versions": ("maria", "/agreement?see=versions"),
    "agreement-proposal": ("maria", "/agreement?proposal=new"),
    "agreement-rules": ("maria", "/agreement?draft=new"),
    "agreement-editor": ("maria", "/agreement?draft=new&as=text"),
    "meeting": ("mona", "/meeting"),
    "accounts": ("maria", "/accounts"),
    "roster": ("mona", "/roster"),
    "lists": ("maria", "/lists"),
    "forms": ("maria", "/forms"),
    "tools": ("ada", "/tools"),
    "operations": ("ada", "/operations"),
    "set-up": ("ada", "/set-up"),
    "parts": ("ada", "/parts"),
}
ROWS = {"agreement": ".agreement-versions a"}
"""Where a screen's list is, unless it is one of rows beside what they lead to."""
LEAD_TABS = ("timeline", "handoffs", "facts", "person")
SHOWS_EACH_PART = "/parts"
"""The screen that goes on showing something that loads."""
_DRAW_ALL = """() => {
  const all = new CSSStyleSheet()
  all.replaceSync('* { content-visibility: visible !important }')
  document.adoptedStyleSheets.push(all)
}"""
"""Has what is below the screen drawn, too: a browser leaves rows out until somebody scrolls to them."""
_numbers = count(1)


def main() -> None:
    """Pictures each page, and on a stack of its own each form empty, with faults, and sent."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        picture_pages(chromium, {**EVERY_PAGE, **EVERY_TEAM_PAGE})
    emulator = Emulator(Workspace(SHARED / "pictures"))
    try:
        stack = bring_up(emulator, print, "month")
        with browser() as chromium:
            console = Console(stack, chromium)
            picture_console(console)
            picture_faults(console)
            picture_rare_states(console, rare_states(stack, emulator.session()))
        with website(emulator.workspace.website_port, stack.api_url) as origin, browser() as chromium:
            for form in FORMS:
                for device, size in WIDTHS.items():
                    _take(chromium, f"{origin}/{form}.html", f"{form}-{device}", size)
    finally:
        emulator.stop()


def picture_pages(chromium: Browser, pages: Mapping[str, str]) -> None:
    """Pictures pages by their names on each screen; what belongs to a choice is shown as if it were made."""
    for device, (width, height) in WIDTHS.items():
        for look in LOOKS:
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=look)
            for name, html in pages.items():
                page.set_content(html)
                if (opening := page.locator("[data-opens]")).count():
                    opening.first.check()
                _keep(page, f"page-{name.replace(' ', '-')}-{device}-{look}")
            page.close()


def picture_console(console: Console) -> None:
    """Pictures each screen of the console for whom it is, and of lists also the first that is in them."""
    for width in (PHONE, DESK):
        for look in LOOKS:
            for name, (who, path) in SCREENS.items():
                with console.signed_in(who, width, look, at=path) as page:
                    _keep_whole(page, f"console-{name}-{width}-{look}")
                    if (rows := page.locator(ROWS.get(name, ".list-row"))).count():
                        rows.first.click()
                        _keep_whole(page, f"console-{name}-one-{width}-{look}")
                    for tab in LEAD_TABS if name == "leads" else ():
                        page.goto(f"{page.url.partition('&tab=')[0]}&tab={tab}")
                        _keep_whole(page, f"console-{name}-{tab}-{width}-{look}")


def picture_rare_states(console: Console, states: Mapping[str, tuple[Who, str]]) -> None:
    """Pictures each of these views of the console by its name."""
    for width in (PHONE, DESK):
        for look in LOOKS:
            for name, (who, path) in states.items():
                with console.signed_in(who, width, look, at=path) as page:
                    _keep_whole(page, f"console-{name}-{width}-{look}")


def picture_faults(console: Console) -> None:
    """Pictures a screen whose data cannot be read, and one under which the session ends."""
    for width in (PHONE, DESK):
        for look in LOOKS:
            with console.signed_in("sam", width, look, at="/inbox") as page:
                page.wait_for_load_state("networkidle")
                page.context.route(console.reads, lambda each: each.abort())
                read_anew(page)
                page.get_by_role("button", name="Try again").wait_for()
                _keep(page, f"console-no-connection-{width}-{look}")
            with console.signed_in("sam", width, look, at="/inbox") as page:
                page.wait_for_load_state("networkidle")
                page.context.route(console.reads, lambda each: each.fulfill(status=401))
                page.context.route(f"{console.url}/session/**", lambda each: each.fulfill(status=401))
                read_anew(page)
                page.get_by_role("heading", name="Sign in again").wait_for()
                _keep(page, f"console-session-over-{width}-{look}")


def _keep_whole(page: Page, name: str) -> None:
    """Keeps what is seen once nothing is loaded any more."""
    page.wait_for_load_state("networkidle")
    if not page.url.endswith(SHOWS_EACH_PART):
        expect(page.locator(".loading")).to_have_count(0)
    page.evaluate(_DRAW_ALL)
    _keep(page, name)


def _take(chromium: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    _keep(page, f"{name}-1-empty")
    page.keyboard.press("Tab")
    _keep(page, f"{name}-2-focus")
    page.get_by_label("E-mail").fill("anna")
    page.get_by_role("button").click()
    _keep(page, f"{name}-3-fault-seen-by-the-browser")
    page.get_by_label("E-mail").fill("anna@schmidt")
    page.get_by_role("button").click()
    page.get_by_text("write it like").wait_for()
    _keep(page, f"{name}-4-fault-told-by-baton")
    page.get_by_label("E-mail").fill(f"anna.{next(_numbers)}@schmidt.example")
    page.get_by_role("button").click()
    page.get_by_text("Thank you").wait_for()
    _keep(page, f"{name}-5-sent")
    page.close()


def _keep(page: Page, name: str) -> None:
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    print(path.relative_to(SHARED.parent), flush=True)


if __name__ == "__main__":
    main()
