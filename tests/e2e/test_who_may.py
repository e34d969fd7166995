"""Who may call what: each cell of docs/who-may.md, on the deployed stack."""

import base64
import json
import re
import time
from collections.abc import Callable, Mapping

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.e2e.at_work import AtWork, problem
from tests.e2e.conftest import Deployed
from tools import http_retries, website
from tools.openapi.who_may import CALLERS, MACHINE, NO_GROUP, NOBODY, calls

NO_LEAD, NO_HANDOFF, NO_DRAFT = "a" * 24, f"{'a' * 24}-001", "0" * 16
LEAD, HANDOFF, DRAFTS = f"/leads/{NO_LEAD}", f"/handoffs/{NO_HANDOFF}", "/agreement/drafts"
SALES, MARKETING = "{team} of sales", "{team} of marketing"

PROBES: Mapping[tuple[str, ...], tuple[str, int]] = {
    ("GET", "/leads"): ("/leads?queue=none", 422),
    ("GET", "/me"): ("/me", 200),
    ("GET", "/counts"): ("/counts", 200),
    ("GET", "/leads/{lead_id}"): (LEAD, 404),
    ("GET", "/leads/{lead_id}/handoffs"): (f"{LEAD}/handoffs", 404),
    ("GET", "/handoffs/{handoff_id}"): (HANDOFF, 404),
    ("GET", "/leads/{lead_id}/timeline"): (f"{LEAD}/timeline", 404),
    ("GET", "/leads/{lead_id}/export"): (f"{LEAD}/export", 404),
    ("PATCH", "/leads/{lead_id}"): (LEAD, 404),
    ("DELETE", "/leads/{lead_id}"): (LEAD, 404),
    ("POST", "/leads/{lead_id}/review"): (f"{LEAD}/review", 422),
    ("POST", "/reviews"): ("/reviews", 422),
    ("POST", "/leads/{lead_id}/review/claim"): (f"{LEAD}/review/claim", 404),
    ("POST", "/leads/{lead_id}/release-from-spam"): (f"{LEAD}/release-from-spam", 404),
    ("POST", "/leads/{lead_id}/merge"): (f"{LEAD}/merge", 422),
    ("POST", "/leads/{lead_id}/notes"): (f"{LEAD}/notes", 422),
    ("POST", "/leads/{lead_id}/unmerge"): (f"{LEAD}/unmerge", 404),
    ("PUT", "/leads/{lead_id}/address"): (f"{LEAD}/address", 422),
    ("POST", "/leads/{lead_id}/handoff"): (f"{LEAD}/handoff", 422),
    ("POST", "/leads/{lead_id}/hold"): (f"{LEAD}/hold", 422),
    ("DELETE", "/leads/{lead_id}/hold"): (f"{LEAD}/hold", 404),
    ("POST", "/imports"): ("/imports", 422),
    ("GET", "/imports"): ("/imports?limit=0", 422),
    ("GET", "/imports/{import_id}"): (f"/imports/{'0' * 24}", 404),
    ("POST", "/signals"): ("/signals", 400),
    ("POST", "/machines/signals"): ("/machines/signals", 400),
    ("POST", "/handoffs/{handoff_id}/accept"): (f"{HANDOFF}/accept", 404),
    ("POST", "/handoffs/{handoff_id}/contact"): (f"{HANDOFF}/contact", 422),
    ("POST", "/handoffs/{handoff_id}/reassign"): (f"{HANDOFF}/reassign", 422),
    ("POST", "/handoffs/{handoff_id}/return"): (f"{HANDOFF}/return", 422),
    ("POST", "/handoffs/{handoff_id}/close"): (f"{HANDOFF}/close", 422),
    ("POST", "/handoffs/{handoff_id}/rating"): (f"{HANDOFF}/rating", 422),
    ("GET", "/agreement"): ("/agreement", 200),
    ("GET", "/agreement/versions/{version}"): ("/agreement/versions/0", 404),
    ("GET", "/agreement/versions"): ("/agreement/versions?cursor=x", 422),
    ("GET", "/agreement/differences"): ("/agreement/differences?from=0", 404),
    ("POST", "/agreement/check"): ("/agreement/check", 422),
    ("POST", "/agreement/trial"): ("/agreement/trial", 422),
    ("DELETE", "/agreement/drafts/{draft_id}"): (f"{DRAFTS}/{NO_DRAFT}", 404),
    ("POST", "/agreement/proposals"): ("/agreement/proposals", 422),
    ("GET", "/agreement/proposals/{proposal_id}"): ("/agreement/proposals/0123456789abcdef", 404),
    ("GET", "/agreement/drafts"): (f"{DRAFTS}?cursor=x", 422),
    ("POST", "/agreement/drafts"): (DRAFTS, 422),
    ("GET", "/agreement/drafts/{draft_id}"): (f"{DRAFTS}/{NO_DRAFT}", 404),
    ("PUT", "/agreement/drafts/{draft_id}"): (f"{DRAFTS}/{NO_DRAFT}", 422),
    ("GET", "/agreement/drafts/{draft_id}/trial"): (f"{DRAFTS}/{NO_DRAFT}/trial", 404),
    ("POST", "/agreement/drafts/{draft_id}/trial"): (f"{DRAFTS}/{NO_DRAFT}/trial", 422),
    ("POST", "/agreement/drafts/{draft_id}/signatures"): (f"{DRAFTS}/{NO_DRAFT}/signatures", 404),
    ("GET", "/teams"): ("/teams", 200),
    ("GET", "/teams/{team}/reps"): ("/teams/sales/reps", 200),
    ("GET", "/teams/{team}/reps/{email}"): ("/teams/sales/reps/nobody@nowhere.example", 404),
    ("PUT", "/teams/{team}/reps/{email}", SALES): ("/teams/sales/reps/nobody", 404),
    ("PUT", "/teams/{team}/reps/{email}", MARKETING): ("/teams/marketing/reps/nobody", 404),
    ("PATCH", "/teams/{team}/reps/{email}", SALES): ("/teams/sales/reps/nobody", 404),
    ("PATCH", "/teams/{team}/reps/{email}", MARKETING): ("/teams/marketing/reps/nobody", 404),
    ("DELETE", "/teams/{team}/reps/{email}", SALES): ("/teams/sales/reps/nobody", 404),
    ("DELETE", "/teams/{team}/reps/{email}", MARKETING): ("/teams/marketing/reps/nobody", 404),
    ("POST", "/teams/{team}/reps/{email}/confirmation", SALES): ("/teams/sales/reps/nobody/confirmation", 422),
    ("POST", "/teams/{team}/reps/{email}/confirmation", MARKETING): ("/teams/marketing/reps/nobody/confirmation", 422),
    ("GET", "/operations/confirmation"): ("/operations/confirmation", 200),
    ("POST", "/operations/confirmation"): ("/operations/confirmation", 422),
    ("GET", "/openapi.json"): ("/openapi.json", 200),
    ("GET", "/tools"): ("/tools", 200),
    ("GET", "/tools/{source}/quarantine"): ("/tools/none/quarantine", 404),
    ("GET", "/tools/{source}/quarantine/{delivery_id}"): ("/tools/none/quarantine/x", 404),
    ("POST", "/tools/{source}/replay"): ("/tools/none/replay", 404),
    ("POST", "/tools/{source}/quarantine/{delivery_id}/replay"): ("/tools/none/quarantine/x/replay", 404),
    ("GET", "/queues"): ("/queues", 200),
    ("GET", "/set-up"): ("/set-up", 200),
    ("POST", "/queues/{queue}/redrive"): ("/queues/none/redrive", 404),
    ("GET", "/reports/{report}"): ("/reports/sla?from=x", 422),
    ("GET", "/accounts"): (f"/accounts?cursor={'x' * 300}", 422),
    ("GET", "/accounts/{domain}"): ("/accounts/gmail.com", 422),
    ("PUT", "/accounts/{domain}"): ("/accounts/gmail.com", 422),
    ("DELETE", "/accounts/{domain}"): ("/accounts/gmail.com", 422),
    ("POST", "/accounts/import"): ("/accounts/import", 415),
    ("POST", "/forms/{form}"): ("/forms/none", 404),
    **{(verb, "/webhooks/{source}"): ("/webhooks/none", 404) for verb in ("GET", "HEAD", "POST")},
    **{
        (verb, f"/{of}/{{token}}"): (f"/{of}/x", 404)
        for of in ("links", "reviews", "reassignments")
        for verb in ("GET", "HEAD", "POST")
    },
    ("POST", "/console/session/start"): ("/console/session/start", 403),
    ("POST", "/console/session/finish"): ("/console/session/finish", 403),
    ("POST", "/console/session/refresh"): ("/console/session/refresh", 403),
    ("POST", "/console/session/end"): ("/console/session/end", 403),
    **{(verb, "/console"): ("/console", 200) for verb in ("GET", "HEAD")},
    **{(verb, "/console/{proxy+}"): ("/console/assets/none.js", 404) for verb in ("GET", "HEAD")},
    **{(verb, "/reports/weekly/{token}"): ("/reports/weekly/x", 404) for verb in ("GET", "HEAD")},
}
"""What each call of the table is asked here, and answers whoever may: nothing is changed by it, whoever asks."""

