"""Signals recorded in batches make the same lead as signals recorded one by one, in any order and any split."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.scoring.standing import standing_of
from baton.domain.signals.message_batches import (
    MAX_SIGNALS_PER_WRITE,
    Message,
    batches_by_lead,
    record_batch,
    sender_of,
)
from baton.domain.signals.signal_recording import Signal
from tests.unit.given import AGREEMENT, LEAD_ID, NOW

CARD = Scorecard(AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=AGREEMENT))
ASKING = AgreedKinds.of(AGREEMENT.rules)


def message(number: int = 1, minutes_ago: float | None = None, lead_id: str = LEAD_ID, **sent: Any) -> Message:
    at = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    said = {"email": "anna@example.com", "kind": "page_visited", "source": "web", **sent}
    signal = Signal.model_validate({**said, "reference": f"{number:04d}", "occurred_at": at})
    return Message(lead_id, f"m-{number}", signal)


def received(portions: Sequence[Sequence[Message]]) -> Lead:
    """The lead that portions make, one after the other, with what has been counted of it."""
    lead: Lead | None = None
    history: list[Recorded] = []
    for portion in portions:
        events = record_batch(lead, list(portion), 1, NOW, ASKING)
        change = Change.begin(lead, LEAD_ID).then(events, NOW, sender_of(list(portion)))
        before = list(history)
        change = change.with_counts(counts_after(change, CARD, lambda known=before: known))
        history += change.events
        lead = change.after
    assert lead is not None
    return lead


def test_signals_are_batched_by_lead_in_the_order_of_time() -> None:
    late, early = message(1, 5), message(2, 60)
    other, now = message(3, 10, lead_id="other"), message(4)
    assert batches_by_lead([late, other, now, early], NOW) == [[[early, late, now]], [[other]]]


def test_signals_of_the_same_time_are_ordered_by_reference() -> None:
    second, first = message(2, 5), message(1, 5)
    assert batches_by_lead([second, first], NOW) == [[[first, second]]]


def test_no_batch_is_larger_than_one_transaction() -> None:
    [portions] = batches_by_lead([message(number, number) for number in range(60)], NOW)
    assert [len(portion) for portion in portions] == [MAX_SIGNALS_PER_WRITE, MAX_SIGNALS_PER_WRITE, 10]


def test_a_batch_of_signals_captures_a_new_lead_once() -> None:
    events = record_batch(None, [message(1), message(2), message(3)], 1, NOW)
    assert [event.type for event in events] == ["LeadCaptured", *["SignalRecorded"] * 3]


def test_a_signal_kind_that_asks_for_a_person_is_a_request() -> None:
    assert received([[message(1), message(2, kind="demo_requested")]]).request


def test_the_sender_of_a_batch_names_the_source_of_each_signal() -> None:
    assert sender_of([message(1), message(2)]) == "signals:web"
    assert sender_of([message(1), message(2, source="crm")]) == "signals:crm+web"


signals = st.builds(
    message,
    st.integers(1, 9999),
    st.integers(0, 60 * 24 * 40) | st.sampled_from([0, 1, 2]),
    kind=st.sampled_from(["page_visited", "content_downloaded", "webinar_attended", "unsubscribed", "odd"]),
    content=st.sampled_from([None, "guide", "price-list", "careers", "elsewhere"]),
)


def score(lead: Lead) -> object:
    """The lead's score and all that it follows from, but for the numbers of events, which follow from the arrival."""
    standing = standing_of(lead, CARD, NOW)
    lines = sorted((line.kind, line.rule, line.points, line.awarded, line.at, line.of) for line in standing.ledger())
    tally = {name: known for name, known in standing.tally.as_data().items() if name not in ("awards", "carried")}
    return lines, standing.total, standing.funnel, tally


@given(st.lists(signals, min_size=1, max_size=40, unique_by=lambda each: each.signal.reference), st.data())
def test_the_score_is_the_same_for_every_split_and_order_of_a_batch(batch: list[Message], data: st.DataObject) -> None:
    [together] = batches_by_lead(batch, NOW)
    shuffled = data.draw(st.permutations(batch))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(batch)))) | {0, len(batch)})
    parts = [batches_by_lead(shuffled[a:b], NOW) for a, b in pairwise(cuts)]
    apart = [portion for part in parts for portions in part for portion in portions]
    assert score(received(apart)) == score(received(together))
