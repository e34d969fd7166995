"""Writes leads as CSV, with the column names that an imported list may have."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.points import points_text
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company
from baton.domain.leads.signal_counts import is_current
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import best_persona, standing_of
from baton.domain.timers.next_step import next_step
from baton.domain.timers.open_clock import open_clock, overdue_since, why_now
from baton.outreach.csv.csv_cells import csv_row

_PROFILE = ("first_name", "last_name", "title", "phone", "country", "region", "language")
_COMPANY = {"company": "name", "domain": "domain", "industry": "industry", "employees": "employees"}
_LEAD = ("stage", "status", "status_since", "channel", "source", "campaign", "review_on", "created_at")
_HANDOFF = {"owner": "owner", "handoff_state": "state", "trigger": "trigger"}
_LISTED = ("why_now", "asked_at", "asked", "target_account", "persona", "clock", "overdue_since")
COLUMNS = ("email", *_PROFILE, *_COMPANY, *_LEAD, "score", "next_step", "by", *_HANDOFF, *_LISTED, "lead_id")


def leads_csv(leads: Iterable[Lead], card: Scorecard, now: datetime) -> str:
    """Returns a header and a row for each lead; the score is empty if it was counted under an older agreement.

    The agreement's own attributes have a column each, at the end.
    """
    attributes = list(card.rules.get("attributes", {}))
    columns = (*COLUMNS, *(f"{ATTRIBUTE}{name}" for name in attributes))
    rows = ((*_cells(lead, card, now), *(_said(lead.attributes.get(name)) for name in attributes)) for lead in leads)
    return "".join([csv_row(columns), *map(csv_row, rows)])


def _cells(lead: Lead, card: Scorecard, now: datetime) -> Iterator[object]:
    step = next_step(lead)
    yield lead.address
    yield from (getattr(lead.profile, name) for name in _PROFILE)
    yield from (_as_written(lead.company, name) for name in _COMPANY.values())
    yield from (_written(getattr(lead, name)) for name in _LEAD)
    yield points_text(standing_of(lead, card, now).total) if is_current(lead.tally, card.version) else None
    yield step.what
    yield _written(step.by)
    yield from (getattr(lead.handoff, name) if lead.handoff else None for name in _HANDOFF.values())
    yield from _row(lead, card, now)
    yield lead.lead_id


def _row(lead: Lead, card: Scorecard, now: datetime) -> Iterator[object]:
    """Yields why somebody has to act, what was asked, and which clock runs, as rows of lists show it."""
    persona, running = best_persona(lead, card), open_clock(lead)
    yield "; ".join(why_now(lead))
    yield from (_written(lead.request.at), lead.request.message) if lead.request else (None, None)
    yield lead.account and lead.account.domain
    yield next((each["label"] for each, _ in card.personas if persona and each["id"] == persona.id), None)
    yield running and running.clock.name
    yield _written(overdue_since(lead, now))


def _as_written(company: Company, name: str) -> object:
    """Returns a fact of a company: `51-200` employees as they were written."""
    return getattr(company, f"{name}_written", None) or getattr(company, name)


def _said(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _written(value: object) -> object:
    """Returns a time in UTC as spreadsheets know one, such as `2026-11-24 09:30:00`; any other value unchanged."""
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value
