"""The user pool as the console's sign-in sees it: its sign-in page, its tokens, and how sessions end.

Tokens come from the pool itself over TLS, so that their signatures need no check (OpenID Connect Core, 3.1.3.7).
"""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.sdk.connections import Connections
from baton.aws.sdk.faults import AwsRefused, AwsSilent

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

CLIENT = "baton-console"
"""The name of the console's client on the pool; its id cannot be in a setting, because that would be a circle."""
SCOPES = "openid email"


class SignedOut(Exception):
    """The pool does not know the session any more, or never did: the person has to sign in again."""


class NotSetUp(Exception):
    """The pool is not set up for the console; the message says what is missing, for who runs Baton."""


class Tokens(NamedTuple):
    """What the pool gives for a sign-in; `refresh` is missing if the one that was sent stays good."""

    id_token: str
    refresh: str | None

    @property
    def claims(self) -> dict[str, Any]:
        """Returns what the ID token says."""
        part = self.id_token.split(".")[1]
        read: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return read

    @property
    def expires_at(self) -> datetime:
        """Returns when the ID token ends."""
        return datetime.fromtimestamp(self.claims["exp"], UTC)


class UserPool:
    """The pool of one stack, and the page on which its people sign in."""

    def __init__(self, pool_id: str, page: str, cognito: "CognitoIdentityProviderClient") -> None:
        self._pool_id, self._page, self._cognito = pool_id, page, cognito
        self._tokens = Connections(page)
        self._client = ""

    @classmethod
    def from_environment(cls) -> Self:
        """Reads the pool and its page of the deployed stack."""
        return cls(setting("USER_POOL_ID"), setting("SIGN_IN_URL"), client("cognito-idp"))

    def sign_in_address(self, back_to: str, state: str, challenge: str) -> str:
        """Returns the address of the pool's page, which leads back with a code (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
        asked = {"response_type": "code", "client_id": self._client_id(), "redirect_uri": back_to, "scope": SCOPES}
        proof = {"state": state, "code_challenge": challenge, "code_challenge_method": "S256"}
        return f"{self._page}/oauth2/authorize?{urlencode(asked | proof)}"

    def sign_out_address(self, back_to: str) -> str:
        """Returns the address that ends the session of the pool's own page, or it would ask for no password again."""
        return f"{self._page}/logout?{urlencode({'client_id': self._client_id(), 'logout_uri': back_to})}"

    def tokens_for(self, code: str, verifier: str, back_to: str) -> Tokens:
        """Redeems the code of a sign-in; each works once.

        Raises:
            SignedOut: the code was redeemed, is too old, or another verifier's.
            NotSetUp: the pool does not take the console's client.
            AwsSilent: the pool does not answer.
        """
        form = {"grant_type": "authorization_code", "client_id": self._client_id(), "code": code}
        body = urlencode({**form, "code_verifier": verifier, "redirect_uri": back_to}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        path = f"{urlsplit(self._page).path}/oauth2/token"
        status, _, content = self._tokens.send("POST", path, headers, body)
        if status >= 500 or status == 429:
            raise AwsSilent(f"the user pool's page answers {status}")
        told = json.loads(content)
        if status == 200:
            return Tokens(told["id_token"], told["refresh_token"])
        if told.get("error") == "invalid_grant":
            raise SignedOut
        raise NotSetUp(f"the user pool refuses the client {CLIENT}: {told.get('error')}")

    def refreshed(self, refresh_token: str) -> Tokens:
        """Returns fresh tokens, with the groups as they are now.

        Raises:
            SignedOut: the session has ended, its person is gone, or it is one of another pool.
        """
        try:
            told = self._cognito.get_tokens_from_refresh_token(RefreshToken=refresh_token, ClientId=self._client_id())[
                "AuthenticationResult"
            ]
        except AwsRefused as refused:
            raise self._as_signed_out(refused) from refused
        return Tokens(told["IdToken"], told.get("RefreshToken"))

    def end(self, refresh_token: str) -> None:
        """Ends one session; one that has ended already stays so."""
        try:
            self._cognito.revoke_token(Token=refresh_token, ClientId=self._client_id())
        except AwsRefused as refused:
            self._as_signed_out(refused)

    def end_everywhere(self, username: str) -> None:
        """Ends all sessions of a person, on every device and in every program."""
        self._cognito.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=username)

    def _as_signed_out(self, refused: AwsRefused) -> SignedOut:
        """Says that a refusal ends a session, or raises it: a pool that is busy or not set up ends none."""
        code = refused.response["Error"]["Code"]
        if code == "ResourceNotFoundException":  # the client was made anew
            self._client = ""
        if code in _ENDS_A_SESSION:
            return SignedOut()
        raise refused

    def _client_id(self) -> str:
        """Returns the id of the console's client, looked up once."""
        if not self._client:
            self._client = next((id_ for id_, name in self._clients() if name == CLIENT), "")
        if not self._client:
            raise NotSetUp(f"the user pool has no client {CLIENT}; deploy the stack with Console=yes")
        return self._client

    def _clients(self) -> "list[tuple[str, str]]":
        found, further = list[tuple[str, str]](), ""
        while True:
            page = {"NextToken": further} if further else {}
            told = self._cognito.list_user_pool_clients(UserPoolId=self._pool_id, MaxResults=60, **page)
            found += [(each["ClientId"], each["ClientName"]) for each in told["UserPoolClients"]]
            if not (further := told.get("NextToken", "")):
                return found


_ENDS_A_SESSION = frozenset(
    {
        "InvalidParameterException",  # no refresh token at all
        "NotAuthorizedException",
        "RefreshTokenReuseException",
        "ResourceNotFoundException",
        "UnauthorizedException",
        "UnsupportedTokenTypeException",
        "UserNotFoundException",
    }
)
