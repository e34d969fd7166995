"""Runs when a timer ends: puts an agreement into force on the day that both departments signed for."""

from typing import Any

from baton.aws.agreement.enactment import Enactment
from baton.aws.runtime.utc_clock import utc_now

enacting = Enactment.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Puts a version into force; `{"in_force": false}` says that another version was signed after it."""
    version = int(event["agreement_version"])
    return {"agreement_version": version, "in_force": enacting.enact(version, utc_now())}
