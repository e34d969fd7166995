"""Whatever people, tools and strangers pile up on a lead, each of its items fits where it is stored, and is taken."""

import json
from functools import cache
from typing import Any

import pytest

from baton.aws.table import lead_writes
from baton.aws.table.lead_writes import change_writes
from baton.aws.table.packing.packed_text import unpacked
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history import consents, room_for_words
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.leads.lead import MAX_MESSAGE, Lead
from baton.domain.leads.person_facts import BANT
from baton.domain.trust.speakers import Speaker
from baton.domain.trust.words import standing_word
from bench.dynamodb_units import size
from tests.unit.sizes import largest_lead as largest

ITEM, ENTRY = 400 * 1024, 256 * 1024
"""What DynamoDB takes for an item, and EventBridge for an event."""
NEVER_LARGE = {
    *("lead_id", "stage", "status", "status_since", "stage_since", "channel", "disposable_address", "unverified"),
    *("suspected_at", "unsubscribed_at", "resubscribed_at", "account", "engaged_at", "engaged_by_form", "kept"),
    *("last_inbound_at", "decided_at", "confirmed_at", "left_to_review", "review_on", "look_at", "timer"),
    *("merged_into", "agreement_version", "version", "created_at", "updated_at", "chosen_address"),
}
"""Fields of a lead that have a moment, a name, a number, or a few of these."""
MADE_OF_SIGNALS, OF_MARKETING = {"tally"}, {"duty"}


@cache
def grown() -> Change:
    """All that can happen to one lead."""
    return largest.largest_lead()


def lead() -> Lead:
    """The lead after it."""
    after = grown().after
    assert after
    return after


def counted(rules: int) -> dict[str, Any]:
    """Counts of signals under an agreement with so many rules, each of which was met a hundred times."""
    at = map(largest.milliseconds, largest.moments())
    awards = {largest.letters(40): [[next(at), 100, number] for number in range(100)] for _ in range(rules)}
    return {"awards": awards, "warmth": 1.0}


def stored(after: Lead) -> dict[str, Any]:
    """The item of a lead."""
    write, *_ = change_writes("table", Change(after.lead_id, after, after))
    item: dict[str, Any] = write["Put"]["Item"]
    return item


def test_the_largest_lead_has_all_that_a_lead_can_have() -> None:
    after = lead()
    missing = {name for name in Lead.model_fields if not getattr(after, name)}

    assert missing <= NEVER_LARGE | MADE_OF_SIGNALS | OF_MARKETING | {"held", "ceded"}


def test_every_item_of_the_largest_lead_fits_where_it_is_stored() -> None:
    items = [write["Put"]["Item"] for write in change_writes("table", grown()) if "Put" in write]

    assert len(items) > len(grown().events)
    assert max(map(size, items)) <= lead_writes.MAX_LEAD + 10_000 <= ITEM


def test_every_event_of_the_largest_lead_is_published_whole() -> None:
    entries = [json.dumps(each.for_the_bus()) for each in grown().events]

    assert max(map(len, entries)) <= ENTRY // 8


def test_a_lead_that_is_counted_under_very_many_rules_is_stored_without_the_counts() -> None:
    many, few = (lead().model_copy(update={"tally": counted(rules)}) for rules in (200, 1))

    assert size(stored(many)) <= lead_writes.MAX_LEAD + 1_000
    assert Lead.model_validate_json(unpacked(stored(many)["body"])) == lead().model_copy(update={"tally": None})
    assert Lead.model_validate_json(unpacked(stored(few)["body"])).tally == few.tally


def test_folding_the_largest_history_gives_the_largest_lead() -> None:
    assert fold(list(grown().events)) == lead()


@pytest.mark.parametrize("speaker", [Speaker.FORM, Speaker.TOOL, Speaker.COLLEAGUE])
def test_a_request_of_a_lead_that_is_full_still_asks_and_its_event_has_every_word(speaker: Speaker) -> None:
    message = largest.signs(largest.BODY_BYTES // 4)
    asks = largest.signal(
        list(lead().attributes),
        speaker,
        "website",
        form="consultation",
        message=message,
        asks_for_a_person=True,
        asked=1,
    )
    change = largest.after(lead(), [asks])

    assert change.after
    assert change.after.request
    assert change.after.request.message == f"{message[: MAX_MESSAGE - 1]}…"
    [event] = change.happened
    assert isinstance(event, SignalRecorded)
    assert event.message == message
    assert max(size(write["Put"]["Item"]) for write in change_writes("table", change)) <= lead_writes.MAX_LEAD + 10_000


def test_a_message_of_usual_length_is_with_the_lead_as_it_was_written() -> None:
    asks = largest.signal([], Speaker.FORM, "website", message=largest.signs(MAX_MESSAGE), asks_for_a_person=True)
    after = largest.after(largest.captured(), [asks]).after

    assert after
    assert after.request
    assert after.request.message == asks.message


def test_words_that_stand_have_room_before_any_that_stand_beside_them() -> None:
    names = largest.attribute_names()
    after = largest.after(largest.captured(), largest.said_by_all(names)).after

    assert after
    assert {*after.attributes} == {*names}
    assert {*after.bant} == {*BANT}
    assert all(standing_word(words) for words in after.said.values())
    assert sum(map(len, after.said.values())) < 13 * len(after.said), "nothing had to go"


def test_of_words_beside_those_that_stand_the_least_trusted_go_first() -> None:
    names = largest.attribute_names()
    after = largest.after(largest.captured(), largest.said_by_all(names)).after

    assert after
    beside = [word for words in after.said.values() for word in words if word != standing_word(words)]
    full = largest.after(largest.captured(), largest.said_by_all([])).after
    assert full
    all_of = [word for words in full.said.values() for word in words]
    assert min((word.trust for word in beside), default=4) > min(word.trust for word in all_of)


def test_words_within_their_room_are_left_as_they_are_and_beyond_it_lose_no_more_than_they_must() -> None:
    few = largest.after(largest.captured(), largest.said_by_all([])).after
    assert few
    assert room_for_words.within_room(few.said) is few.said
    after = lead()
    once = room_for_words.within_room(after.said)
    assert room_for_words.within_room(once) == once


def test_attributes_of_former_agreements_go_before_any_other_fact() -> None:
    after = lead()

    assert len(after.attributes) < 3 * largest.AGREED_ATTRIBUTES
    assert {name.removeprefix("attributes.") for name in after.said if name.startswith("attributes.")} == {
        *after.attributes
    }
    assert {name for name, value in after.profile if value is None} == set()


def test_a_withdrawn_consent_stays_longer_than_one_that_is_only_claimed() -> None:
    given = lead().consents
    purposes = tuple(given)[:3]
    withdrawn = lead().model_copy(update=consents.withdrawn(lead(), purposes, largest.NOW, "mailchimp"))
    after = largest.after(withdrawn, largest.requests()).after

    assert after
    assert {*purposes} <= {*after.consents}
    assert {*after.consents} != {*given}
    assert sum(len(each.model_dump_json().encode()) for each in after.consents.values()) <= consents.MAX_BYTES
