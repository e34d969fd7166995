"""What the simulated company has agreed, read and compiled once for each process."""

from functools import cache
from pathlib import Path

import yaml

from baton.agreement.calendars import Calendar
from baton.agreement.model import Agreement, AgreementInForce
from baton.agreement.public_holidays import holiday_lines
from baton.agreement.reading import read_agreement
from baton.domain.scorecard import Scorecard

COUNTRIES = {"Europe/Berlin": "DE", "America/New_York": "US"}


@cache
def in_force() -> AgreementInForce:
    return AgreementInForce(version=1, in_force_since="2025-12-01T00:00:00.000Z", agreement=_agreement())


@cache
def card() -> Scorecard:
    return Scorecard(in_force())


def _agreement() -> Agreement:
    agreement = read_agreement(Path(__file__).with_name("agreement.yaml").read_text(encoding="utf-8"))
    calendars = {name: _with_holidays(calendar) for name, calendar in agreement.calendars.items()}
    return agreement.model_copy(update={"calendars": calendars})


def _with_holidays(calendar: Calendar) -> Calendar:
    lines = yaml.safe_load("\n".join(holiday_lines(COUNTRIES[calendar.time_zone], "2026-2028")))
    return Calendar.model_validate({**calendar.model_dump(), "holidays": lines})
