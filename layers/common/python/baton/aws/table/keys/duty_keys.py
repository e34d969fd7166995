"""Keys of a duty of marketing towards a lead, and its places in both indexes."""

from baton.aws.table.keys.handoff_keys import due_rank, worklist
from baton.aws.table.keys.item_key import Key, key
from baton.aws.table.keys.lead_keys import Kind, lead_partition
from baton.aws.table.keys.report_keys import Reported, report_index
from baton.domain.leads.duty import Duty

DUTIES = f"{Kind.DUTY}#"


def duty(duty_id: str) -> Key:
    """Returns the key of a duty; its id is the lead's id and a number, `9f…-D001`."""
    lead_id, _, number = duty_id.rpartition("-D")
    return key(lead_partition(lead_id), f"{DUTIES}{number}")


def duty_indexes(duty: Duty) -> Key:
    """Returns a duty's places: in index 1, while it is open, marketing's worklist by due time; in index 2 its month."""
    month = report_index(Reported.DUTIES, duty.opened_at, duty.duty_id)
    if not duty.is_open:
        return month
    return month | {
        "gsi1pk": {"S": worklist(duty.team)},
        "gsi1sk": {"S": f"{due_rank([duty.clock])}#{duty.duty_id}"},
    }
