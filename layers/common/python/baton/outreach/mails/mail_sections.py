"""Writes the sections that several mails share.

Text that a stranger typed stands behind a label or a `> `, never alone on a line.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from baton.agreement.places.compared_places import PLACES
from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.history.lead_facts import means_the_same
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Activity, Lead, Request
from baton.domain.leads.person_facts import AnswerValue, Profile
from baton.outreach.links.handoff_links import Links
from baton.outreach.text.shown_addresses import (
    alphabets_of_disguise,
    shown_company_domain,
    shown_domain,
    shown_email,
)
from baton.outreach.text.times_and_names import day, day_and_time, in_words, local, moment, person_name
from baton.outreach.text.untrusted_text import defang, defanged_line, in_ascii, in_lines, one_line, quoted_lines

RECENT_SHOWN = 8
OTHERWISE_SHOWN = 5
_PHONE = re.compile(r"[+\d][\d\s()/.-]{2,39}(?:\s?(?:x|ext\.?)\s?\d{1,6})?")


def join_sections(*sections: Iterable[str]) -> str:
    """Returns the sections that are not empty, with a blank line between them; phones wrap the lines."""
    texts = ("\n".join(part for line in section for part in in_lines(line)) for section in sections)
    return "\n\n".join(filter(None, texts)) + "\n"


def contact_details(lead: Lead) -> list[str]:
    """Returns the person, the company and how to reach them.

    Only the phone number, the e-mail address and the company's domain can be clicked.
    """
    name, domain = defanged_line(lead.company.name or ""), shown_company_domain(lead)
    details = {
        "TARGET ACCOUNT": _target_account(lead),
        "Name": defanged_line(person_name(lead)),
        "Title": defanged_line(lead.profile.title or ""),
        "Company": f"{name} ({domain})" if name and domain else name or domain,
        "Country": defanged_line(lead.profile.country or ""),
        "Phone": _phone(lead.profile.phone or ""),
        **shown_email(lead.address),
        "NO NEWSLETTERS": f"they unsubscribed on {day(lead.unsubscribed_at)}" if lead.unsubscribed_at else "",
    }
    return [f"{label}: {value}" for label, value in details.items() if value]


def lead_in_subject(lead: Lead) -> str:
    """Returns name and company in ASCII, `Anna Bauer, Acme`; if ASCII has no letters for either, the address."""
    person, company = defang(in_ascii(person_name(lead))), defang(in_ascii(lead.company.name or ""))
    if person or company:
        return ", ".join(filter(None, (person, company_in_subject(lead))))
    address = shown_email(lead.address)["E-mail"]
    return address if address.isascii() else company_in_subject(lead)


def company_in_subject(lead: Lead) -> str:
    """Returns the company's name in ASCII, else its domain; empty if neither is known."""
    domain = in_ascii(lead.company.domain or "")
    return defang(in_ascii(lead.company.name or "")) or (defang(domain) if alphabets_of_disguise(domain) else domain)


def request_message(lead: Lead, zone: str | None = None) -> list[str]:
    """Returns the message that came with the lead's request for a person; empty if there is none."""
    request = lead.request
    if request is None:
        return []
    wrote = quoted_message(request.message, f", {day_and_time(request.at, zone)}")
    return [*wrote, *_first_of_several(request, zone), *contradicting_facts(request.profile, lead)]


def _first_of_several(request: Request, zone: str | None) -> list[str]:
    """Returns how often they asked if that was more than once, with the first message if it was another."""
    first = request.first
    if first is None:
        return []
    asked = f"They asked {request.times} times, first on {moment(first.at, zone)}."
    if first.message == request.message:
        return ["", asked]
    return ["", asked, "", *quoted_message(first.message, f" FIRST, {day_and_time(first.at, zone)}")]


def contradicting_facts(given: Profile, lead: Lead) -> list[str]:
    """Returns the form's values that differ from the lead's, of facts on which no words are kept."""
    stored = lead.profile.model_dump()
    said = {name: value for name, value in given.model_dump(exclude_none=True).items() if name not in lead.said}
    differs = {name: value for name, value in said.items() if not _is_known(name, value, stored[name], lead)}
    lines = [f"{in_words(name).capitalize()}: {defanged_line(value)}" for name, value in differs.items()]
    return ["THE LATER FORM GIVES OTHERWISE", *lines] if lines else []


