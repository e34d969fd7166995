"""Who may call what: no staff endpoint answers a stranger, or somebody of the wrong department."""

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

GROUPS = ("marketing", "sales", "admin")
EVERYBODY, SALES = frozenset(GROUPS), frozenset({"sales", "admin"})
MARKETING = frozenset({"marketing", "admin"})
SIGNING = frozenset({"marketing", "sales"})
NO_LEAD, NO_HANDOFF, NO_DRAFT = "a" * 24, f"{'a' * 24}-001", "0" * 16

# What each endpoint is asked here changes nothing, whoever asks: it is about a lead that does not exist, or wrong.
ROUTES: Mapping[tuple[str, str], tuple[str, frozenset[str], int]] = {
    ("GET", "/leads"): ("/leads?queue=none", EVERYBODY, 422),
    ("GET", "/leads/{lead_id}"): (f"/leads/{NO_LEAD}", EVERYBODY, 404),
    ("GET", "/leads/{lead_id}/timeline"): (f"/leads/{NO_LEAD}/timeline", EVERYBODY, 404),
    ("PATCH", "/leads/{lead_id}"): (f"/leads/{NO_LEAD}", EVERYBODY, 404),
    ("POST", "/leads/{lead_id}/review"): (f"/leads/{NO_LEAD}/review", MARKETING, 422),
    ("POST", "/leads/{lead_id}/release-from-spam"): (f"/leads/{NO_LEAD}/release-from-spam", MARKETING, 404),
    ("POST", "/leads/{lead_id}/handoff"): (f"/leads/{NO_LEAD}/handoff", EVERYBODY, 422),
    ("POST", "/leads/{lead_id}/hold"): (f"/leads/{NO_LEAD}/hold", EVERYBODY, 422),
    ("DELETE", "/leads/{lead_id}/hold"): (f"/leads/{NO_LEAD}/hold", EVERYBODY, 404),
    ("POST", "/signals"): ("/signals", EVERYBODY, 400),
    ("POST", "/handoffs/{handoff_id}/accept"): (f"/handoffs/{NO_HANDOFF}/accept", SALES, 404),
    ("POST", "/handoffs/{handoff_id}/contact"): (f"/handoffs/{NO_HANDOFF}/contact", SALES, 422),
    ("POST", "/handoffs/{handoff_id}/reassign"): (f"/handoffs/{NO_HANDOFF}/reassign", SALES, 422),
    ("POST", "/handoffs/{handoff_id}/return"): (f"/handoffs/{NO_HANDOFF}/return", SALES, 422),
    ("POST", "/handoffs/{handoff_id}/close"): (f"/handoffs/{NO_HANDOFF}/close", SALES, 422),
    ("POST", "/handoffs/{handoff_id}/rating"): (f"/handoffs/{NO_HANDOFF}/rating", SALES, 422),
    ("GET", "/agreement"): ("/agreement", EVERYBODY, 200),
    ("GET", "/agreement/versions/{version}"): ("/agreement/versions/0", EVERYBODY, 404),
    ("GET", "/agreement/drafts"): ("/agreement/drafts?cursor=x", EVERYBODY, 422),
    ("POST", "/agreement/drafts"): ("/agreement/drafts", EVERYBODY, 422),
    ("GET", "/agreement/drafts/{draft_id}"): (f"/agreement/drafts/{NO_DRAFT}", EVERYBODY, 404),
    ("PUT", "/agreement/drafts/{draft_id}"): (f"/agreement/drafts/{NO_DRAFT}", EVERYBODY, 422),
    ("POST", "/agreement/drafts/{draft_id}/signatures"): (
        f"/agreement/drafts/{NO_DRAFT}/signatures",
        SIGNING,
        404,
    ),
    ("GET", "/teams/{team}/reps"): ("/teams/sales/reps", EVERYBODY, 200),
    ("GET", "/teams/{team}/reps/{email}"): ("/teams/sales/reps/nobody@nowhere.example", EVERYBODY, 404),
    ("PUT", "/teams/{team}/reps/{email}"): ("/teams/none/reps/nobody@nowhere.example", SALES, 404),
    ("DELETE", "/teams/{team}/reps/{email}"): ("/teams/none/reps/nobody@nowhere.example", SALES, 404),
    ("POST", "/teams/{team}/reps/{email}/confirmation"): (
        "/teams/none/reps/nobody@nowhere.example/confirmation",
        SALES,
        422,
    ),
    ("GET", "/reports/{report}"): ("/reports/sla?from=x", EVERYBODY, 422),
    ("GET", "/accounts"): (f"/accounts?cursor={'x' * 300}", EVERYBODY, 422),
    ("GET", "/accounts/{domain}"): ("/accounts/gmail.com", EVERYBODY, 422),
    ("PUT", "/accounts/{domain}"): ("/accounts/gmail.com", EVERYBODY, 422),
    ("DELETE", "/accounts/{domain}"): ("/accounts/gmail.com", EVERYBODY, 422),
    ("POST", "/accounts/import"): ("/accounts/import", EVERYBODY, 415),
}
PUBLIC = {
    ("POST", "/forms/{form}"),
    *((verb, "/links/{token}") for verb in ("GET", "HEAD", "POST")),
    *((verb, "/reports/weekly/{token}") for verb in ("GET", "HEAD")),
}


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


