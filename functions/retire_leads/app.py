"""Runs every week: erases the leads whose agreed retention period is over."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.bus import Bus
from baton.aws.privacy.lead_erasure import LeadErasure
from baton.aws.privacy.lead_retirement import LeadRetirement
from baton.aws.runtime.utc_clock import utc_now

erasing, bus = LeadErasure.from_environment(), Bus.from_environment()
retiring = LeadRetirement(Agreements.from_environment(erasing.store), erasing)


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Checks as many leads as time allows, and publishes how far it came; that event starts it again for the rest."""
    now = utc_now()
    done = retiring.go_on(event.get("detail") or {}, now)
    bus.publish_progress(done.type, done.for_the_bus(now))
    return {"looked_at": done.looked_at, "erased": done.erased}
