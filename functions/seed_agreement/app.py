"""Runs at deployment: puts the packaged agreement into force, unless the departments have enacted their own."""

from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.agreement.enactment import seed
from baton.aws.runtime.deployment import answer_deployment
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store

store = Store.from_environment()


@answer_deployment
def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Seeds the agreement when the stack is created or updated; when it is deleted the agreement stays."""
    if event["RequestType"] == "Delete":
        return {}
    return {"Version": seed(store, packaged_text(), read_agreement, utc_now())}