def as_somebody(deployed: Deployed, token: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=deployed.api_url, headers=headers, timeout=30)


@pytest.mark.parametrize("token", [nothing, garbage, forged, promoted, unsigned, expired])
def test_no_staff_endpoint_answers_without_a_token_that_the_user_pool_signed_for_now(
    stack: Deployed, token: Callable[[Deployed], str]
) -> None:
    with as_somebody(stack, token(stack)) as client:
        answers = {route: client.request(route[0], ROUTES[route][0]) for route in ROUTES}

    assert {route: answer.status_code for route, answer in answers.items()} == dict.fromkeys(ROUTES, 401)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize(("verb", "path"), ROUTES)
def test_a_department_may_do_what_is_declared_and_nothing_else(
    stack: Deployed, group: str, verb: str, path: str
) -> None:
    url, groups, status = ROUTES[verb, path]

    with stack.api(group) as client:
        answer = client.request(verb, url)

    assert answer.status_code == (status if group in groups else 403), answer.text
    if group not in groups:
        problem(answer, 403)


def test_somebody_in_no_department_may_do_nothing(baton: AtWork, stack: Deployed) -> None:
    with as_somebody(stack, baton.outsider()) as guest:
        answers = {route: guest.request(route[0], ROUTES[route][0]) for route in ROUTES}

    assert {route: answer.status_code for route, answer in answers.items()} == dict.fromkeys(ROUTES, 403)


def test_every_endpoint_is_in_these_tables_and_the_gateway_asks_for_a_token_at_each_that_is_not_public(
    stack: Deployed,
) -> None:
    gateway = stack.session.client("apigateway")
    resources = gateway.get_resources(restApiId=stack.outputs["ApiId"], embed=["methods"], limit=500)["items"]
    guarded, open_to_all = set(), set()
    for resource in resources:
        for verb in set(resource.get("resourceMethods", {})) - {"OPTIONS"}:
            method = gateway.get_method(restApiId=stack.outputs["ApiId"], resourceId=resource["id"], httpMethod=verb)
            (open_to_all if method["authorizationType"] == "NONE" else guarded).add((verb, resource["path"]))

    assert open_to_all == PUBLIC
    assert guarded == set(ROUTES)


def test_what_does_not_exist_says_nothing_of_the_inside(stack: Deployed) -> None:
    with stack.api() as stranger:
        for path in ("/nothing", "/leads/x/y/z", "/"):
            answer = stranger.get(path)
            assert answer.status_code in (403, 404)
            assert not re.search("python|traceback|lambda|arn:", answer.text, re.IGNORECASE)
