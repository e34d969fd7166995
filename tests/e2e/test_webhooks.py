"""Marketing tools' webhooks on the deployed stack: from the signature to the handoff."""

import json
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hubspot.utils.signature import Signature
from standardwebhooks.webhooks import Webhook

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.webhooks.webhook_sources import SOURCES
from tests.e2e.at_work import SAM, AtWork, View, problem, read
from tests.e2e.signals import somewhere
from tests.e2e.webhooks import post, standard
from tests.senders import recorded_on
from tools.agreement import agreement_for_now

ASKS, LISTED = "consultation", "target_account"
HANDED_OVER = {
    "standard": ("standard.json", "priya.raman@example.co.uk", LISTED),
    "hubspot": ("hubspot-workflow.json", "luis.ortega@example.org", ASKS),
    "typeform": ("typeform.json", "nora.lind@example.net", ASKS),
    "calendly": ("calendly.json", "marta.vega@example.com", ASKS),
    "segment": ("segment.json", "tom.becker@example.org", ASKS),
    "customerio": ("customerio.json", "ines.costa@example.com", LISTED),
    "mailchimp": ("mailchimp.urlencoded", "jonas.berg@example.com", LISTED),
    "marketo": ("marketo.json", "lucia.romano@example.it", LISTED),
    "mautic": ("mautic.json", "petr.novak@example.cz", LISTED),
}
"""For each tool a recorded payload, who it is about, and why they are handed over to sales: because they ask for a
person, or because their company is on the list of target accounts."""
MOST_PROBES = 10
"""Within the time of so many probes a warm webhook is answered."""


def about(name: str, person: str, email: str) -> bytes:
    """A recorded payload of today, about somebody else."""
    body = recorded_on(name, datetime.now(UTC))
    return body.replace(person.encode(), email.encode()).replace(person.replace("@", "%40").encode(), email.encode())


@pytest.mark.parametrize("source", SOURCES)
def test_a_signed_webhook_of_each_tool_hands_its_lead_over(baton: AtWork, source: str) -> None:
    name, person, trigger = HANDED_OVER[source]
    domain = somewhere()
    email = f"anna@{domain}"
    if trigger == LISTED:
        read(baton.admin.put(f"/accounts/{domain}", json={"owner": SAM}))
    body = about(name, person, email)
    problem(post(baton, source, body, secret="whsec_d3Jvbmc=" if source == "standard" else "wrong"), 401)
    assert not baton.is_known(email)

    answer = post(baton, source, body, id_="msg_recorded")

    assert answer.status_code == 202, answer.text
    assert (answer.json()["repeated"], answer.json()["quarantined"]) == (0, 0)
    lead = baton.lead(baton.lead_id(email))
    assert (lead["status"], lead["handoff"]["trigger"]) == ("with_sales", trigger)
    baton.alert(lead)
    by = {event["by"] for event in baton.timeline(lead["lead_id"])}
    assert by & {f"webhooks:{source}", "webhooks:standard:webinars"}
    again = read(post(baton, source, body, id_="msg_recorded"))
    assert (again["accepted"], again["repeated"]) == (0, answer.json()["accepted"])
    assert baton.unchanged(lead)


def by_standard_webhooks(key: str, body: str, _url: str) -> dict[str, str]:
    id_, now = f"msg_{uuid.uuid4().hex}", datetime.now(UTC)
    signature = Webhook(key).sign(msg_id=id_, timestamp=now, data=body)
    return {"webhook-id": id_, "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}


def by_hubspot(key: str, body: str, url: str) -> dict[str, str]:
    at = str(int(datetime.now(UTC).timestamp() * 1000))
    signature = Signature.get_signature(key, body, "v3", http_uri=url, http_method="POST", timestamp=at)
    return {"x-hubspot-request-timestamp": at, "x-hubspot-signature-v3": signature}


@pytest.mark.parametrize(("source", "signed"), [("standard", by_standard_webhooks), ("hubspot", by_hubspot)])
def test_a_webhook_signed_by_its_vendors_own_library_is_taken(
    baton: AtWork, source: str, signed: Callable[[str, str, str], dict[str, str]]
) -> None:
    name, person, _ = HANDED_OVER[source]
    email = f"anna@{somewhere()}"
    body, url = about(name, person, email).decode(), f"{baton.stack.api_url}/webhooks/{source}"
    headers = {"Content-Type": "application/json", **signed(baton.stack.webhook_secrets[source], body, url)}

    assert baton.stranger.post(url, content=f"{body} ", headers=headers).status_code == 401
    assert baton.stranger.post(url, content=body, headers=headers).status_code == 202
    assert baton.is_known(email)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_probe_of_each_known_webhook_source_is_answered(baton: AtWork, method: str) -> None:
    for source in SOURCES:
        assert baton.stranger.request(method, f"/webhooks/{source}", params={"secret": "?"}).status_code == 200
    assert baton.stranger.request(method, "/webhooks/salesforce").status_code == 404


def test_a_quarantined_webhook_is_replayed_once_the_agreement_explains_its_fields(baton: AtWork) -> None:
    email = f"anna@{somewhere()}"
    body = standard("call_me", mail_of_theirs=email)
    nothing = {"accepted": 0, "repeated": 0, "let_go": 0, "waiting": 0}
    assert read(post(baton, "standard", body)) == nothing | {"quarantined": 1}
    mended = packaged_text() + "\n  standard: {events: {call_me: consultation}, fields: {mail of theirs: email}}\n"
    with agreement_for_now(baton.session, baton.outputs["TableName"], mended):
        assert replay(baton)["replayed"] >= 1
    lead = baton.lead(baton.lead_id(email))
    assert lead["handoff"]["trigger"] == ASKS
    assert replay(baton)["replayed"] == 0


def replay(baton: AtWork) -> View:
    arn, client = baton.outputs["ReplayQuarantineFunctionArn"], baton.session.client("lambda")
    answer = client.invoke(FunctionName=arn, Payload=json.dumps({"source": "standard"}).encode())
    assert "FunctionError" not in answer
    said: View = json.loads(answer["Payload"].read())
    return said


def test_a_warm_webhook_is_answered_little_slower_than_a_probe(baton: AtWork) -> None:
    """Both go through the gateway to the same warm function; a probe reads and writes nothing."""
    email, url = f"anna@{somewhere()}", f"{baton.stack.api_url}/webhooks/standard"
    taken, probes = list[float](), list[float]()
    for _ in range(101):
        begun = time.monotonic()
        assert read(post(baton, "standard", standard("page_visited", email=email)))["accepted"] == 1
        between = time.monotonic()
        assert baton.stranger.get(url).status_code == 200
        taken.append(between - begun)
        probes.append(time.monotonic() - between)
    warm, probe = statistics.median(taken[1:]), statistics.median(probes[1:])
    print(f"warm webhooks: median {warm:.3f} s, probes {probe:.3f} s, slowest of 100 {max(taken[1:]):.3f} s")
    assert warm < MOST_PROBES * probe
