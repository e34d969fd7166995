"""What the functions that make one lead of two, or two of one, do with all that their roles allow."""

import uuid
from typing import TYPE_CHECKING

from tests.e2e.at_work import read

SOME = {need: {"value": "yes", "met": True} for need in ("budget", "authority", "need")}

if TYPE_CHECKING:
    from tests.iam.checks import Office


def _nurtured(office: "Office") -> tuple[str, str]:
    """Somebody of whom nothing is known, by address and id."""
    email = f"{uuid.uuid4().hex[:12]}@example.org"
    return email, office.baton.download(email)


def merge_leads(office: "Office") -> None:
    """What was known of either was not enough for sales."""
    (_, one), (_, other) = _nurtured(office), _nurtured(office)
    read(office.baton.admin.patch(f"/leads/{one}", json={"bant": SOME}))
    read(office.baton.admin.patch(f"/leads/{other}", json={"bant": {"timeline": {"value": "now", "met": True}}}))
    merged = read(office.baton.admin.post(f"/leads/{one}/merge", json={"other": other}))
    assert merged["handoff"]["trigger"] == "sql"


def unmerge_lead(office: "Office") -> None:
    """What was told meanwhile is enough for sales, to which the lead that stayed had gone already."""
    one, (email, other) = office.baton.ask()["lead_id"], _nurtured(office)
    read(office.baton.admin.patch(f"/leads/{other}", json={"bant": SOME}))
    read(office.baton.admin.post(f"/leads/{one}/merge", json={"other": other}))
    told = {"message_id": uuid.uuid4().hex, "email": email, "kind": "told", "properties": {"timeline": "now"}}
    assert read(office.baton.admin.post("/signals", json={"signals": [told]}))["accepted"] == 1
    restored = read(office.baton.admin.post(f"/leads/{other}/unmerge"))
    assert (restored["lead_id"], restored["handoff"]["trigger"]) == (other, "sql")
