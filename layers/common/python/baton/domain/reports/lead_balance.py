"""How many leads are where: a balance, carried on from day to day by the moves of leads."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.reports.rows.report_rows import Move

Counts = Mapping[str, int]


class Balance(NamedTuple):
    """How many leads are in each status, and in each stage; what is not named has none."""

    status: Counts
    stage: Counts

    def after(self, moves: Iterable[Move]) -> "Balance":
        """The balance once leads have moved."""
        status, stage = Counter(self.status), Counter(self.stage)
        for move in moves:
            status[move.after.status] += 1
            stage[move.after.stage] += 1
            if move.before:
                status[move.before.status] -= 1
                stage[move.before.stage] -= 1
        return Balance(_without_nothing(status), _without_nothing(stage))

    def written(self) -> str:
        """As the table keeps it."""
        return json.dumps(self._asdict(), separators=(",", ":"))


NO_LEADS = Balance({}, {})


def read_balance(text: str) -> Balance:
    """A balance as the table keeps it."""
    return Balance(**json.loads(text))


def in_order(named: Iterable[str], kind: type[Status] | type[Stage]) -> list[str]:
    """All statuses or stages in the order of the way through the funnel, and whatever else is named after them."""
    return list(dict.fromkeys([*(each.value for each in kind), *sorted(named)]))


def _without_nothing(counts: Counter[str]) -> Counts:
    return {name: count for name, count in sorted(counts.items()) if count}