def said_otherwise(lead: Lead, handoff: Handoff, links: Links, now: datetime) -> list[str]:
    """Returns what others say otherwise of the lead's facts, newest first, each with the link that takes it over."""
    return _otherwise(lead, lambda id_: [links.url_to_take_over(handoff, id_, now)])


def said_otherwise_to_marketing(lead: Lead) -> list[str]:
    """Returns what others say otherwise of the lead's facts, newest first, each with the call that takes it over."""
    return _otherwise(lead, lambda id_: [f"PATCH /leads/{lead.lead_id}", json.dumps({"take_over": [id_]})])


def _otherwise(lead: Lead, take_over: Callable[[str], list[str]]) -> list[str]:
    if not lead.said:
        return []
    from baton.domain.history.differing_words import differing_words  # few leads have any  # noqa: PLC0415
    from baton.outreach.text.speakers_in_words import who_says  # as above  # noqa: PLC0415

    lines = []
    for each in differing_words(lead)[:OTHERWISE_SHOWN]:
        who, since = who_says(each.word), datetime.fromtimestamp(each.word.at / 1000, UTC)
        said = f"{in_words(each.fact.removeprefix(ATTRIBUTE))}: {defanged_line(_shown(each.value))}"
        lines += [f"{who[:1].upper()}{who[1:]} says: {said}, since {day(since)}.", "Take it over:", *take_over(each.id)]
    return ["SAID OTHERWISE", *lines] if lines else []


def _shown(value: AnswerValue) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _is_known(name: str, value: str, stored: str | None, lead: Lead) -> bool:
    """Tells whether a value is the stored one, or another spelling of the same place or phone number."""
    if stored is None or value == stored:
        return value == stored
    country = lead.profile.country or lead.company.country
    if name == "phone":
        from baton.agreement.places.country_codes import country_code  # few forms give another number  # noqa: PLC0415
        from baton.domain.identity.international_phones import same_phone  # as above  # noqa: PLC0415

        return same_phone(value, stored, country_code(country or ""))
    return name in PLACES and means_the_same(name, value, stored, country)


def quoted_message(message: str | None, when: str = "") -> list[str]:
    """Returns a message, quoted with `> `; empty if there is none."""
    quoted = quoted_lines(message or "")
    return [f"THEY WROTE{when}", *quoted] if quoted else []


def earlier_activities(lead: Lead, zone: str | None = None, without: Activity | None = None) -> list[str]:
    """Returns the lead's last activities, newest first, except the request itself and `without`."""
    asked_at = lead.request.at if lead.request else None
    done = [each for each in lead.recent[::-1] if each.at != asked_at and each is not without][:RECENT_SHOWN]
    lines = [
        f"- {day(there)} {there:%H:%M} {activity_in_words(each.kind, each.content)}"
        for each, there in _local(done, zone)
    ]
    return ["WHAT THEY DID BEFORE", *lines] if lines else []


def _local(done: Iterable[Activity], zone: str | None) -> Iterable[tuple[Activity, datetime]]:
    return ((each, local(each.at, zone)) for each in done)


def activity_in_words(kind: str, content: str | None) -> str:
    """Returns an activity and its content: `content downloaded (price-list)`."""
    return defang(in_words(kind) + (f" ({one_line(content, 80)})" if content else ""))


def footer(handoff: Handoff) -> list[str]:
    """Returns the ids to quote in a question about this handoff."""
    return [f"Agreement version {handoff.agreement_version}, handoff {handoff.handoff_id}"]


def _target_account(lead: Lead) -> str:
    if lead.account is None:
        return ""
    weakly = ", known by its name only" if lead.account.matched_by == "name" else ""
    return f"{shown_domain(lead.account.domain)}{weakly}"


def _phone(text: str) -> str:
    line = one_line(text, 254)
    return line if _PHONE.fullmatch(line) else defanged_line(line)
