"""The pages behind one-click links. A forwarded link must not leak: they show the company, the trigger and the
deadlines, and nothing of the person.
"""

from datetime import datetime
from html import escape

from baton.agreement.model import Agreement
from baton.domain.handoff import HandoffState
from baton.domain.lead import Lead, Status
from baton.outreach.frame import HEADERS, facts, framed, paragraph
from baton.outreach.links import Action, Link, LinkExpired, LinkRefused
from baton.outreach.wording import company, due, moment, running, spoken, trigger, zone_of

__all__ = ["HEADERS", "NOTE_LIMIT", "answered", "ask", "refused", "settled", "sorry"]

NOTE_LIMIT = 1_000


def ask(link: Link, lead: Lead, agreement: Agreement, now: datetime) -> str:
    """The page that a link opens: what it is about, and one form that sends the answer to the same address.

    The form sends nothing for accepting, and `reason` and `note` for returning. It is for a link that can still do
    something: ask `settled` first.
    """
    about = facts({**_about(lead), **_deadlines(lead, now)})
    if link.action is Action.ACCEPT:
        hint = paragraph("The mail with this link says who it is and how to reach them.", "soft")
        return framed("Accept this lead?", about, _form("", "Accept this lead"), hint)
    return framed("Return this lead?", about, _form(_return_fields(agreement), "Return this lead"))


def settled(link: Link, lead: Lead, now: datetime) -> str | None:
    """The page for a link that has nothing left to do, because that is done or the lead moved on; None if it has."""
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != link.handoff_id:
        return sorry("This handoff is over", "The lead has moved on since this mail was sent.")
    if handoff.assignment != link.assignment or handoff.owner is None:
        return sorry("Passed on", "This lead has been given to somebody else since this mail was sent.")
    if handoff.state is HandoffState.RETURNED and link.action is Action.RETURN:
        return answered(link, lead, now)
    if not handoff.is_open:
        return sorry("Already closed", f"This handoff is closed: {handoff.state}. Nothing more is expected of you.")
    if handoff.state is not HandoffState.OFFERED and link.action is Action.ACCEPT:
        return answered(link, lead, now)
    return None


def answered(link: Link, lead: Lead, now: datetime) -> str:
    """The page after the answer, for the lead as it is since: what to do by when, or where the lead goes."""
    if link.action is Action.RETURN:
        title, text = _where_it_goes(link, lead)
        return framed(title, paragraph(text), paragraph("You can close this page.", "soft"))
    handoff = lead.handoff
    next_step = handoff.next_step if handoff else ""
    hint = paragraph("The mail with this link says how to reach them. You can close this page.", "soft")
    return framed("The lead is yours", facts({"Next step": next_step, **_deadlines(lead, now), **_about(lead)}), hint)


def refused(fault: LinkRefused) -> str:
    """The page for a link that cannot be read any more."""
    if isinstance(fault, LinkExpired):
        return sorry("This link has expired", "Links work for 14 days. Look for a newer mail about this lead.")
    return sorry("This link does not work", "It is incomplete or was changed. Open it from the mail again.")


def sorry(title: str, text: str) -> str:
    """A page that says why nothing can be done here."""
    return framed(title, paragraph(text), paragraph("Nothing was changed. You can close this page.", "soft"))


def _about(lead: Lead) -> dict[str, str]:
    why = {"Why now": trigger(lead.handoff)} if lead.handoff else {}
    return {"Company": company(lead) or "not known", **why}


def _deadlines(lead: Lead, now: datetime) -> dict[str, str]:
    clocks = running(lead.handoff) if lead.handoff else []
    zone = zone_of(lead.handoff.terms.calendar) if lead.handoff else None
    return {f"{spoken(clock.name).capitalize()} by": _together(due(clock, now, zone)) for clock in clocks}


def _together(due_at: str) -> str:
    """What stands in brackets is not broken into lines."""
    when, bracket, besides = due_at.partition("(")
    return when + bracket + besides.replace(" ", "\N{NO-BREAK SPACE}")


def _form(fields: str, button: str) -> str:
    return f'<form method="post">\n{fields}<button type="submit">{escape(button)}</button>\n</form>'


def _return_fields(agreement: Agreement) -> str:
    choices = "\n".join(
        f'<label class="choice"><input type="radio" name="reason" value="{escape(name)}" required> '
        f"<span>{escape(reason.label)}</span></label>"
        for name, reason in agreement.return_reasons.items()
    )
    return (
        f"<fieldset>\n<legend>Why do you return it?</legend>\n{choices}\n</fieldset>\n"
        '<label class="note" for="note">Note (optional)</label>\n'
        f'<textarea id="note" name="note" maxlength="{NOTE_LIMIT}" rows="4"></textarea>\n'
    )


def _where_it_goes(link: Link, lead: Lead) -> tuple[str, str]:
    handoff = lead.handoff
    if handoff is None or (handoff.handoff_id, handoff.assignment) != (link.handoff_id, link.assignment):
        return "Passed on", "Somebody else in sales has the lead now. Nothing more is expected of you."
    if handoff.is_open:
        return "Nobody else can take it yet", "The managers have been told. It stays with you until somebody takes it."
    match lead.status:
        case Status.PARKED if lead.review_on:
            goes = f"is parked and will be looked at again on {moment(lead.review_on)}"
        case Status.DISQUALIFIED:
            goes = "is kept on the list of leads that we cannot help"
        case _:
            goes = "goes back to marketing"
    return "Returned", f"The lead {goes}. Nothing more is expected of you."
