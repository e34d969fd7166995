"""The parts of a mail. Whatever a stranger typed stands behind a label or a `> `, never alone on a line."""

import re
from collections.abc import Iterable
from textwrap import TextWrapper

from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Activity, Lead
from baton.domain.leads.person_facts import Profile
from baton.outreach.text.times_and_names import day, person, spoken
from baton.outreach.text.untrusted_text import defang, harmless, in_ascii, one_line, quote

RECENT_SHOWN = 8
_WRAPPER = TextWrapper(72, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
_PHONE = re.compile(r"[+\d][\d\s()/.-]{2,39}(?:\s?(?:x|ext\.?)\s?\d{1,6})?")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def letter(*sections: Iterable[str]) -> str:
    """The sections that are not empty, with a blank line between them and no line of ours wider than 72."""
    texts = ("\n".join(_narrow(section)) for section in sections)
    return "\n\n".join(filter(None, texts)) + "\n"


def who(lead: Lead) -> list[str]:
    """The person and how to reach them; only their own phone number and e-mail address can be clicked."""
    name, domain = harmless(lead.company.name or ""), harmless(lead.company.domain or "")
    known = {
        "TARGET ACCOUNT": _target_account(lead),
        "Name": harmless(person(lead)),
        "Title": harmless(lead.profile.title or ""),
        "Company": f"{name} ({domain})" if name and domain else name or domain,
        "Country": harmless(lead.profile.country or ""),
        "Phone": _clickable(lead.profile.phone or "", _PHONE),
        "E-mail": _clickable(lead.email, _EMAIL),
        "NO NEWSLETTERS": f"they unsubscribed on {day(lead.unsubscribed_at)}" if lead.unsubscribed_at else "",
    }
    return [f"{label}: {value}" for label, value in known.items() if value]


def who_in_subject(lead: Lead) -> str:
    """Name and company as far as ASCII can say them; empty if it cannot."""
    return ", ".join(filter(None, (defang(in_ascii(person(lead))), company_in_subject(lead))))


def company_in_subject(lead: Lead) -> str:
    """The company's name, or its domain where ASCII cannot say the name; empty if there is neither."""
    return defang(in_ascii(lead.company.name or "")) or in_ascii(lead.company.domain or "")


def asked(lead: Lead) -> list[str]:
    """What the person wrote when they asked for somebody; empty if they wrote nothing."""
    request = lead.request
    if request is None:
        return []
    wrote = they_wrote(request.message, f", {day(request.at)} {request.at:%H:%M} UTC")
    return [*wrote, *gave_otherwise(request.profile, lead)]


def gave_otherwise(given: Profile, lead: Lead) -> list[str]:
    """What a form says that contradicts what is known: anybody may send forms, so both are shown."""
    known = lead.profile.model_dump()
    differs = {name: value for name, value in given.model_dump(exclude_none=True).items() if value != known[name]}
    lines = [f"{spoken(name).capitalize()}: {harmless(value)}" for name, value in differs.items()]
    return ["THE LATER FORM GIVES OTHERWISE", *lines] if lines else []


def they_wrote(message: str | None, when: str = "") -> list[str]:
    """What the person wrote, quoted; empty if they wrote nothing."""
    quoted = quote(message or "")
    return [f"THEY WROTE{when}", *quoted] if quoted else []


def did_before(lead: Lead, but: Activity | None = None) -> list[str]:
    """The last things the person did besides the request itself, and `but` that one, newest first."""
    asked_at = lead.request.at if lead.request else None
    done = [each for each in lead.recent[::-1] if each.at != asked_at and each is not but][:RECENT_SHOWN]
    lines = [f"- {day(activity.at)} {activity.at:%H:%M} {deed(activity.kind, activity.content)}" for activity in done]
    return ["WHAT THEY DID BEFORE", *lines] if lines else []


def deed(kind: str, content: str | None) -> str:
    """One thing that the person did, and with which content: `content downloaded (price-list)`."""
    return defang(spoken(kind) + (f" ({one_line(content, 80)})" if content else ""))


def footer(handoff: Handoff) -> list[str]:
    """What to name when asking about this handoff."""
    return [f"Agreement version {handoff.agreement_version}, handoff {handoff.handoff_id}"]


def _target_account(lead: Lead) -> str:
    if lead.account is None:
        return ""
    weakly = ", known by its name only" if lead.account.matched_by == "name" else ""
    return f"{harmless(lead.account.domain)}{weakly}"


def _clickable(text: str, shape: re.Pattern[str]) -> str:
    line = one_line(text, 254)
    return line if shape.fullmatch(line) else harmless(line)


def _narrow(section: Iterable[str]) -> Iterable[str]:
    for line in section:
        whole = not line or line.startswith(("> ", "https://", "http://"))
        yield from [line] if whole else _WRAPPER.wrap(line)
