"""What reports count in a month is in several lists of index 2, and is read as if it were in one."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from baton.aws.table.keys import report_keys
from baton.aws.table.keys.report_keys import MONTH_SHARDS, Reported, report_index
from baton.domain.events.recorded import event_id_of
from baton.domain.reports.rows.span import Span
from tests.unit.reports.table import Table

BEGUN = datetime(2026, 11, 3, tzinfo=UTC)


def _kept(table: Table, moments: list[datetime], *, undivided: bool = False) -> None:
    for number, at in enumerate(moments):
        which = event_id_of(f"lead{number}", number + 1)
        index = report_index(Reported.HANDOFFS, at, which)
        if undivided:
            index["gsi2pk"] = {"S": f"HANDOFFS#{at:%Y-%m}"}
        key = {"pk": {"S": f"{'old' if undivided else 'new'}{number}"}, "sk": {"S": "X"}}
        table.items[key["pk"]["S"], "X"] = key | index | {"figures": {"S": at.isoformat()}}


def test_all_lists_of_a_month_and_what_an_earlier_version_wrote_come_in_order_of_time() -> None:
    for seed in range(20):
        shuffled, table = random.Random(seed), Table()
        moments = [BEGUN + timedelta(minutes=shuffled.randrange(80_000)) for _ in range(60)]
        _kept(table, moments[:40])
        _kept(table, moments[40:], undivided=True)
        span = Span(BEGUN + timedelta(days=1), BEGUN + timedelta(days=40))
        read = list(table.rows._figures(Reported.HANDOFFS, span))
        assert read == sorted(at.isoformat() for at in moments if span.start <= at < span.end)


def test_events_of_many_leads_are_spread_evenly_over_a_months_lists() -> None:
    lists = Counter(
        report_index(Reported.MOVES, BEGUN, event_id_of(f"{number:026d}", 1))["gsi2pk"]["S"] for number in range(4_000)
    )
    assert len(lists) == MONTH_SHARDS
    assert max(lists.values()) < 1.2 * 4_000 / MONTH_SHARDS


def test_an_item_stays_in_its_list_when_it_is_written_again() -> None:
    first, again = (report_index(Reported.DUTIES, BEGUN, "lead-D001") for _ in range(2))
    assert first == again
    assert first["gsi2pk"]["S"] in report_keys.lists_of_month(Reported.DUTIES, "2026-11")
