"""People sign in to the console and stay signed in, by a cookie that no script reads; what is not theirs is refused."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from http.cookies import SimpleCookie
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from baton.aws.runtime import clients
from baton.aws.sdk.connections import Connections
from tests.integration.functions import new_instance
from tests.unit.cognito import GRACE_SECONDS, PAGE, Cognito

SAM, MARIA = "sam@baton.example", "maria@baton.example"
PUBLIC = "https://api.example.com/v1"
PATH = "/v1/console/session"


class Tab:
    """A tab of the console in a browser, whose cookies it may share with others."""

    def __init__(self, module: ModuleType, cookies: dict[str, str] | None = None) -> None:
        self.module, self.cookies = module, {} if cookies is None else cookies

    def calls(self, which: str, body: Any = None, **headers: str) -> dict[str, Any]:
        sent = {"X-Baton-Console": "1", "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items()), **headers}
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        answer: dict[str, Any] = self.module.lambda_handler(
            {
                "resource": f"/console/session/{which}",
                "httpMethod": "POST",
                "path": f"/console/session/{which}",
                "headers": {name.replace("_", "-"): value for name, value in sent.items()},
                "requestContext": {"domainName": "api.example.com", "stage": "v1"},
                "body": b64encode(raw).decode(),
                "isBase64Encoded": True,
            },
            None,
        )
        for each in answer["multiValueHeaders"].get("Set-Cookie", []):
            [(name, kept)] = SimpleCookie(each).items()
            assert (kept["path"], kept["samesite"], kept["secure"], kept["httponly"]) == (PATH, "Strict", True, True)
            if kept["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = kept.value
        return answer

    def signs_in(self, cognito: Cognito, email: str = SAM) -> dict[str, Any]:
        begun = content(self.calls("start", {"return_to": "/leads?queue=won"}))
        code, state = cognito.signs_in(begun["address"], email)
        return content(self.calls("finish", {"code": code, "state": state}))


def content(answer: dict[str, Any]) -> dict[str, Any]:
    assert answer["statusCode"] == 200, answer["body"]
    read: dict[str, Any] = json.loads(answer["body"])
    return read


def refused(answer: dict[str, Any], status: int) -> str:
    """What a refusal says; it is a problem that no cache keeps."""
    told = json.loads(answer["body"])
    assert (answer["statusCode"], told["status"], told["type"]) == (status, status, "about:blank")
    assert answer["multiValueHeaders"]["Content-Type"] == ["application/problem+json"]
    assert answer["multiValueHeaders"]["Cache-Control"] == ["no-store"]
    return str(told["detail"])


@pytest.fixture
def cognito(monkeypatch: pytest.MonkeyPatch) -> Cognito:
    pool = Cognito({SAM: ["sales"], MARIA: ["marketing", "admin"]})
    settings = {"USER_POOL_ID": "eu-central-1_Abc", "SIGN_IN_URL": PAGE, "SESSION_HOURS": "12", "PUBLIC_URL": PUBLIC}
    keys = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    for name, value in (settings | keys).items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Connections, "send", lambda at, *rest: pool.send(at.address, *rest))
    monkeypatch.setattr("baton.aws.sdk.retried.pause", lambda _: None)
    return pool


@pytest.fixture
def function(cognito: Cognito) -> Iterator[ModuleType]:
    clients.client.cache_clear()  # type: ignore[attr-defined]
    yield new_instance("console_session")
    clients.client.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def tab(function: ModuleType) -> Tab:
    return Tab(function)


def test_a_person_signs_in_on_the_pools_page_and_gets_a_token_their_groups_and_their_place(
    tab: Tab, cognito: Cognito
) -> None:
    session = tab.signs_in(cognito, MARIA)

    assert session["email"] == MARIA
    assert session["groups"] == ["admin", "marketing"]
    assert session["expires_at"] == "2026-12-02T08:15:00Z"
    assert session["return_to"] == "/leads?queue=won"
    assert session["id_token"].count(".") == 2


def test_the_address_of_the_page_names_client_place_and_proof(tab: Tab) -> None:
    asked = dict(parse_qsl(urlsplit(content(tab.calls("start"))["address"]).query))

    assert asked.keys() == {
        *("response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")
    }
    assert (asked["client_id"], asked["redirect_uri"]) == ("c1", f"{PUBLIC}/console/signed-in")
    assert asked["scope"] == "openid email"
    assert re.fullmatch(r"[\w-]{43}", asked["state"])
    assert asked["state"] not in asked["code_challenge"]


def test_no_secret_of_the_session_is_in_an_answer_that_scripts_read(tab: Tab, cognito: Cognito) -> None:
    answers = [tab.calls("start")]
    code, state = cognito.signs_in(content(answers[0])["address"], SAM)
    answers += [tab.calls("finish", {"code": code, "state": state}), tab.calls("refresh"), tab.calls("end")]

    for answer in answers:
        assert "refresh-" not in answer["body"]
        assert "verifier" not in answer["body"]
        assert answer["multiValueHeaders"]["Cache-Control"] == ["no-store"]


def test_a_session_is_renewed_with_the_groups_as_they_are_now(tab: Tab, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    cognito.groups[SAM] = []

    assert content(tab.calls("refresh"))["groups"] == []


def test_a_session_stays_alive_over_many_renewals(tab: Tab, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    for _ in range(20):
        cognito.now += 14 * 60
        assert content(tab.calls("refresh"))["email"] == SAM


def test_two_tabs_that_renew_at_once_both_stay_signed_in(tab: Tab, function: ModuleType, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    as_it_was = Tab(function, dict(tab.cookies))

    first, second = tab.calls("refresh"), as_it_was.calls("refresh")

    assert content(first)["email"] == content(second)["email"] == SAM
    cognito.now += 14 * 60
    assert content(tab.calls("refresh"))["email"] == content(as_it_was.calls("refresh"))["email"] == SAM


def test_a_used_token_is_refused_later_and_the_new_one_stays_good(
    tab: Tab, function: ModuleType, cognito: Cognito
) -> None:
    tab.signs_in(cognito)
    stolen = Tab(function, dict(tab.cookies))
    tab.calls("refresh")
    cognito.now += GRACE_SECONDS + 1

    answer = stolen.calls("refresh")

    assert "sign in again" in refused(answer, 401)
    assert "Set-Cookie" not in answer["multiValueHeaders"], "it would take the new cookie of another tab away"
    assert content(tab.calls("refresh"))["email"] == SAM


def test_signing_in_works_in_two_tabs_at_once_each_with_its_own_place(
    tab: Tab, function: ModuleType, cognito: Cognito
) -> None:
    other = Tab(function, tab.cookies)
    first = content(tab.calls("start", {"return_to": "/review"}))["address"]
    second = content(other.calls("start", {"return_to": "/board"}))["address"]
    back = [dict(zip(("code", "state"), cognito.signs_in(each, SAM), strict=True)) for each in (first, second)]

    assert content(other.calls("finish", back[1]))["return_to"] == "/board"
    assert content(tab.calls("finish", back[0]))["return_to"] == "/review"
    assert tab.cookies.keys() == {"baton-session"}


def test_a_code_is_good_once(tab: Tab, function: ModuleType, cognito: Cognito) -> None:
    begun = content(tab.calls("start"))
    before = dict(tab.cookies)
    code, state = cognito.signs_in(begun["address"], SAM)
    content(tab.calls("finish", {"code": code, "state": state}))

    again = tab.calls("finish", {"code": code, "state": state})
    replayed = Tab(function, before).calls("finish", {"code": code, "state": state})

    assert "sign in again" in refused(again, 403)
    assert "sign in again" in refused(replayed, 401)


def test_a_sign_in_that_somebody_else_began_is_not_finished_here(
    tab: Tab, function: ModuleType, cognito: Cognito
) -> None:
    """Else a stranger's link would sign a person in as the stranger, and what they enter would be the stranger's."""
    stranger = Tab(function)
    code, state = cognito.signs_in(content(stranger.calls("start"))["address"], MARIA)
    content(tab.calls("start"))

    assert "not begun in this browser" in refused(tab.calls("finish", {"code": code, "state": state}), 403)
    assert tab.cookies.keys().isdisjoint({"baton-session"})


def test_mixed_states_and_codes_are_refused(tab: Tab, cognito: Cognito) -> None:
    backs = [cognito.signs_in(content(tab.calls("start"))["address"], SAM) for _ in range(2)]
    mixed = {"code": backs[0][0], "state": backs[1][1]}

    refused(tab.calls("finish", mixed), 401)
    refused(tab.calls("finish", {"code": backs[0][0], "state": "x" * 43}), 403)


@pytest.mark.parametrize(
    "forged", ["", "x", "W10", "MQ", "WzEsMiwzXQ", "\u00e4", "bnVsbA", "eyJhIjoxfQ", "/+==", "W1tb" * 2400]
)
def test_a_cookie_of_a_sign_in_that_baton_did_not_make_is_none(tab: Tab, cognito: Cognito, forged: str) -> None:
    code, state = cognito.signs_in(content(tab.calls("start"))["address"], SAM)
    tab.cookies = dict.fromkeys(tab.cookies, forged)

    refused(tab.calls("finish", {"code": code, "state": state}), 403)


@pytest.mark.parametrize("which", ["start", "finish", "refresh", "end"])
@pytest.mark.parametrize("header", ["", "0", "true"])
def test_no_call_does_anything_without_the_consoles_header(tab: Tab, cognito: Cognito, which: str, header: str) -> None:
    tab.signs_in(cognito)
    cookies, made = dict(tab.cookies), len(cognito.calls)

    answer = tab.calls(which, {}, X_Baton_Console=header) if header else _without_header(tab, which)

    assert "X-Baton-Console" in refused(answer, 403)
    assert (tab.cookies, len(cognito.calls)) == (cookies, made)


def _without_header(tab: Tab, which: str) -> dict[str, Any]:
    return tab.calls(which, {}, **{"X-Baton-Console": "", "x-requested-with": "XMLHttpRequest"})


@pytest.mark.parametrize("token", ["refresh-of-another-pool", "x.y.z", "0"])
def test_a_token_that_is_not_of_this_pool_signs_nobody_in(tab: Tab, token: str) -> None:
    tab.cookies["baton-session"] = token

    assert "sign in again" in refused(tab.calls("refresh"), 401)


def test_without_a_cookie_nobody_is_signed_in_and_the_pool_is_not_asked(tab: Tab, cognito: Cognito) -> None:
    refused(tab.calls("refresh"), 401)

    assert cognito.calls == []


def test_a_session_that_was_ended_cannot_be_renewed(tab: Tab, function: ModuleType, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    stolen = Tab(function, dict(tab.cookies))

    told = content(tab.calls("end"))

    query = dict(parse_qsl(urlsplit(told["address"]).query))
    assert told["address"].startswith(f"{PAGE}/logout?")
    assert query == {"client_id": "c1", "logout_uri": f"{PUBLIC}/console/signed-out"}
    assert tab.cookies == {}
    refused(tab.calls("refresh"), 401)
    refused(stolen.calls("refresh"), 401)


def test_signing_out_everywhere_ends_all_sessions_of_the_person_and_none_of_others(
    tab: Tab, function: ModuleType, cognito: Cognito
) -> None:
    phone, colleague = Tab(function), Tab(function)
    for each, email in ((tab, SAM), (phone, SAM), (colleague, MARIA)):
        each.signs_in(cognito, email)

    content(tab.calls("end", {"everywhere": True}))

    refused(phone.calls("refresh"), 401)
    assert content(colleague.calls("refresh"))["email"] == MARIA


def test_signing_out_everywhere_that_the_pool_had_no_time_for_is_done_by_the_next_try(
    tab: Tab, function: ModuleType, cognito: Cognito
) -> None:
    """The first try used up the session's token: if its successor were lost, the second would end nothing."""
    phone = Tab(function)
    phone.signs_in(cognito)
    tab.signs_in(cognito)
    cognito.busy_with = "AdminUserGlobalSignOut"
    refused(tab.calls("end", {"everywhere": True}), 503)
    cognito.busy_with, cognito.now = "", cognito.now + GRACE_SECONDS + 1

    content(tab.calls("end", {"everywhere": True}))

    assert tab.cookies == {}
    refused(phone.calls("refresh"), 401)


