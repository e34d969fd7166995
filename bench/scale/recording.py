"""What one request really does, as recorded from the handlers: its calls with their keys and units."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class RecordedCall(NamedTuple):
    """One AWS call: units by partition key, and how many events it puts on the bus."""

    operation: str
    writes: Mapping[str, float]
    reads: Mapping[str, float]
    events: int


class RecordedRun(NamedTuple):
    """One run of a function: its processor seconds without waiting, and its calls in order."""

    function: str
    seconds: float
    calls: Sequence[RecordedCall]


class Recorded(NamedTuple):
    """One request with all that followed at once."""

    runs: Sequence[RecordedRun]

    @property
    def events(self) -> int:
        """Returns how many events the request itself left in the table's stream."""
        return sum(call.events for run in self.runs for call in run.calls if run.function == "publish_events")


def read(recorded: Sequence[Any]) -> list[Recorded]:
    """Reads recordings; of the partition keys only those stay that several requests share."""
    found = [
        Recorded([RecordedRun(run[0], run[1], [RecordedCall(*call) for call in run[2]]) for run in runs])
        for runs in recorded
    ]
    used = Counter(key for one in found for key in _keys(one))
    shared = {key for key, times in used.items() if times > 1}
    return [_only(one, shared) for one in found]


def _keys(one: Recorded) -> set[str]:
    return {key for run in one.runs for call in run.calls for key in (*call.writes, *call.reads)}


def _only(one: Recorded, shared: set[str]) -> Recorded:
    """Gathers the units of what belongs to one lead under one name, which is never hot."""

    def kept(units: Mapping[str, float]) -> dict[str, float]:
        own = sum(number for key, number in units.items() if key not in shared)
        return {key: number for key, number in units.items() if key in shared} | ({OWN: own} if own else {})

    return Recorded(
        [
            RecordedRun(
                run.function,
                run.seconds,
                [call._replace(writes=kept(call.writes), reads=kept(call.reads)) for call in run.calls],
            )
            for run in one.runs
        ]
    )


OWN = "the lead's own keys"
