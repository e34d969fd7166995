"""Counts a lead's signals: adds the latest one to the stored counts, or counts the whole history again."""

from collections.abc import Callable, Iterable
from typing import Any

from baton.agreement.conditions.patterns import MAX_SUBJECT
from baton.agreement.places.compared_places import PLACES, as_said, compared_place
from baton.domain.conditions.compiled_conditions import Moment, SignalTexts
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts, SignalOrder, is_current
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import basis_of, facts_of

ReadHistory = Callable[[], Iterable[Recorded]]
"""Reads a lead's events; it costs a query, so it is called only when signals must be counted again."""


def counts_after(change: Change, card: Scorecard, history: ReadHistory) -> SignalCounts | None:
    """Returns the lead's counts after a change; None if there is no lead.

    All signals are counted again, from `history`, if the agreement has another version, a signal is late, a fact has
    changed that points depend on, or leads were merged. `history` gives the events before the change, those of merged
    leads included.
    """
    before, after = change.before, change.after
    if after is None:
        return None
    facts = facts_of(after, card)
    basis, new = basis_of(facts, card), signals_in(change.events)
    if before is None:
        return add_signals(new, SignalCounts(card.version, basis), card, facts, after.lead_id)
    counts, same = before.tally, (before.parts, before.ceded) == (after.parts, after.ceded)
    as_before = same and is_current(counts, card.version) and counts and counts["basis"] == basis
    if counts and as_before and all(order_of(each) >= tuple(counts["latest"]) for each in new):  # equal: a repeat
        return add_signals(new, SignalCounts.from_data(counts), card, facts, after.lead_id)
    return add_signals([*signals_in(history()), *new], SignalCounts(card.version, basis), card, facts, after.lead_id)


def recount(lead: Lead, history: Iterable[Recorded], card: Scorecard) -> SignalCounts:
    """Counts all signals of a history, for the lead as it is at its end."""
    facts = facts_of(lead, card)
    return add_signals(
        signals_in(history), SignalCounts(card.version, basis_of(facts, card)), card, facts, lead.lead_id
    )


def signals_in(history: Iterable[Recorded]) -> list[Recorded]:
    """Returns the recorded signals that count; those that were taken for spam do not."""
    return [each for each in history if isinstance(each.event, SignalRecorded) and not each.event.spam]


def order_of(recorded: Recorded) -> SignalOrder:
    """Returns the key by which signals are sorted: when they occurred, then their reference."""
    event = recorded.event
    if not isinstance(event, SignalRecorded):
        raise TypeError("only signals are counted")
    return milliseconds(event.occurred_at or recorded.at), event.reference


def add_signals(
    signals: list[Recorded], tally: SignalCounts, card: Scorecard, facts: dict[str, Any], lead_id: str
) -> SignalCounts:
    """Adds signals to the counts in the order of time; one with the same time and reference is counted once.

    An award names the event it is for: by number in the lead's own history, by id in that of a merged lead.
    """
    moment = Moment(facts, tally, 0)
    for recorded in sorted(signals, key=order_of):
        event = recorded.event
        if isinstance(event, SignalRecorded) and order_of(recorded) != tally.latest:
            which = event_number(recorded) if recorded.lead_id == lead_id else recorded.event_id
            from_person = event.from_person
            card.count(moment, texts_of(event, card), order_of(recorded), which, from_person=from_person)
    tally.warmth = card.warmth(tally)
    return tally


def texts_of(signal: SignalRecorded, card: Scorecard) -> SignalTexts:
    """Returns a signal's texts as conditions test them.

    The agreed content library fills in the title, topic and stage of what was read.
    """
    listed = card.listed_content(signal.content)
    content = card.library[listed] if listed else None
    texts = {
        "kind": signal.kind,
        "form": signal.form,
        "channel": signal.channel.value,
        "source": signal.source,
        "campaign": signal.campaign,
        "content": listed or signal.content,
        "content_title": signal.content_title or (content["title"] if content else None),
        "content_topic": content["topic"] if content else signal.content_topic,
        "content_stage": content["stage"] if content else signal.content_stage,
    }
    casefolded = SignalTexts((name, text.casefold()[:MAX_SUBJECT]) for name, text in texts.items() if text)
    for name, value in signal.properties.items():
        text = str(value).casefold()[:MAX_SUBJECT]
        if name in PLACES and (code := compared_place(name, str(value))[:MAX_SUBJECT]) != text:
            casefolded[as_said(f"properties.{name}")], text = text, code
        casefolded[f"properties.{name}"] = text
    return casefolded