def test_sign_ins_that_were_begun_and_left_never_crowd_the_session_out(tab: Tab, cognito: Cognito) -> None:
    """The gateway takes no request whose line and headers have more than 10,240 bytes."""
    tab.signs_in(cognito)
    for number in range(30):
        begun = content(tab.calls("start", {"return_to": f"/leads?number={number}&q=" + "x" * (number * 66)}))
        assert sum(len(name) + len(value) for name, value in tab.cookies.items()) < 5_000

    code, state = cognito.signs_in(begun["address"], SAM)
    assert content(tab.calls("finish", {"code": code, "state": state}))["return_to"].startswith("/leads?number=29&")


def test_who_is_signed_out_already_may_sign_out(tab: Tab, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    for each in cognito.sessions.values():
        each.is_over = True
    content(tab.calls("end", {}))
    content(tab.calls("end", {}))

    assert tab.cookies == {}


def test_nobody_is_told_that_all_sessions_are_ended_while_others_may_go_on(tab: Tab, cognito: Cognito) -> None:
    """A session that is over does not say any more whose other sessions are meant."""
    refused(tab.calls("end", {"everywhere": True}), 401)
    tab.signs_in(cognito)
    for each in cognito.sessions.values():
        each.is_over = True

    refused(tab.calls("end", {"everywhere": True}), 401)


@pytest.mark.parametrize("place", ["/", "/leads?queue=won&at=2026-11-24T09%3A30%3A00Z", "/accounts/acme.com#facts"])
def test_a_path_of_the_console_is_come_back_to(tab: Tab, cognito: Cognito, place: str) -> None:
    code, state = cognito.signs_in(content(tab.calls("start", {"return_to": place}))["address"], SAM)

    assert content(tab.calls("finish", {"code": code, "state": state}))["return_to"] == place


@pytest.mark.parametrize(
    "place",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "leads", "", "javascript:alert(1)"),
        *("/leads\n", "/\tleads", "/\u202eleads", "/" + "x" * 2000, 5, True, None, ["/"], {"a": 1}),
        *('/leads?q="', "/" + '"' * 1999, "/leads\\.."),
    ],
)
def test_what_is_no_path_of_the_console_is_not_come_back_to(tab: Tab, place: Any) -> None:
    assert "/leads" in refused(tab.calls("start", {"return_to": place}), 422)


