"""Runs on the event that a lead was erased: deletes every item that is left of the lead."""

from typing import Any

from baton.aws.privacy.erasure_cleanup import ErasureCleanup

cleanup = ErasureCleanup.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Deletes the items, and returns how many. If it is stopped, the event comes again, and it goes on."""
    return {"deleted": cleanup.delete(event["detail"]["lead_id"])}
