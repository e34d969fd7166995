"""The order in which a queue lists its leads."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from baton.aws.lists.lead_rows import lead_row
from baton.aws.table.keys import lead_keys
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from tests.unit.given import NOW, download, received
from tests.unit.standing import PACKAGED, did, history_of, standing_after


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


def test_leads_that_are_nurtured_come_in_the_order_of_the_engagement_that_their_rows_show() -> None:
    chance = random.Random(11)
    kinds = ["page_visited", "email_clicked", "webinar_attended", "survey"]
    for days_later in (0, 1, 13, 200):
        at, rows = NOW + timedelta(days=days_later), []
        for _ in range(40):
            done = sorted(chance.uniform(0, 120) for _ in range(chance.randint(1, 4)))
            change = history_of(*(did(chance.choice(kinds), days) for days in reversed(done)))
            then = standing_after(change, at=at)
            known = then.lead.model_copy(update={"tally": then.tally.as_data(), "status": Status.NURTURING})
            shown = lead_row(known, PACKAGED, at)["score"]["engagement"]
            if shown < PACKAGED.engagement_limits[1] / 100:
                rows.append((rank(known), shown))
        listed = [shown for _, shown in sorted(rows)]
        assert all(later <= earlier * 1.03 + 0.05 for earlier, later in pairwise(listed))
        assert len(set(listed)) > 10