@pytest.mark.parametrize(
    "body", [{}, {"code": "x"}, {"state": "x"}, {"code": 1, "state": "x"}, {"code": "", "state": ""}]
)
def test_a_sign_in_ends_with_a_code_and_a_state(tab: Tab, body: Any) -> None:
    refused(tab.calls("finish", body), 422)


@pytest.mark.parametrize("code", ["\ud800", "\u00e4"])
def test_an_odd_code_is_refused(tab: Tab, cognito: Cognito, code: str) -> None:
    _, state = cognito.signs_in(content(tab.calls("start"))["address"], SAM)

    refused(tab.calls("finish", {"code": code, "state": state}), 422)


@pytest.mark.parametrize("state", ["\ud800", "\0", "x" * 3000, "\u00e4", "; Path=/"])
def test_an_odd_state_is_refused(tab: Tab, state: str) -> None:
    refused(tab.calls("finish", {"code": "x", "state": state}), 403)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 400), (b"\xff", 400), (b"{", 400), (b"[" * 8192, 400), (b'{"a":' * 1600, 400), (b'"' + b"x" * 9000, 413)],
)
def test_a_body_is_a_short_json_object(tab: Tab, body: bytes, status: int) -> None:
    refused(tab.calls("start", body), status)


@pytest.mark.parametrize("which", ["refresh", "end", "finish"])
def test_a_pool_that_does_not_answer_ends_no_session(tab: Tab, cognito: Cognito, which: str) -> None:
    tab.signs_in(cognito)
    code, state = cognito.signs_in(content(tab.calls("start"))["address"], SAM)
    before = dict(tab.cookies)
    cognito.is_down = True

    answer = tab.calls(which, {"code": code, "state": state} if which == "finish" else None)

    assert "try again" in refused(answer, 503)
    assert answer["multiValueHeaders"]["Retry-After"] == ["1"]
    assert tab.cookies == before
    cognito.is_down = False
    assert tab.calls(which, {"code": code, "state": state} if which == "finish" else None)["statusCode"] == 200


