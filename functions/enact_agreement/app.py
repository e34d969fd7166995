"""The timer: the day has come from which an agreement that both departments signed shall hold."""

from typing import Any

from baton.aws.agreement.enactment import Enacting
from baton.aws.runtime.utc_clock import utc_now

enacting = Enacting.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Put it into force, unless another one was signed after it: `{"in_force": false}`."""
    version = int(event["agreement_version"])
    return {"agreement_version": version, "in_force": enacting.enact(version, utc_now())}
