"""Checks that make the functions that merge and unmerge leads, or choose an address, use every permission of theirs."""

import uuid
from typing import TYPE_CHECKING

from tests.e2e.at_work import read

SOME = {need: {"value": "yes", "met": True} for need in ("budget", "authority", "need")}

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack


def _nurtured(running: "RunningStack") -> tuple[str, str]:
    """Somebody of whom nothing is known, by address and id."""
    email = f"{uuid.uuid4().hex[:12]}@example.org"
    return email, running.baton.download(email)


def merge_leads(running: "RunningStack") -> None:
    """What was known of either was not enough for sales."""
    (_, one), (_, other) = _nurtured(running), _nurtured(running)
    read(running.baton.admin.patch(f"/leads/{one}", json={"bant": SOME}))
    read(running.baton.admin.patch(f"/leads/{other}", json={"bant": {"timeline": {"value": "now", "met": True}}}))
    merged = read(running.baton.admin.post(f"/leads/{one}/merge", json={"other": other}))
    assert merged["handoff"]["trigger"] == "sql"


def unmerge_lead(running: "RunningStack") -> None:
    """What was told meanwhile is enough for sales, to which the lead that stayed had gone already."""
    one, (email, other) = running.baton.ask()["lead_id"], _nurtured(running)
    read(running.baton.admin.patch(f"/leads/{other}", json={"bant": SOME}))
    read(running.baton.admin.post(f"/leads/{one}/merge", json={"other": other}))
    told = {"message_id": uuid.uuid4().hex, "email": email, "kind": "told", "properties": {"timeline": "now"}}
    assert read(running.baton.admin.post("/signals", json={"signals": [told]}))["accepted"] == 1
    restored = read(running.baton.admin.post(f"/leads/{other}/unmerge"))
    assert (restored["lead_id"], restored["handoff"]["trigger"]) == (other, "sql")


def choose_address(running: "RunningStack") -> None:
    """The address belongs to a lead of whom the rest is known that sales needs."""
    (_, one), (email, other) = _nurtured(running), _nurtured(running)
    read(running.baton.admin.patch(f"/leads/{one}", json={"bant": SOME}))
    read(running.baton.admin.patch(f"/leads/{other}", json={"bant": {"timeline": {"value": "now", "met": True}}}))
    written_to = read(running.baton.admin.put(f"/leads/{one}/address", json={"email": email}))
    assert (written_to["email"], written_to["handoff"]["trigger"]) == (email, "sql")
