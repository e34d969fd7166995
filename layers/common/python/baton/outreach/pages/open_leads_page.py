"""Writes the page with a rep's open leads: which they are, and what is due when, each with a link to its own page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.outreach.links.handoff_links import Action, Link, Links
from baton.outreach.pages.link_pages import deadlines, lead_in_a_line
from baton.outreach.pages.page_frame import html_page, link_list, paragraph
from baton.outreach.text.markup import escape
from baton.outreach.text.times_and_names import trigger_heading


def open_leads_page(
    link: Link, leads: Sequence[Lead], owner: str | None, links: Links, now: datetime, more: str | None = None
) -> str:
    """Returns the page with those of the `leads` whose open handoffs their `owner` holds; they stay in their order.

    The links to their pages expire with the opened one. `more` is how many the owner holds besides, such as `12`.
    """
    held = [(lead, lead.handoff) for lead in leads if lead.handoff and _is_held(lead.handoff, owner)]
    items = "\n".join(_item(link, lead, handoff, links, now) for lead, handoff in held)
    shown = f'<ul class="more">\n{items}\n</ul>' if held else paragraph("You hold no lead now.")
    besides = [paragraph(f"You hold {more} more, which are due later.")] if more else []
    further = link_list({"My leave": links.token_for(link, Action.LEAVE)})
    return html_page("My open leads", shown, *besides, further, paragraph("You can close this page.", "soft"))


def _item(link: Link, lead: Lead, handoff: Handoff, links: Links, now: datetime) -> str:
    its_own = replace(link, handoff_id=handoff.handoff_id, lead_id=lead.lead_id, assignment=handoff.assignment)
    token = links.token_for(its_own, Action.ACCEPT)
    about = "".join(f"<br>{escape(line)}" for line in _lines(lead, handoff, now))
    return f'<li><a href="{escape(token)}">{escape(lead_in_a_line(lead))}</a>\n<p class="soft">{about[4:]}</p></li>'


def _lines(lead: Lead, handoff: Handoff, now: datetime) -> Iterator[str]:
    yield trigger_heading(handoff)
    yield from (f"{what} {when}" for what, when in deadlines(lead, now).items())


def _is_held(handoff: Handoff, owner: str | None) -> bool:
    return handoff.is_open and handoff.owner == owner
