"""Runs by hand after the table was restored from a backup: erases again the persons erased since that backup."""

from typing import Any

from baton.aws.privacy.erasure_cleanup import ErasureCleanup
from baton.aws.privacy.lead_erasure import LeadErasure
from baton.aws.runtime.utc_clock import utc_now

erasing, cleanup = LeadErasure.from_environment(), ErasureCleanup.from_environment()


def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Erases each lead that the erasure ledger names and the restored table still has; a second run finds none."""
    erased, to_unmerge = erasing.reapply(cleanup, utc_now())
    return {"erased": erased, "to_unmerge": to_unmerge}
