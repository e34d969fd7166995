"""Answers a website's form: thanks, a page to go to, or when to send it again; a browser without script gets a page."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from baton.aws.runtime import log
from baton.aws.runtime.counters import count
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import TooMany
from baton.aws.web.http import Problem, answer
from baton.aws.web.router import Response

Answered = dict[str, Any]
PageOf = Callable[[int, Mapping[str, Any], str], tuple[str, Mapping[str, str]]]
"""Makes a page and its headers of a status, what a script would have got, and the browser's languages."""
_REASONS = {404: "unknown_form", 429: "too_many", 500: "not_saved", 503: "not_saved"}
_HTML = re.compile(r"text/html\s*(?:;[^,]*?\bq=([0-9.]+))?", re.IGNORECASE)
_JSON = re.compile(r"application/(?:problem\+)?json", re.IGNORECASE)


def thanks(reference: str, return_to: str | None) -> Response:
    """Sends the visitor on to the agreed page `return_to` (303), or else answers with the reference (202)."""
    if return_to:
        return Response(303, body="", headers={"Location": return_to, "Cache-Control": "no-store"})
    return answer({"reference": reference}, 202)


def send_again_later(reached: TooMany) -> Response:
    """Says in how many seconds the form is taken again (429)."""
    log.warning("too many forms at once")
    seconds = reached.seconds_from(utc_now())
    why = f"too many forms have come; send it again in {seconds} seconds"
    return Problem(429, why, retry_after=seconds).response()


def for_its_reader(event: Mapping[str, Any], answered: Answered, page_of: PageOf) -> Answered:
    """Returns the answer as a script reads it, or as a page if a browser shows it; a refusal is counted by its reason.

    A page that cannot be made is no reason to lose the answer.
    """
    status = answered["statusCode"]
    if status < 400 and not (status == 202 and _shows_pages(event)):
        return answered
    told = json.loads(answered.get("body") or "{}")
    if status >= 400:
        count("RefusedForms", in_all="AllRefusedForms", reason=_REASONS.get(status) or _reason(status, told))
    if not _shows_pages(event):
        return answered
    try:
        html, headers = page_of(status, told, _header(event, "accept-language"))
    except Exception as fault:
        log.error("no page could be made", kind=type(fault).__name__)
        return answered
    named = {name: [value] for name, value in headers.items()}
    return {**answered, "body": html, "multiValueHeaders": {**answered["multiValueHeaders"], **named}}


def _shows_pages(event: Mapping[str, Any]) -> bool:
    """Tells whether a browser sent the form by itself: it asks for HTML, and no script asked for it."""
    accepted, mode = _header(event, "accept"), _header(event, "sec-fetch-mode")
    html = _HTML.search(accepted)
    return html is not None and html[1] not in ("0", "0.0") and not _JSON.search(accepted) and mode in ("", "navigate")


def _header(event: Mapping[str, Any], wanted: str) -> str:
    return next((value for name, value in (event.get("headers") or {}).items() if name.lower() == wanted), "")


def _reason(status: int, told: Mapping[str, Any]) -> str:
    if status != 422:
        return "unreadable"
    fields = {each["field"] for each in told.get("errors", ())}
    return "no_address" if "email" in fields else "needed_field"
