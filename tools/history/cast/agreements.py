"""The agreements of the made-up company: the one that ships, two that both departments signed, and a draft."""

from collections.abc import Mapping

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.calendars import Calendar

OFFICE = Calendar(time_zone="Europe/Berlin", hours={"mon-fri": ("09:00-12:30", "13:00-17:30")})

_CALENDAR = """calendars:
  office:
    time_zone: Europe/Berlin
    hours: {mon-fri: [09:00-12:30, 13:00-17:30]}
    holidays: [2026-12-25 Christmas Day, 2027-01-01 New Year's Day]

territories:
  - {id: large, when: {employees: {at_least: 2000}}, team: enterprise}
  - {id: nordics, when: {country: ["NO", SE, DK, FI]}}
  - {id: dach, when: {country: [DE, AT, CH]}}

targets:
  in_time: {accept: 90%, first_contact: 85%, review: 95%, answer_returns: 90%}
  per_month: {mql: 30, sql: 12, handed_over: 60, won: 8}

teams:
"""
_ENTERPRISE = """teams:
  enterprise:
    label: Large companies
    reps: {weight: 1, capacity: 3}
"""
_FIT = r"""fit:                          # points for what a lead is
  - id: decides
    points: 25
    best_of: seniority
    when: {title: {matches: '\b(head|director|vp|c[eifot]o|owner|leiter(in)?|geschäftsführer)\b'}}
  - {id: manages, points: 12, best_of: seniority, when: {title: {matches: '\b(manager|lead)\b'}}}
  - {id: our-industries, points: 20, when: {industry: [manufacturing, logistics, automotive]}}
  - {id: big-enough, points: 15, when: {employees: {at_least: 50}}}
  - {id: on-our-list, points: 20, when: {target_account: true}}
  - {id: private-mail, points: -10, when: {free_mail: true}}
"""
SECOND: Mapping[str, str] = {
    "title: Who passes from marketing to sales, and when": "title: Handovers at Nordlicht Software",
    "teams:\n": _CALENDAR,
    "fit:                          # points for what a lead is\n": _FIT,
    "  - {id: vice-president, points: 100, when: {title: {matches: '\\b(vice[ -]president|[es]?vp)\\b'}}}\n": "",
    "threshold: 100  #": "threshold: 90  #",
    "    nobody_available: 1h": "    calendar: office\n    nobody_available: 1h",
    "        within: 30m": "        within: 1 business hour",
    "        within: 4h": "        within: 4 business hours",
    "        within: 1d": "        within: 1 business day",
    "        within: 7d": "        within: 5 business days",
    "{at: 150%, do: reassign}": "{at: 300%, do: reassign}",
    "team: marketing             #": "calendar: office\n  team: marketing             #",
    "within: 2d": "within: 2 business days",
}
"""What the second version says instead of the packaged text."""
THIRD: Mapping[str, str] = {
    "threshold: 90  #": "threshold: 80  #",
    "{id: webinar, points: 30,": "{id: webinar, points: 40,",
    "mql: {score: {at_least: 60}}": "mql: {score: {at_least: 45}}",
}
"""What the third version says instead of the second."""
DRAFT: Mapping[str, str] = {
    "threshold: 80  #": "threshold: 75  #",
    "        within: 1 business hour": "        within: 45 business minutes",
    "  - {id: e-mail-clicked,": "  - {id: case-study, points: 15, signal: {kind: page_visited, content: case-study}, "
    "at_most: {times: 1}}\n  - {id: e-mail-clicked,",
}
"""What the draft says instead of the third version."""


def changed(text: str, changes: Mapping[str, str]) -> str:
    """Returns a text with other words in the places that are named.

    Raises:
        LookupError: it does not have them; the packaged agreement was changed, and so must these be.
    """
    for before, after in changes.items():
        if before not in text:
            raise LookupError(f"the agreement has no {before!r}")
        text = text.replace(before, after)
    return text


def second() -> str:
    """Returns the agreement with which the company began to work."""
    text = changed(packaged_text(), SECOND)
    return text.replace("teams:\n", _ENTERPRISE, 1)
