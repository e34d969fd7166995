"""Spares what staff said of a lead before Baton kept who speaks: the events that taught the facts tell it."""

from collections.abc import Iterable, Iterator, Sequence

from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.lead_facts import company_fact_name
from baton.domain.leads.lead import Lead
from baton.domain.signals.signal_recording import Signal


def events_that_taught(lead: Lead, signals: Iterable[Signal]) -> set[int]:
    """Returns the numbers of the events by which facts became known that these signals might change."""
    return {lead.learned[fact][1] for signal in signals for fact in _in_question(lead, signal)}


def sparing_staff(lead: Lead, signals: Sequence[Signal], taught: Sequence[Recorded]) -> list[Signal]:
    """Returns the signals, marked with the facts that staff said or cleared; `taught` are the events in question.

    A fact that no signal taught, such as one that came with a merge, is spared, too.
    """
    by_signals = {event_number(each) for each in taught if isinstance(each.event, SignalRecorded)}
    spared = [
        tuple(fact for fact in _in_question(lead, signal) if lead.learned[fact][1] not in by_signals)
        for signal in signals
    ]
    return [
        signal.model_copy(update={"staff_said": facts or None}) for signal, facts in zip(signals, spared, strict=True)
    ]


def _in_question(lead: Lead, signal: Signal) -> Iterator[str]:
    """Yields the facts of a signal that were learned before, and of which it is not kept who said them."""
    if signal.existing != "keep":
        yield from (fact for fact in _given(signal) if fact in lead.learned and fact not in lead.said)


def _given(signal: Signal) -> Iterator[str]:
    """Yields the names of the facts that a signal gives."""
    yield from (name for name, value in signal.profile if value is not None)
    yield from (company_fact_name(field) for field, value in signal.company if value is not None)
    yield from signal.bant
