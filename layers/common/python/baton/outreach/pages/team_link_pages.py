"""What the pages behind links to marketing's team and to managers share: how the lead is shown, and their look.

A forwarded link must not leak more than the mail: the pages show first name and company, and facts that a question of
the checklist is about.
"""

from baton.domain.basics.refusals import NotAllowed
from baton.domain.leads.lead import Lead
from baton.outreach.links.signed_tokens import LinkExpired, LinkRefused
from baton.outreach.pages.page_frame import STYLE, headers_for, html_page, paragraph
from baton.outreach.text.shown_addresses import alphabets_of_disguise
from baton.outreach.text.times_and_names import company_name
from baton.outreach.text.untrusted_text import one_line

StatusAndPage = tuple[int, str]
"""The HTTP status and the page as HTML, such as `(410, "<!doctype html>…")`."""

_STYLE = f"""{STYLE}
fieldset:has([name^="answer."]) {{ display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1.5rem }}
fieldset:has([name^="answer."]) .choice {{ flex: 1 1 auto; margin: 0; gap: .5rem; padding: .5rem .625rem;
  overflow-wrap: normal }}
fieldset:has([name^="answer."]) .fault {{ flex: 1 0 100%; margin: 0 }}
h2 {{ font-size: 1.125rem; margin: 1.75rem 0 .5rem }}
form + form {{ margin-top: 1.25rem }}
ul {{ margin: 0 0 1.25rem; padding-left: 1.25rem }}
"""
HEADERS = headers_for(_STYLE)
"""The HTTP headers of these pages."""


def team_page(title: str, *blocks: str) -> str:
    """Returns a whole page in the look of these pages."""
    return html_page(title, *blocks, style=_STYLE)


def over_page(title: str, text: str) -> str:
    """Returns the page of a link with which nothing is left to do."""
    return team_page(title, paragraph(text), paragraph("You can close this page.", "soft"))


def who(lead: Lead) -> dict[str, str]:
    """Returns who the lead is, by label: first name and company, and a warning of a domain in disguise."""
    first, domain = one_line(lead.profile.first_name or ""), lead.company.domain or ""
    alphabets = ", ".join(alphabets_of_disguise(domain))
    careful = f"their domain {domain} is written with letters of another alphabet: {alphabets}"
    return {
        **({"First name": first} if first else {}),
        "Company": company_name(lead) or "not known",
        **({"Careful": careful} if alphabets else {}),
    }


def unusable(fault: Exception) -> StatusAndPage:
    """Returns the page of a link with which nothing can be done.

    404: it is no link, or its lead was erased; 410: it is too old; 403: its reader may not do it any more.
    """
    match fault:
        case LinkExpired():
            text = "Links work for 14 days. Look for a newer mail about this lead."
            return 410, over_page("This link has expired", text)
        case LinkRefused():
            text = "It is incomplete or was changed. Open it from the mail again."
            return 404, over_page("This link does not work", text)
        case NotAllowed():
            return 403, over_page("This link is not yours any more", f"Nothing was changed: {fault}.")
        case _:
            return 404, over_page("This lead is gone", f"Nothing was changed: {fault}.")
