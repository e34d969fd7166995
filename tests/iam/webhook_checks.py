"""Checks that make the functions of webhooks use every permission of their roles."""

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import intake_keys
from tests.e2e.at_work import read
from tests.iam.listed_companies import on_the_list, somewhere_new
from tests.senders import sent
from tools.agreement import agreement_for_now

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack

UNDERSTOOD = packaged_text().replace(
    "events: {Request a consultation:", "events: {contact.told: contact_updated, Request a consultation:", 1
)
UNDERSTOOD += "\n  standard: {fields: {their_mail: email}}\n"


def receive_webhook(running: "RunningStack") -> None:
    """One who asks for a person, of a company on the list; what was before, later; one of no company; and nonsense."""
    from tests.iam.checks import count_under_another_version  # noqa: PLC0415

    email = f"anna@{on_the_list(running)}"
    assert read(post(running, "demo_requested", email=email))["accepted"] == 1
    lead_id = running.baton.lead_id(email)
    assert running.baton.lead(lead_id)["handoff"]["owner"]
    count_under_another_version(running, lead_id)
    assert read(post(running, "page_visited", email=email, at="2026-01-01T00:00:00Z"))["accepted"] == 1
    assert read(post(running, "page_visited", email=f"{uuid.uuid4().hex}@gmail.com"))["accepted"] == 1
    assert read(post(running, "page_visited", email="?"))["quarantined"] == 1
    contact = uuid.uuid4().int % 10**9
    assert read(_change(running, contact, "email", email))["accepted"] == 1
    assert read(_change(running, contact, "city", "Ghent"))["accepted"] == 1
    assert read(_change(running, contact + 1, "city", "Ghent"))["waiting"] == 1
    assert read(_change(running, contact + 1, "email", f"{uuid.uuid4().hex}@gmail.com"))["accepted"] == 1
    with running.setting("ReceiveWebhookFunction", AS_NEW=uuid.uuid4().hex):  # one that has noted no tool yet
        assert read(post(running, "page_visited", email=f"{uuid.uuid4().hex}@gmail.com"))["accepted"] == 1


def list_tools(running: "RunningStack") -> None:
    """All tools, the quarantine of one, and a delivery in it."""
    assert read(post(running, "page_visited", email="?"))["quarantined"] == 1
    assert read(running.baton.admin.get("/tools"))["tools"]
    path = "/tools/standard/quarantine"
    kept = read(running.baton.admin.get(path))["deliveries"][0]
    assert read(running.baton.admin.get(f"{path}/{kept['delivery_id']}"))["body"]


def replay_quarantine(running: "RunningStack") -> None:
    """All were meant to ask for a person: one is known, one of a company on the list, one of no company."""
    from tests.iam.checks import count_under_another_version  # noqa: PLC0415

    for source in ("standard", "hubspot"):
        _forget(running, source)
    known = f"anna@{somewhere_new()}"
    assert read(post(running, "page_visited", email=known))["accepted"] == 1
    count_under_another_version(running, running.baton.lead_id(known))
    people = [known, f"anna@{on_the_list(running)}", f"{uuid.uuid4().hex}@gmail.com"]
    for email in people:
        assert read(post(running, "demo_requested", their_mail=email))["quarantined"] == 1
    with agreement_for_now(running.baton.session, running.baton.outputs["TableName"], UNDERSTOOD):
        said = running.invoke("ReplayQuarantineFunction", {"source": "standard"})
    assert said == {"replayed": len(people), "still_quarantined": 0}, said
    assert all(running.baton.lead(running.baton.lead_id(email))["handoff"]["owner"] for email in people)
    _known_by_an_id(running)
    assert read(post(running, "page_visited", email="?"))["quarantined"] == 1
    path = "/tools/standard/quarantine"
    [kept] = read(running.baton.admin.get(path))["deliveries"]
    assert read(running.baton.admin.post(f"{path}/{kept['delivery_id']}/replay")) == {"understood": False}


def _known_by_an_id(running: "RunningStack") -> None:
    """Three contacts are told of in words nobody knows: one is known, one has told other things, one is nobody yet."""
    known, unknown, nobody = (uuid.uuid4().int % 10**9 + place for place in range(3))
    told = "contact.told"
    assert read(_change(running, known, "email", f"{uuid.uuid4().hex}@gmail.com"))["accepted"] == 1
    assert read(_change(running, unknown, "city", "Ghent"))["waiting"] == 1
    for contact, name, value in (
        (known, "city", "Ghent"),
        (unknown, "email", f"{uuid.uuid4().hex}@gmail.com"),
        (nobody, "city", "Lyon"),
    ):
        assert read(_change(running, contact, name, value, told))["quarantined"] == 1
    with agreement_for_now(running.baton.session, running.baton.outputs["TableName"], UNDERSTOOD):
        said = running.invoke("ReplayQuarantineFunction", {"source": "hubspot"})
    assert said == {"replayed": 3, "still_quarantined": 0}, said


def _change(
    running: "RunningStack", contact: int, name: str, value: str, about: str = "contact.propertyChange"
) -> httpx.Response:
    event = {"subscriptionType": about, "objectId": contact, "eventId": uuid.uuid4().hex}
    body = json.dumps([{**event, "propertyName": name, "propertyValue": value}]).encode()
    url, secret = f"{running.baton.stack.api_url}/webhooks/hubspot", running.baton.stack.webhook_secrets["hubspot"]
    one = sent("hubspot", body, datetime.now(UTC), secret=secret, url=url)
    return running.baton.stranger.post("/webhooks/hubspot", content=one.body, headers=one.headers)


def post(running: "RunningStack", kind: str, **data: Any) -> httpx.Response:
    """Tell something as a tool that signs by Standard Webhooks does."""
    body = json.dumps({"type": kind, "data": data}).encode()
    secret = running.baton.stack.webhook_secrets["standard"]
    one = sent("standard", body, datetime.now(UTC), secret=secret, id_=f"msg_{uuid.uuid4().hex}")
    return running.baton.stranger.post("/webhooks/standard", content=one.body, headers=one.headers)


def _forget(running: "RunningStack", source: str) -> None:
    """Take away what other checks left there."""
    table, name = running.baton.session.client("dynamodb"), running.baton.outputs["TableName"]
    values: Any = {":source": {"S": intake_keys.quarantine(source)}}
    found = table.query(TableName=name, KeyConditionExpression="pk = :source", ExpressionAttributeValues=values)
    for item in found["Items"]:
        table.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
