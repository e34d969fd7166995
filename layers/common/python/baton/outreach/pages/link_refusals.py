"""The pages for a click that does nothing, each with its HTTP status: the form once more, or why nothing was done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.refusals import NotOnRoster, WrongField, WrongReason
from baton.domain.leads.lead import Lead
from baton.outreach.links.handoff_links import Action, Link, LinkExpired, LinkRefused, Links
from baton.outreach.pages.link_pages import finished_page, gone_page, not_done_page
from baton.outreach.text.times_and_names import in_words

if TYPE_CHECKING:
    from baton.domain.teams.roster import ReadRoster

_FIELDS = {
    "amount": "The amount",
    "review_on": "The date",
    "outcome": "What came of it",
    "next_at": "The time",
    "from": "The first day",
    "to": "The last day",
}
_BUSY = "Too many are at work on this lead just now. Nothing was saved; press the button again in a moment."

StatusAndPage = tuple[int, str]
"""The HTTP status and the page as HTML, such as `(410, "<!doctype html>…")`."""


class FaultOfField(Protocol):
    """What is wrong with a field of an answer."""

    @property
    def field(self) -> str:
        """Returns the field's name."""

    @property
    def detail(self) -> str:
        """Returns the fault, with the remedy."""


class AnswerFault(Protocol):
    """The fault of an answer that could not be read: its HTTP status, its detail, and the wrong fields."""

    status: int
    detail: str
    errors: tuple[FaultOfField, ...]


class Pressed(NamedTuple):
    """A button that was pressed: the page's link, its lead as it is now, and what was typed above the button."""

    link: Link
    lead: Lead | None
    typed: Mapping[str, str]


class Refusal(NamedTuple):
    """Why nothing was saved: the HTTP status, the faults by field, and what is to be said of the answer as a whole."""

    status: int
    faults: Sequence[tuple[str, str]] = ()
    notice: str = ""


def unusable_link(fault: LinkRefused) -> StatusAndPage:
    """Returns the page for a link that cannot be read any more: 404 for a wrong link, 410 for an old one."""
    if isinstance(fault, LinkExpired):
        text = "Links work for 14 days. Look for a newer mail about this lead."
        return 410, not_done_page("This link has expired", text)
    return 404, not_done_page(
        "This link does not work", "It is incomplete or was changed. Open it from the mail again."
    )


def unreadable_answer(fault: AnswerFault) -> Refusal:
    """Refuses an answer in which fields are missing, or which did not come from the page."""
    faults = [(each.field, _sentence(each.detail)) for each in fault.errors]
    return Refusal(fault.status, faults, "" if faults else _sentence(fault.detail))


def refused_answer(fault: Exception) -> Refusal:
    """Refuses a field's value, a colleague, or a reason that is not agreed (422); else the lead has moved on (409)."""
    match fault:
        case WrongField():
            name = _FIELDS.get(fault.field, in_words(fault.field).capitalize())
            return Refusal(422, [(fault.field, f"{name} {fault}.")])
        case NotOnRoster():
            return Refusal(422, [("owner", _sentence(f"{str(fault).partition(';')[0]}; choose somebody else"))])
        case WrongReason():
            return Refusal(422, [("reason", _sentence(str(fault)))])
        case _:
            return Refusal(409, notice=f"Not done: {fault}.")


def busy_lead(_fault: Exception) -> Refusal:
    """Says that nothing was saved and that another try helps (503)."""
    return Refusal(503, notice=_BUSY)


def refusal_page(
    refusal: Refusal,
    pressed: Pressed,
    agreement: Agreement,
    links: Links,
    now: datetime,
    roster: "ReadRoster | None" = None,
) -> StatusAndPage:
    """Returns the page's form with what was typed, and what is wrong beside its field.

    If the lead has moved on meanwhile, there is nothing to correct, and the page says what has become of it (409).
    `roster` reads that of a team, for the few forms that are about people.
    """
    link, lead, typed = pressed
    if lead is None:
        return 409, gone_page()
    if finished := finished_page(link, lead, links, now):
        return 409, finished
    if link.action is Action.OPEN_LEADS:
        return refusal.status, not_done_page("Nothing to send", refusal.notice)
    if refusal.status == 409:
        return 409, not_done_page("That is no longer possible", refusal.notice)
    from baton.outreach.pages.form_fields import Entered  # most answers are saved  # noqa: PLC0415
    from baton.outreach.pages.link_questions import question_page  # as above  # noqa: PLC0415

    entered = Entered(typed, dict(refusal.faults), refusal.notice)
    return refusal.status, question_page(link, lead, agreement, now, entered, roster)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
