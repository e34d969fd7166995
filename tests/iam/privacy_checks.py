"""Checks that make the functions of erasure and export use every permission of their roles."""

import uuid
from typing import TYPE_CHECKING

from baton.aws.table.keys import lead_keys
from tests.e2e.at_work import View, read
from tests.iam.import_checks import is_there, waiting_file
from tests.iam.webhook_checks import post

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack


def export_lead(running: "RunningStack") -> None:
    """Somebody with a history."""
    told = read(running.baton.admin.get(f"/leads/{running.baton.ask()['lead_id']}/export"))
    assert told["history"]


def erase_lead(running: "RunningStack") -> None:
    """Somebody whom sales has; told again, it was done."""
    lead_id = running.baton.ask()["lead_id"]
    for _ in range(2):
        answer = running.baton.admin.delete(f"/leads/{lead_id}")
        assert answer.status_code == 204, answer.text


def taken_for_another(running: "RunningStack") -> str:
    """The id of somebody who was merged with somebody else by mistake."""
    one, email = running.baton.ask()["lead_id"], f"{uuid.uuid4().hex[:12]}@example.org"
    other = running.baton.download(email, anonymous_id=uuid.uuid4().hex)
    read(running.baton.admin.post(f"/leads/{one}/merge", json={"other": other}))
    read(running.baton.admin.post(f"/leads/{other}/unmerge"))
    return other


def named_elsewhere(running: "RunningStack", email: str) -> str:
    """Somebody is named in a delivery that was not understood, and in a list that waits; gives the list's key."""
    assert read(post(running, "page_visited", their_mail=email))["quarantined"] == 1
    return waiting_file(running, email)


def finish_erasure(running: "RunningStack") -> None:
    """What remains of somebody who was erased: a cookie, where they were taken for another, in a list that waits and in
    what was not understood.
    """
    lead = running.baton.lead(taken_for_another(running))
    lead_id, waits = lead["lead_id"], named_elsewhere(running, lead["email"])
    answer = running.baton.admin.delete(f"/leads/{lead_id}")
    assert answer.status_code == 204, answer.text
    running.invoke("FinishErasureFunction", {"detail": {"lead_id": lead_id}})  # as the bus does, but says what fails
    running.patience.until(lambda: not running.item(lead_keys.lead(lead_id)), "the mark to go")
    assert not is_there(running, waits)


def reapply_erasures(running: "RunningStack") -> None:
    """Two whom a backup has brought back: one whom sales had, one with a cookie and taken for somebody else."""
    leads = [running.baton.ask(), running.baton.lead(taken_for_another(running))]
    waits = named_elsewhere(running, leads[0]["email"])
    table = running.baton.session.client("dynamodb")
    for lead in leads:
        entry = {"lead_id": {"S": lead["lead_id"]}, "erased_at": {"S": lead["updated_at"]}, "erased_by": {"S": "ada"}}
        table.put_item(TableName=running.baton.physical_id("ErasureLedger"), Item=entry)
    assert running.invoke("ReapplyErasuresFunction", {})["erased"] >= len(leads)
    assert not any(running.item(lead_keys.lead(lead["lead_id"])) for lead in leads)
    assert not is_there(running, waits)


def retire_leads(running: "RunningStack") -> None:
    """A robot of long ago."""
    email = f"robot.{uuid.uuid4().hex[:8]}@example.org"
    running.baton.send({"email": email, "website": "https://spam.example"})
    lead_id = running.baton.lead_id(email)
    long_ago = "2026-01-01T00:00:00Z"

    def as_of_then(lead: View) -> View:
        return {**lead, "status_since": long_ago, "learned": {}, "tally": None}

    running.rewrite(lead_id, as_of_then, gsi1sk=f"2026-01-01T00:00:00.000Z#{lead_id}")
    assert running.invoke("RetireLeadsFunction", {})["erased"] >= 1
