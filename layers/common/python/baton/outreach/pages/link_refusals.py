"""The pages for a click that does nothing, each with its HTTP status."""

from typing import Protocol

from baton.domain.basics.refusals import WrongField
from baton.outreach.links.handoff_links import LinkExpired, LinkRefused
from baton.outreach.pages.link_pages import not_done_page
from baton.outreach.pages.page_frame import html_page, paragraph
from baton.outreach.text.times_and_names import in_words

_FIELDS = {"amount": "The amount", "review_on": "The date", "outcome": "What came of it", "next_at": "The time"}

StatusAndPage = tuple[int, str]
"""The HTTP status and the page as HTML, such as `(410, "<!doctype html>…")`."""


class AnswerFault(Protocol):
    """The fault of an answer that could not be read: its HTTP status, and its detail for the sender."""

    status: int
    detail: str


def unusable_link(fault: LinkRefused) -> StatusAndPage:
    """Returns the page for a link that cannot be read any more: 404 for a wrong link, 410 for an old one."""
    if isinstance(fault, LinkExpired):
        text = "Links work for 14 days. Look for a newer mail about this lead."
        return 410, not_done_page("This link has expired", text)
    return 404, not_done_page(
        "This link does not work", "It is incomplete or was changed. Open it from the mail again."
    )


def wrong_field(fault: WrongField) -> StatusAndPage:
    """Returns the page that says which values a field takes (422)."""
    name = _FIELDS.get(fault.field, in_words(fault.field).capitalize())
    blocks = [paragraph(f"{name} {fault}."), paragraph("Nothing was changed.", "soft")]
    return 422, html_page("Please go back and correct it", *blocks)


def unreadable_answer(fault: AnswerFault) -> StatusAndPage:
    """Returns the page that says which field is missing, or that the answer did not come from the page."""
    return fault.status, not_done_page("That did not work", f"Not done: {fault.detail}.")


def too_late(fault: Exception) -> StatusAndPage:
    """Returns the page that says what happened to the lead since the mail (409)."""
    return 409, not_done_page("That is no longer possible", f"Not done: {fault}.")


def busy_lead(_fault: Exception) -> StatusAndPage:
    """Returns the page that says that nothing was saved and that another try helps (503)."""
    return 503, not_done_page("Please try again", "Too many are at work on this lead just now.")
