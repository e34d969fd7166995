"""What was agreed of kinds of signals is read once, also by several readers at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from baton.aws.table.store import Store
from baton.aws.trials.kinds_then import KindsThen
from baton.domain.scoring.agreed_kinds import AgreedKinds
from tests.unit.given import AGREEMENT, IN_FORCE, NOW

READERS = 8


class Versions:
    """A table with one version of the agreement, which takes a while to answer."""

    def __init__(self) -> None:
        self.calls = 0

    def query(self, **_asked: Any) -> Any:
        self.calls += 1
        time.sleep(0.05)
        return {"Items": [{"body": {"S": IN_FORCE.model_dump_json()}}]}


def test_versions_of_the_agreement_are_read_once_by_all_who_read_leads_at_the_same_time() -> None:
    table = Versions()
    kinds = KindsThen(Store(table, "table"))  # type: ignore[arg-type]
    with ThreadPoolExecutor(READERS) as readers:
        found = list(readers.map(kinds.at, [NOW] * READERS))
    assert (table.calls, found) == (1, [AgreedKinds.of(AGREEMENT.rules)] * READERS)
