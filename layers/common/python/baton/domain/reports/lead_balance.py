"""The balance of leads: how many are in each status and stage, carried on from day to day by moves."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.reports.rows.report_rows import Move

Counts = Mapping[str, int]


class Balance(NamedTuple):
    """The number of leads in each status and in each stage; a name that is missing has none."""

    status: Counts
    stage: Counts

    def after(self, moves: Iterable[Move]) -> "Balance":
        """Returns the balance after these moves."""
        status, stage = Counter(self.status), Counter(self.stage)
        for move in moves:
            status[move.after.status] += 1
            stage[move.after.stage] += 1
            if move.before:
                status[move.before.status] -= 1
                stage[move.before.stage] -= 1
        return Balance(_without_nothing(status), _without_nothing(stage))

    def written(self) -> str:
        """Returns the balance as JSON, as the table stores it."""
        return json.dumps(self._asdict(), separators=(",", ":"))


NO_LEADS = Balance({}, {})


def read_balance(text: str) -> Balance:
    """Reads a balance as the table stores it."""
    return Balance(**json.loads(text))


def in_order(named: Iterable[str], kind: type[Status] | type[Stage]) -> list[str]:
    """Returns all statuses or stages in the order of the funnel, then other names."""
    return list(dict.fromkeys([*(each.value for each in kind), *sorted(named)]))


def _without_nothing(counts: Counter[str]) -> Counts:
    return {name: count for name, count in sorted(counts.items()) if count}
