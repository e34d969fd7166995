"""Exceptions of reads and writes of the table, and what each asks of the caller."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from baton.aws.table.form_limits import Ceiling

_CONDITION = "ConditionalCheckFailed"
_IN_THE_WAY = frozenset({"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Reasons for which a transaction was cancelled that may be gone in a moment."""


class NotFound(Exception):
    """The item does not exist; HTTP 404."""


class NoAgreement(RuntimeError):
    """The table holds no agreement; deploying the stack stores the packaged one."""


class Conflict(Exception):
    """Another write came between read and save. Read, decide and save again (`retry_on_conflict` does)."""


class ConditionFailed(Conflict):
    """A condition of the writes does not hold, so that the same writes would fail again."""


class Contended(Exception):
    """Every retry conflicted with another write. Nothing was saved; HTTP 503, send the request again."""


class Repeated(Exception):
    """Some messages were processed before, and nothing was saved; `which` are their positions among those passed."""

    def __init__(self, which: Sequence[int] = (0,)) -> None:
        self.which = tuple(which)
        super().__init__("dealt with before")


class TooMany(Exception):
    """A rate limit was reached, and nothing was saved; `until` is when the limit's period ends."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("as many as are taken came before")

    def seconds_from(self, now: datetime) -> int:
        """Returns the whole seconds until the limit's period ends; at least 1."""
        return max(1, ceil((self.until - now).total_seconds()))


def why_cancelled(response: Any, marks: int = 0, ceilings: "Sequence[Ceiling]" = ()) -> Exception:
    """Returns what a cancelled transaction means; its first `marks` writes are repeat marks, the `ceilings` follow."""
    codes: Sequence[str] = [reason.get("Code", "None") for reason in response.get("CancellationReasons", [])]
    if repeated := [place for place, code in enumerate(codes[:marks]) if code == _CONDITION]:
        return Repeated(repeated)
    counted = zip(ceilings, codes[marks:], strict=False)
    if reached := [each.until for each, code in counted if code == _CONDITION]:
        return TooMany(max(reached))
    if unknown := sorted(set(codes) - _IN_THE_WAY - {_CONDITION}):
        return RuntimeError(f"the transaction cannot be saved: {unknown}")
    return ConditionFailed() if _CONDITION in codes else Conflict()
