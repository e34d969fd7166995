"""Finds the agreed page that a visitor is sent to afterwards, whatever query a tracker or a shop put behind it."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[!-~]{1,500}")


def agreed_page(pages: Iterable[str], asked: str) -> str | None:
    """Returns the agreed page that is `asked` for, with the query that was asked for; None if it is no agreed page.

    Pages are compared without query, fragment and a slash at the end, and without regard to the case of the host.
    """
    asked = asked.strip()
    if not asked or not _PLAIN.fullmatch(asked):
        return None
    page = next((page for page in pages if _place(page) == _place(asked) is not None), None)
    if page is None or asked in (page, page.rstrip("/")):
        return page
    query = urlsplit(asked).query
    return page if not query or urlsplit(page).query else f"{page.partition('#')[0]}?{query}"


def _place(address: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return (parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"))
