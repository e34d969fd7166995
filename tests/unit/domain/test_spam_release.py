"""A release from spam is of all forms that came to the lead before it, however many robots have sent."""

from datetime import timedelta

from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.signal_events import ReleasedFromSpam, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.signals.signal_recording import record_signal
from baton.domain.signals.spam_release import MAX_NAMED, MAX_RELEASED_AT_ONCE, released_signals
from tests.unit.given import IN_FORCE, LEAD_ID, NOW, consultation

FLOOD = MAX_NAMED + 100


def flooded(change: Change, forms: int) -> Change:
    """The lead after so many more forms of robots."""
    for number in range(forms):
        sent = consultation(reference=f"r{number}", spam=True)
        change = change.then(record_signal(change.after, sent, 1, NOW), NOW, by="form:consultation")
    return change


def released(change: Change) -> list[Event]:
    """What a release adds."""
    return released_signals(lead_in(change), change.events, IN_FORCE, NOW + timedelta(hours=1))


def lead_in(change: Change) -> Lead:
    """The lead after a change."""
    assert change.after
    return change.after


def test_a_release_after_a_flood_names_the_latest_forms_only_so_that_it_can_be_stored() -> None:
    change = flooded(Change.begin(None, LEAD_ID), FLOOD)
    release, *signals = released(change)

    assert isinstance(release, ReleasedFromSpam)
    assert release.signals == tuple(each.event_id for each in change.events[-MAX_NAMED:])
    assert len(signals) == MAX_RELEASED_AT_ONCE
    assert len(Recorded.model_validate(recorded(change, release)).model_dump_json()) < 30_000


def recorded(change: Change, event: Event) -> Recorded:
    """The event as it is recorded after a change."""
    return change.then([event], NOW, by="maria@example.com").events[-1]


def test_a_second_release_after_a_flood_adds_nothing() -> None:
    change = flooded(Change.begin(None, LEAD_ID), FLOOD)
    change = change.then(released(change), NOW + timedelta(hours=1), by="maria@example.com")

    assert released(change) == []


def test_a_form_that_comes_after_a_release_is_released_by_the_next_one() -> None:
    change = flooded(Change.begin(None, LEAD_ID), 2)
    change = change.then(released(change), NOW, by="maria@example.com")
    later = change.then(record_signal(change.after, consultation(reference="again", spam=True), 1, NOW), NOW, by="form")
    release, *signals = released(later)

    assert isinstance(release, ReleasedFromSpam)
    assert release.signals == (later.events[-1].event_id,)
    assert [each.reference for each in signals if isinstance(each, SignalRecorded)] == ["again"]
