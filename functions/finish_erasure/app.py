"""The bus: a lead was erased; whatever is left of it is deleted."""

from typing import Any

from baton.aws.privacy.erasure_cleanup import ErasureCleanup

remains = ErasureCleanup.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Delete it all; stopped, the event comes again, and it goes on."""
    return {"deleted": remains.delete(event["detail"]["lead_id"])}
