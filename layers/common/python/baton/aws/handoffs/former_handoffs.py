"""The handoff of an old link, whose lead was handed over anew since."""

from baton.aws.table.keys import handoff_keys
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead


def former_handoff(store: Store, handoff_id: str, lead: Lead) -> Handoff | None:
    """Reads a handoff of a lead; None if it is the one that the lead has now, or none is stored."""
    if lead.handoff is None or lead.handoff.handoff_id == handoff_id:
        return None
    key = handoff_keys.handoff(handoff_id)
    found = store.dynamodb.get_item(TableName=store.table, Key=key, ConsistentRead=True)
    body = found.get("Item", {}).get("body")
    return Handoff.model_validate_json(unpacked(body)) if body else None
