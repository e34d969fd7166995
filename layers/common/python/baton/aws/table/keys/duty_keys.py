"""Keys of a duty of marketing's, and its places in both indexes."""

from baton.aws.table.keys.handoff_keys import rank_of, worklist
from baton.aws.table.keys.item_key import Key, key
from baton.aws.table.keys.lead_keys import lead_partition
from baton.aws.table.keys.report_keys import happened
from baton.domain.leads.duty import Duty

DUTIES = "DUTY#"


def duty(duty_id: str) -> Key:
    """One duty of marketing's towards a lead."""
    lead_id, _, number = duty_id.rpartition("-D")
    return key(lead_partition(lead_id), f"{DUTIES}{number}")


def duty_index(duty: Duty) -> Key:
    """Index 1 (the desk of marketing's team, by what is due first) while it is open; index 2 (its month) always."""
    month = happened("DUTIES", duty.opened_at, duty.duty_id)
    if not duty.is_open:
        return month
    return month | {
        "gsi1pk": {"S": worklist(duty.team)},
        "gsi1sk": {"S": f"{rank_of(duty.clock.due_at)}#{duty.duty_id}"},
    }