CALLS = {
    (each.verb, each.path, *([each.where] if each.path.startswith("/teams") and each.where else [])): each
    for each in calls()
}
GUARDED = [key for key, call in CALLS.items() if NOBODY not in call.may]


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def parts(token: str) -> list[dict[str, object]]:
    return [json.loads(base64.urlsafe_b64decode(text + "==")) for text in token.split(".")[:2]]


def signed(key: rsa.RSAPrivateKey, header: object, claims: object) -> str:
    text = f"{part(header)}.{part(claims)}"
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def forged(deployed: Deployed) -> str:
    """An admin's token, signed by somebody who is not the user pool."""
    return signed(rsa.generate_private_key(65537, 2048), *parts(deployed.tokens["admin"]))


def promoted(deployed: Deployed) -> str:
    """A marketer's token in which they have made themselves an admin."""
    header, claims = parts(deployed.tokens["marketing"])
    signature = deployed.tokens["marketing"].rsplit(".", 1)[1]
    return f"{part(header)}.{part({**claims, 'cognito:groups': ['admin']})}.{signature}"


def unsigned(deployed: Deployed) -> str:
    header, claims = parts(deployed.tokens["admin"])
    return f"{part({**header, 'alg': 'none'})}.{part(claims)}."


def expired(deployed: Deployed) -> str:
    """An admin's token as the user pool signed it, three hours ago."""
    header, claims = parts(deployed.tokens["admin"])
    pool = deployed.outputs["UserPoolId"]
    key = load_pem_private_key((deployed.workspace.state / "cognito-pool-keys" / f"{pool}-id.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    now = int(time.time())
    with as_somebody(deployed, signed(key, header, {**claims, "exp": now + 60})) as still_good:
        assert still_good.get("/leads?queue=won").is_success
    return signed(key, header, {**claims, "iat": now - 10_800, "exp": now - 3_600})


def nothing(_: Deployed) -> str:
    return ""


def garbage(_: Deployed) -> str:
    return "Bearer.of.news"


def machine_token(deployed: Deployed) -> str:
    """The access token that a website's server gets for its client id and secret."""
    pool, client = deployed.outputs["UserPoolId"], deployed.outputs["MachineClientId"]
    described = deployed.session.client("cognito-idp").describe_user_pool_client(UserPoolId=pool, ClientId=client)
    address = f"{httpx.URL(deployed.api_url).copy_with(path='/oauth2/token')}"
    asked = {"grant_type": "client_credentials", "scope": "baton/signals"}
    answer = httpx.post(address, data=asked, auth=(client, described["UserPoolClient"]["ClientSecret"]))
    return str(answer.raise_for_status().json()["access_token"])


def as_somebody(deployed: Deployed, token: str) -> httpx.Client:
    return http_retries.client(deployed.api_url, token)


@pytest.mark.parametrize("token", [nothing, garbage, forged, promoted, unsigned, expired])
def test_every_staff_endpoint_answers_401_without_a_valid_token_of_the_user_pool(
    stack: Deployed, token: Callable[[Deployed], str]
) -> None:
    with as_somebody(stack, token(stack)) as client:
        answers = {call: client.request(call[0], PROBES[call][0]) for call in GUARDED}

    assert {call: answer.status_code for call, answer in answers.items()} == dict.fromkeys(GUARDED, 401)
    for answer in answers.values():
        problem(answer, 401)


def test_every_call_of_the_permissions_table_has_a_probe() -> None:
    assert PROBES.keys() == CALLS.keys(), "add to PROBES what the call may be asked without changing anything"


@pytest.mark.parametrize("caller", CALLERS)
def test_each_caller_may_make_the_calls_of_the_permissions_table_and_no_others(
    baton: AtWork, stack: Deployed, caller: str
) -> None:
    asked_for = {NO_GROUP: baton.outsider, MACHINE: lambda: machine_token(stack)}
    tokens = {NOBODY: "", **stack.tokens, **({caller: asked_for[caller]()} if caller in asked_for else {})}
    with as_somebody(stack, tokens[caller]) as client:
        answers = {key: client.request(key[0], url) for key, (url, _) in PROBES.items()}

    expected = {key: CALLS[key].answers(caller) or status for key, (_, status) in PROBES.items()}
    assert {key: answer.status_code for key, answer in answers.items()} == expected
    for key, answer in answers.items():
        if CALLS[key].answers(caller):
            problem(answer, CALLS[key].answers(caller))


def test_the_gateway_asks_for_a_token_at_each_call_that_is_not_public(stack: Deployed) -> None:
    gateway = stack.session.client("apigateway")
    resources = gateway.get_resources(restApiId=stack.outputs["ApiId"], embed=["methods"], limit=500)["items"]
    guarded, open_to_all = set(), set()
    for resource in resources:
        for verb in set(resource.get("resourceMethods", {})) - {"OPTIONS", "ANY"}:
            method = gateway.get_method(restApiId=stack.outputs["ApiId"], resourceId=resource["id"], httpMethod=verb)
            (open_to_all if method["authorizationType"] == "NONE" else guarded).add((verb, resource["path"]))

    assert guarded == {key[:2] for key in GUARDED}
    assert open_to_all == {key[:2] for key in CALLS} - guarded


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_unknown_method_of_a_path_is_answered_405_with_the_allowed_methods(stack: Deployed, verb: str) -> None:
    with stack.api() as stranger:
        for path, url in {key[1]: url for key, (url, _) in PROBES.items()}.items():
            has = {key[0] for key in CALLS if key[1] == path}
            if verb in has:
                continue
            refused = stranger.request(verb, url)
            problem(refused, 405)
            assert set(refused.headers["allow"].split(", ")) - {"OPTIONS"} == has


def test_a_browser_is_answered_before_it_calls_any_path_for_staff(stack: Deployed) -> None:
    ours = website.origin(stack.workspace.website_port)
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    with stack.api() as stranger:
        for url in sorted({PROBES[call][0] for call in GUARDED}):
            permitted = stranger.options(url, headers={**asked, "Origin": ours})
            refused = stranger.options(url, headers={**asked, "Origin": "https://evil.example"})
            assert (permitted.status_code, refused.status_code) == (204, 204), url
            assert permitted.headers["access-control-allow-origin"] == ours
            assert "access-control-allow-origin" not in refused.headers
    with as_somebody(stack, stack.tokens["sales"]) as client:
        answer = client.get("/leads?queue=won", headers={"Origin": ours})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, ours)
        assert "access-control-allow-origin" not in client.get("/leads?queue=won").headers


def test_an_unknown_path_is_answered_404_without_internals(stack: Deployed) -> None:
    with stack.api() as stranger:
        for path in ("/nothing", "/leads/x/y/z", "/"):
            answer = stranger.get(path)
            problem(answer, 404)
            assert answer.headers["access-control-allow-origin"] == "*", "the gateway's own, where a website is allowed"
            assert not re.search("python|traceback|lambda|arn:", answer.text, re.IGNORECASE)
