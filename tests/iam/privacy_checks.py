"""What each function that has to do with privacy does with all that its role allows."""

import json
import uuid
from typing import TYPE_CHECKING

from baton.aws import keys
from tests.e2e.at_work import read, until
from tests.iam.import_checks import is_there, waiting_file

LATE = 20.0

if TYPE_CHECKING:
    from tests.iam.checks import Office


def export_lead(office: "Office") -> None:
    """Somebody with a history."""
    told = read(office.baton.admin.get(f"/leads/{office.baton.ask()['lead_id']}/export"))
    assert told["history"]


def erase_lead(office: "Office") -> None:
    """Somebody whom sales has; told again, it was done."""
    lead_id = office.baton.ask()["lead_id"]
    for _ in range(2):
        answer = office.baton.admin.delete(f"/leads/{lead_id}")
        assert answer.status_code == 204, answer.text


def finish_erasure(office: "Office") -> None:
    """What remains of somebody who was erased, also in a list that waits."""
    lead = office.baton.ask()
    lead_id, waits = lead["lead_id"], waiting_file(office, lead["email"])
    answer = office.baton.admin.delete(f"/leads/{lead_id}")
    assert answer.status_code == 204, answer.text
    until(lambda: not office.item(keys.lead(lead_id)), LATE, "the mark to go")
    assert not is_there(office, waits)


def reapply_erasures(office: "Office") -> None:
    """Somebody whom a backup has brought back."""
    lead = office.baton.ask()
    waits = waiting_file(office, lead["email"])
    entry = {"lead_id": {"S": lead["lead_id"]}, "erased_at": {"S": lead["updated_at"]}, "erased_by": {"S": "ada"}}
    table = office.baton.session.client("dynamodb")
    table.put_item(TableName=office.baton.physical_id("ErasureLedger"), Item=entry)
    assert office.invoke("ReapplyErasuresFunction", {})["erased"] >= 1
    assert not office.item(keys.lead(lead["lead_id"]))
    assert not is_there(office, waits)


def retire_leads(office: "Office") -> None:
    """A robot of long ago."""
    email = f"robot.{uuid.uuid4().hex[:8]}@example.org"
    office.baton.send({"email": email, "website": "https://spam.example"})
    lead_id = office.baton.lead_id(email)
    long_ago = "2026-01-01T00:00:00Z"
    found = office.item(keys.lead(lead_id))
    lead = {**json.loads(found["body"]["S"]), "status_since": long_ago, "learned": {}}
    lead.pop("tally", None)
    office.update(keys.lead(lead_id), body=json.dumps(lead), gsi1sk=f"2026-01-01T00:00:00.000Z#{lead_id}")
    assert office.invoke("RetireLeadsFunction", {})["erased"] >= 1