def test_a_pool_without_the_consoles_client_is_said_to_be_so(tab: Tab, cognito: Cognito) -> None:
    cognito.clients = {"c0": "another"}

    assert "no client baton-console" in refused(tab.calls("start"), 500)
    cognito.clients["c2"] = "baton-console"
    assert "client_id=c2" in content(tab.calls("start"))["address"]


def test_a_client_that_was_made_anew_is_found(tab: Tab, cognito: Cognito) -> None:
    tab.signs_in(cognito)
    cognito.clients = {"c3": "baton-console"}

    refused(tab.calls("refresh"), 401)
    assert "client_id=c3" in content(tab.calls("start"))["address"]


def test_a_pool_that_refuses_the_client_is_said_to_do_so(tab: Tab, cognito: Cognito) -> None:
    code, state = cognito.signs_in(content(tab.calls("start"))["address"], SAM)
    cognito.clients = {}

    assert "invalid_client" in refused(tab.calls("finish", {"code": code, "state": state}), 500)


def test_the_pool_is_asked_for_the_client_once_and_calls_that_anybody_may_make_are_not_signed(
    tab: Tab, cognito: Cognito
) -> None:
    tab.signs_in(cognito)
    tab.calls("refresh")
    tab.calls("end")

    assert cognito.calls.count("ListUserPoolClients") == 2, "two pages, read once"
    assert set(cognito.unsigned) == {"GetTokensFromRefreshToken", "RevokeToken"}


def test_without_an_address_of_its_own_the_console_is_at_the_gateways(
    cognito: Cognito, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "by the gateway")
    clients.client.cache_clear()  # type: ignore[attr-defined]
    tab = Tab(new_instance("console_session"))

    assert tab.signs_in(cognito)["email"] == SAM


@pytest.mark.parametrize(
    ("which", "body"),
    [
        ("start", {"return": "/"}),
        ("finish", {"code": "x", "state": "x", "verifier": "x"}),
        ("refresh", {"everywhere": True}),
        *(("end", body) for body in ({"everywhere": "yes"}, {"everywhere": None}, {"everywhere": 1}, {"all": True})),
    ],
)
def test_a_field_that_there_is_not_or_of_another_type_is_refused(
    tab: Tab, cognito: Cognito, which: str, body: Any
) -> None:
    tab.signs_in(cognito)

    refused(tab.calls(which, body), 422)
    assert content(tab.calls("refresh"))["email"] == SAM


def test_an_unknown_call_is_not_found(tab: Tab) -> None:
    refused(tab.calls("resume"), 404)
