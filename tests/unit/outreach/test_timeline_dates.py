"""A date that somebody gave is that date in the timeline, wherever its reader is; other moments are marked for them."""

from datetime import UTC, date, datetime

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.basics.days import begin_of
from baton.domain.events.lead_events import LeadHeldBack
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.review_events import LeadParked, LeadReviewed
from baton.outreach.timeline.event_sentences import event_parts
from tests.unit.given import LEAD_ID, NOW, agreement_in

OFFICE = "calendars: {office: {time_zone: Europe/Berlin, hours: {mon-fri: 09:00-17:00}}}"
BERLIN = agreement_in(packaged_text().replace("\nmarketing:", f"\n{OFFICE}\nmarketing:", 1))
GIVEN = begin_of(date(2027, 3, 1), "Europe/Berlin")
AT_NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def parts_of(event: Event) -> list[tuple[str, datetime | None]]:
    recorded = Recorded(event_id=f"{LEAD_ID}-1", lead_id=LEAD_ID, at=NOW, by="maria@example.com", event=event)
    return [(part.text, part.at) for part in event_parts(recorded, BERLIN, "en")]


def reviewed(review_on: datetime) -> LeadReviewed:
    return LeadReviewed(verdict="bad_timing", review_on=review_on, agreement_version=1, duty_id=f"{LEAD_ID}-D001")


@pytest.mark.parametrize(
    "event", [LeadParked(due_at=GIVEN), reviewed(GIVEN), LeadHeldBack(reason="a merger", due_at=GIVEN)], ids=type
)
def test_a_date_in_a_sentence_is_told_in_the_agreements_zone_for_every_reader(event: Event) -> None:
    [(text, at)] = parts_of(event)
    assert "1 March 2027" in text
    assert at is None


def test_a_moment_in_a_sentence_is_still_marked_for_the_zone_of_its_reader() -> None:
    assert AT_NINE in [at for _, at in parts_of(LeadParked(due_at=AT_NINE))]
