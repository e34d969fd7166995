"""Browsers that one page after the other is opened in: as new for each page, and warm.

A new browser context for each page takes Chromium three times as long, for its own processes and for all that it reads
and compiles anew. So one is kept for each kind of page. Only what the pages were made of goes from one to the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext

SECONDS = 60
"""How long a page may take on a slow machine for what one expects of it."""

_WARM: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


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
