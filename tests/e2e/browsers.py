"""Browsers that one page after the other is opened in: as new for each page, and warm.

A new browser context for each page takes Chromium three times as long, for its own processes and for all that it reads
and compiles anew. So one is kept for each kind of page. Only what the pages were made of goes from one to the next.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast, overload
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Locator, LocatorAssertions, Page, PageAssertions
from playwright.sync_api import expect as expects

SECONDS = 60
"""How long a page may take on a slow machine for what one expects of it."""
LOOKED_FOR_MILLISECONDS = 2_000
"""Playwright looks every 100 ms for what must be there within so long, and only twice a second within a minute."""

_WARM: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


class _Soon:
    """What Playwright can expect, waited for in short turns until SECONDS are over."""

    def __init__(self, what: Any) -> None:
        self._what = what

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def holds(*given: Any, **options: Any) -> Any:
            deadline = time.monotonic() + SECONDS
            while True:
                begun = time.monotonic()
                try:
                    return getattr(expects(self._what), name)(*given, **options, timeout=LOOKED_FOR_MILLISECONDS)
                except AssertionError:
                    is_over = (now := time.monotonic()) > deadline
                    if is_over or now - begun < LOOKED_FOR_MILLISECONDS / 2_000:  # no time would help
                        raise

        return holds


@overload
def expect(what: Locator) -> LocatorAssertions: ...
@overload
def expect(what: Page) -> PageAssertions: ...
def expect(what: Locator | Page) -> LocatorAssertions | PageAssertions:
    """Says what is to be true of a page, or of something on it, soon: it is seen within a tenth of a second."""
    return cast(LocatorAssertions, _Soon(what))


@contextmanager
def as_new(browser: Browser, **kind: Any) -> Iterator[BrowserContext]:
    """Gives a context of this kind (what `Browser.new_context` takes) without cookies, anything stored, or routes."""
    known = _WARM.setdefault(browser, {})
    if (name := repr(sorted(kind.items()))) not in known:
        known[name] = browser.new_context(**kind)
        known[name].set_default_timeout(SECONDS * 1_000)
        known[name].new_page()  # while this one is open, the next starts soon
    context = known[name]
    try:
        yield context
    finally:
        _leave(context)


def _leave(context: BrowserContext) -> None:
    """Closes all pages but the first, and takes away what they stored and what a test answered for the stack."""
    first, *others = context.pages
    session = context.new_cdp_session(first)
    for origin in {"://".join(urlsplit(page.url)[:2]) for page in others if page.url.startswith("http")}:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    session.detach()
    for page in others:
        page.close()
    context.unroute_all(behavior="ignoreErrors")
    context.clear_cookies()
