"""What the functions of webhooks do with all that their roles allow."""

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import intake_keys
from tests.e2e.at_work import read
from tests.senders import sent
from tools.agreement import agreement_for_now

if TYPE_CHECKING:
    from tests.iam.checks import Office

UNDERSTOOD = packaged_text().replace("fields: {lifecyclestage", "fields: {their_mail: email, lifecyclestage", 1)
UNDERSTOOD += "\n  standard: {fields: {their_mail: email}}\n"


def receive_webhook(office: "Office") -> None:
    """One who asks for a person, of a company on the list; what was before, later; one of no company; and nonsense."""
    from tests.iam.checks import count_under_another_version, on_the_list  # noqa: PLC0415

    email = f"anna@{on_the_list(office)}"
    assert read(post(office, "demo_requested", email=email))["accepted"] == 1
    lead_id = office.baton.lead_id(email)
    assert office.baton.lead(lead_id)["handoff"]["owner"]
    count_under_another_version(office, lead_id)
    assert read(post(office, "page_visited", email=email, at="2026-01-01T00:00:00Z"))["accepted"] == 1
    assert read(post(office, "page_visited", email=f"{uuid.uuid4().hex}@gmail.com"))["accepted"] == 1
    assert read(post(office, "page_visited", email="?"))["quarantined"] == 1
    contact = uuid.uuid4().int % 10**9
    assert read(_change(office, contact, "email", email))["accepted"] == 1
    assert read(_change(office, contact, "city", "Ghent"))["accepted"] == 1


def replay_quarantine(office: "Office") -> None:
    """All were meant to ask for a person: one is known, one of a company on the list, one of no company."""
    from tests.iam.checks import count_under_another_version, on_the_list, somewhere_new  # noqa: PLC0415

    for source in ("standard", "hubspot"):
        _forget(office, source)
    known = f"anna@{somewhere_new()}"
    assert read(post(office, "page_visited", email=known))["accepted"] == 1
    count_under_another_version(office, office.baton.lead_id(known))
    people = [known, f"anna@{on_the_list(office)}", f"{uuid.uuid4().hex}@gmail.com"]
    for email in people:
        assert read(post(office, "demo_requested", their_mail=email))["quarantined"] == 1
    with agreement_for_now(office.baton.session, office.baton.outputs["TableName"], UNDERSTOOD):
        said = office.invoke("ReplayQuarantineFunction", {"source": "standard"})
    assert said == {"replayed": len(people), "still_quarantined": 0}, said
    assert all(office.baton.lead(office.baton.lead_id(email))["handoff"]["owner"] for email in people)
    _known_by_an_id(office)


def _known_by_an_id(office: "Office") -> None:
    """Two contacts change before anybody knows whose they are; of one the address comes, of one it was there."""
    contact, email = uuid.uuid4().int % 10**9, f"{uuid.uuid4().hex}@gmail.com"
    assert read(_change(office, contact, "city", "Ghent"))["quarantined"] == 1
    assert read(_change(office, contact, "email", email))["accepted"] == 1
    assert read(_change(office, contact + 1, "their_mail", f"{uuid.uuid4().hex}@gmail.com"))["quarantined"] == 1
    with agreement_for_now(office.baton.session, office.baton.outputs["TableName"], UNDERSTOOD):
        said = office.invoke("ReplayQuarantineFunction", {"source": "hubspot"})
    assert said == {"replayed": 2, "still_quarantined": 0}, said


def _change(office: "Office", contact: int, name: str, value: str) -> httpx.Response:
    event = {"subscriptionType": "contact.propertyChange", "objectId": contact, "eventId": uuid.uuid4().hex}
    body = json.dumps([{**event, "propertyName": name, "propertyValue": value}]).encode()
    url, secret = f"{office.baton.stack.api_url}/webhooks/hubspot", office.baton.stack.webhook_secrets["hubspot"]
    one = sent("hubspot", body, datetime.now(UTC), secret=secret, url=url)
    return office.baton.stranger.post("/webhooks/hubspot", content=one.body, headers=one.headers)


def post(office: "Office", kind: str, **data: Any) -> httpx.Response:
    """Tell something as a tool that signs by Standard Webhooks does."""
    body = json.dumps({"type": kind, "data": data}).encode()
    secret = office.baton.stack.webhook_secrets["standard"]
    one = sent("standard", body, datetime.now(UTC), secret=secret, id_=f"msg_{uuid.uuid4().hex}")
    return office.baton.stranger.post("/webhooks/standard", content=one.body, headers=one.headers)


def _forget(office: "Office", source: str) -> None:
    """Take away what other checks left there."""
    table, name = office.baton.session.client("dynamodb"), office.baton.outputs["TableName"]
    values: Any = {":source": {"S": intake_keys.quarantine(source)}}
    found = table.query(TableName=name, KeyConditionExpression="pk = :source", ExpressionAttributeValues=values)
    for item in found["Items"]:
        table.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
