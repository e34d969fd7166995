"""The order in which a queue lists its leads."""

from datetime import timedelta

import pytest

from baton.aws.table.keys import lead_keys
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from tests.unit.given import NOW, download, received


def lead(warmth: float | None, status: Status = Status.NURTURING, minutes: int = 0) -> Lead:
    tally = None if warmth is None else {"warmth": warmth}
    since = NOW + timedelta(minutes=minutes)
    return received(download()).model_copy(update={"tally": tally, "status": status, "status_since": since})


def rank(of: Lead) -> str:
    return lead_keys.queue_of(of)["gsi1sk"]["S"]


@pytest.mark.parametrize("half_life_seconds", [1, 3600, 30 * 86_400, 360 * 86_400])
def test_the_warmest_nurtured_leads_come_first_for_any_half_life(half_life_seconds: int) -> None:
    now = NOW.timestamp() / half_life_seconds
    warmths = [now + 12, now + 3.5, now, 7.0, 0.0]
    ranks = [rank(lead(warmth)) for warmth in warmths]
    assert ranks == sorted(ranks)
    assert rank(lead(None)) == ranks[-1]


def test_the_earliest_leads_of_any_other_status_come_first() -> None:
    first, later = lead(0.0, Status.IN_REVIEW), lead(99.0, Status.IN_REVIEW, minutes=1)
    assert rank(first) < rank(later)
