"""The agreements of the simulated company, compiled once for each process. In some years it agrees anew, and in some it
drops a team and has the team back later.
"""

from functools import cache
from pathlib import Path

import yaml

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.reading.public_holidays import public_holidays
from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.calendars import Calendar
from baton.domain.scoring.scorecard import Scorecard

COUNTRIES = {"Europe/Berlin": "DE", "America/New_York": "US"}
ANEW = {
    "threshold: 40": "threshold: 35",
    "30 business minutes": "45 business minutes",
    "8 business hours": "1 business day",
    "  - {id: large, when: {all: [{country: [US, CA]}, {employees: {at_least: 1000}}]}, team: americas}\n": "",
}
"""What the second version says instead: other clocks, another threshold, and a territory less."""
FIRST, ANOTHER, ONE_TEAM = 1, 2, 3
DROPPED = """\
  americas:
    label: Sales in America
    calendar: new-york
    reps: {weight: 1, capacity: 8}
"""
"""What the third version is without; its territories have no team of their own."""


@cache
def in_force(version: int) -> AgreementInForce:
    return AgreementInForce(version=version, in_force_since="2025-12-01T00:00:00.000Z", agreement=_agreement(version))


@cache
def card(version: int) -> Scorecard:
    return Scorecard(in_force(version))


def _agreement(version: int) -> Agreement:
    text = Path(__file__).with_name("agreement.yaml").read_text(encoding="utf-8")
    without = {DROPPED: "", ", team: americas}": "}"}
    for before, after in {**(ANEW if version > FIRST else {}), **(without if version == ONE_TEAM else {})}.items():
        assert before in text
        text = text.replace(before, after)
    agreement = read_agreement(text)
    calendars = {name: _with_holidays(calendar) for name, calendar in agreement.calendars.items()}
    return agreement.model_copy(update={"calendars": calendars})


@cache
def _holidays(country: str) -> tuple[str, ...]:
    return tuple(map(str, yaml.safe_load("\n".join(public_holidays(country, "2026-2028").lines))))


def _with_holidays(calendar: Calendar) -> Calendar:
    return Calendar.model_validate({**calendar.model_dump(), "holidays": _holidays(COUNTRIES[calendar.time_zone])})
