"""Runs when an administrator asked for it, or by hand: what failed for good goes on its way again."""

from typing import Any

from baton.aws.failures.failure_log import FailureLog
from baton.aws.failures.redrive import Redrive
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store

redriving, log = Redrive.from_environment(), FailureLog(Store.from_environment())


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Empties one `queue` as far as time allows; if the answer has `more`, invoke it again."""
    queue = str(event.get("detail", event)["queue"])
    done = redriving.redrive(queue)
    log.note_redriven(queue, done.told(), utc_now())
    return done.told()
