"""`make screenshots`: writes pictures of the sample forms, for a phone and a desktop screen, to .baton/screenshots."""

from itertools import count

from playwright.sync_api import Browser, Page

from tools.browser import browser
from tools.emulator import Emulator
from tools.stack import bring_up
from tools.website import website
from tools.workspace import SHARED, Workspace

FOLDER = SHARED / "screenshots"
WIDTHS = {"phone": (375, 812), "desk": (1280, 900)}
FORMS = ("consultation", "content-download")
_numbers = count(1)


def main() -> None:
    """Starts a stack of its own, and pictures each form empty, with faults, and sent."""
    emulator = Emulator(Workspace(SHARED / "pictures"))
    try:
        stack = bring_up(emulator, print)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with website(emulator.workspace.website_port, stack.api_url) as origin, browser() as chromium:
            for form in FORMS:
                for device, size in WIDTHS.items():
                    _take(chromium, f"{origin}/{form}.html", f"{form}-{device}", size)
    finally:
        emulator.stop()


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
