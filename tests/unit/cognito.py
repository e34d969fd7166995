"""A user pool that answers as Cognito documents it: codes with PKCE, refresh tokens that rotate, groups, sign-outs."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from baton.aws.sdk.faults import AwsSilent
from baton.aws.sdk.http_messages import Answer

PAGE = "https://baton-1.auth.eu-central-1.amazoncognito.com"
GRACE_SECONDS = 60
NOW = 1_796_198_400
"""2 December 2026, 08:00 UTC."""


@dataclass
class Session:
    """A refresh token of a person: until when it is good, and whether the session has ended."""

    email: str
    good_until: float = float("inf")
    is_over: bool = False


@dataclass
class Cognito:
    """The pool, behind the connections of Baton's own client."""

    groups: dict[str, list[str]]
    clients: dict[str, str] = field(default_factory=lambda: {"c0": "another", "c1": "baton-console"})
    now: float = NOW
    is_down: bool = False
    busy_with: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    given: int = 0

    def signs_in(self, address: str, email: str) -> tuple[str, str]:
        """A person enters their password on the page: the code and the state with which the page leads back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{PAGE}/oauth2/authorize?")
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert asked["client_id"] in self.clients
        self.given += 1
        self.codes[code := f"code-{self.given}"] = asked | {"email": email}
        return code, asked["state"]

    def send(self, address: str, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answers one request."""
        assert method == "POST"
        if self.is_down:
            raise AwsSilent("no answer")
        if address == PAGE:
            assert path == "/oauth2/token"
            return self._redeemed({name: values[0] for name, values in parse_qs(body.decode()).items()})
        operation = headers["X-Amz-Target"].removeprefix("AWSCognitoIdentityProviderService.")
        self.calls.append(operation)
        if "Authorization" not in headers:
            self.unsigned.append(operation)
        if operation == self.busy_with:
            return _answer(400, {"__type": "TooManyRequestsException", "message": "Rate exceeded"})
        return getattr(self, f"_{operation}")(json.loads(body))

    def _redeemed(self, form: Mapping[str, str]) -> Answer:
        if form["client_id"] not in self.clients:
            return _answer(400, {"error": "invalid_client"})
        asked = self.codes.pop(form["code"], None)
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if (
            asked is None
            or form["grant_type"] != "authorization_code"
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return _answer(400, {"error": "invalid_grant"})
        return _answer(200, {"id_token": self._id_token(asked["email"]), "refresh_token": self._begun(asked["email"])})

    def _GetTokensFromRefreshToken(self, sent: Mapping[str, str]) -> Answer:
        if sent["ClientId"] not in self.clients:
            return _answer(400, {"__type": "ResourceNotFoundException", "message": "no such client"})
        session = self.sessions.get(sent["RefreshToken"])
        if session is None or session.is_over:
            return _answer(400, {"__type": "NotAuthorizedException", "message": "Invalid Refresh Token"})
        if self.now > session.good_until:
            return _answer(400, {"__type": "RefreshTokenReuseException", "message": "used before"})
        session.good_until = min(session.good_until, self.now + GRACE_SECONDS)
        told = {"IdToken": self._id_token(session.email), "RefreshToken": self._begun(session.email)}
        return _answer(200, {"AuthenticationResult": told})

    def _RevokeToken(self, sent: Mapping[str, str]) -> Answer:
        if sent["Token"] not in self.sessions:
            return _answer(400, {"__type": "UnsupportedTokenTypeException", "message": "no refresh token"})
        self.sessions[sent["Token"]].is_over = True
        return _answer(200, {})

    def _AdminUserGlobalSignOut(self, sent: Mapping[str, str]) -> Answer:
        for each in self.sessions.values():
            each.is_over = each.is_over or _username(each.email) == sent["Username"]
        return _answer(200, {})

    def _ListUserPoolClients(self, sent: Mapping[str, Any]) -> Answer:
        """One client a page, so that who reads them has to go on."""
        place = int(sent.get("NextToken", "0"))
        shown = [{"ClientId": id_, "ClientName": name} for id_, name in self.clients.items()]
        further = {"NextToken": str(place + 1)} if place + 1 < len(shown) else {}
        return _answer(200, {"UserPoolClients": shown[place : place + 1], **further})

    def _begun(self, email: str) -> str:
        self.given += 1
        self.sessions[token := f"refresh-{self.given}"] = Session(email)
        return token

    def _id_token(self, email: str) -> str:
        claims = {"email": email, "cognito:username": _username(email), "exp": int(self.now) + 900}
        if self.groups[email]:
            claims["cognito:groups"] = self.groups[email]
        return f"head.{urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b'=').decode()}.signature"


def _username(email: str) -> str:
    return f"user-{email.partition('@')[0]}"


def _answer(status: int, content: Mapping[str, Any]) -> Answer:
    return Answer(status, {}, json.dumps(content).encode())
