"""Leads with signals, and their standing under an agreement."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.events.recorded import Event
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount
from baton.domain.scoring.standing import Standing
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal
from tests.unit.given import AGREEMENT, LEAD_ID, NOW, agreement_in, download

DAY = timedelta(days=1)


def card(agreement: Agreement = AGREEMENT, version: int = 1) -> Scorecard:
    return Scorecard(AgreementInForce(version=version, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreement))


PACKAGED = card()


def agreed(*changes: tuple[str, str]) -> Scorecard:
    """The packaged agreement's rules with some of its words replaced."""
    text = packaged_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return card(agreement_in(text))


def did(kind: str, days_ago: float = 0, **sent: Any) -> Signal:
    """A signal of a tool, some days before now."""
    at = NOW - days_ago * DAY
    return download(
        **{"kind": kind, "form": None, "content": None, "occurred_at": at, "reference": f"{kind}-{at}", **sent}
    )


def read(content: str, days_ago: float = 0, **sent: Any) -> Signal:
    """That the lead read something, some days before now."""
    return did("content_downloaded", days_ago, content=content, **{"reference": f"{content}-{days_ago}", **sent})


def history_of(*sent: Signal, then: Sequence[Event] = (), now: datetime = NOW) -> Change:
    """A lead's history: signals in the order in which they arrived, and what happened afterwards."""
    change = Change.begin(None, LEAD_ID)
    for signal in sent:
        arrived = max(signal.occurred_at or now, change.after.updated_at if change.after else signal.occurred_at or now)
        change = change.then(signal_recording.record_signal(change.after, signal, 1, arrived), arrived, "tool")
    return change.then(list(then), now, "maria@example.com")


def standing_after(change: Change, rules: Scorecard = PACKAGED, at: datetime = NOW, **known: Any) -> Standing:
    """How the lead stands after its history."""
    lead = change.after
    assert lead is not None
    return Standing(lead, rules, recount(lead, change.events, rules), milliseconds(at), **known)


def standing(*sent: Signal, rules: Scorecard = PACKAGED, at: datetime = NOW, then: Sequence[Event] = ()) -> Standing:
    """How a lead stands that did this."""
    return standing_after(history_of(*sent, then=then), rules, at)


def lead_after(change: Change) -> Lead:
    assert change.after is not None
    return change.after
