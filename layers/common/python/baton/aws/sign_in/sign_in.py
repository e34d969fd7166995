"""A person's sign-in to the console: authorization code with PKCE (RFC 9700, 2.1.1), and a session that renews itself.

The refresh token is in a cookie that no script reads. State and verifier are in a cookie of each sign-in, so that one
begun in another tab, or by somebody else, is not finished here.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any, Self

from baton.aws.runtime.settings import setting
from baton.aws.sign_in.session_calls import CallRefused, SessionCalls
from baton.aws.sign_in.session_cookies import BEGUN, BEGUN_SECONDS, SESSION
from baton.aws.sign_in.user_pool import SignedOut, Tokens, UserPool
from baton.domain.basics.moments import shown_moment

BACK = "/console/signed-in"
"""The path to which the sign-in page leads back."""
AFTER = "/console/signed-out"
LONGEST_PATH = 2_000
ANOTHER = "this sign-in was not begun in this browser, or too long ago; sign in again"


class SignIn:
    """Begins, ends and renews sessions of one user pool's people."""

    def __init__(self, calls: SessionCalls, pool: UserPool, session_seconds: int) -> None:
        self._calls, self._pool, self._seconds = calls, pool, session_seconds

    @classmethod
    def from_environment(cls, calls: SessionCalls) -> Self:
        """Reads the settings of the deployed stack."""
        return cls(calls, UserPool.from_environment(), int(setting("SESSION_HOURS")) * 3600)

    def begun(self, return_to: object) -> str:
        """Returns the address of the page to sign in on; `return_to` is the path in the console to come back to.

        Raises:
            CallRefused: it is no path of the console (422).
        """
        if not _is_path(return_to):
            raise CallRefused(422, "return_to is a path in the console, such as /leads")
        state, verifier = _chance(), _chance()
        address = self._pool.sign_in_address(
            self._calls.address(BACK), state, _text(sha256(verifier.encode()).digest())
        )
        begun = _text(json.dumps([state, verifier, return_to]).encode())
        for name in self._calls.cookies.crowded_out(len(_name(state)) + len(begun)):
            self._calls.drop(name)
        self._calls.keep(_name(state), begun, BEGUN_SECONDS)
        return address

    def finished(self, code: object, state: object) -> dict[str, Any]:
        """Returns the session of the sign-in that has this state, and where the person wanted to go.

        Raises:
            CallRefused: it was not begun in this browser (403), or code or state are none (422).
            SignedOut: the code was redeemed before, or is too old.
        """
        if not (isinstance(code, str) and isinstance(state, str) and code and state and code.isascii()):
            raise CallRefused(422, "send the code and the state that the sign-in page gave")
        kept = _read(self._calls.cookies.sent.get(_name(state), ""))
        if kept is None or kept[0] != state:
            raise CallRefused(403, ANOTHER)
        tokens = self._pool.tokens_for(code, kept[1], self._calls.address(BACK))
        self._calls.drop(_name(state))
        return {**self._session(tokens), "return_to": kept[2]}

    def renewed(self) -> dict[str, Any]:
        """Returns the session anew.

        Raises:
            SignedOut: nobody is signed in in this browser, or the session has ended.
        """
        return self._session(self._pool.refreshed(self._refresh_token()))

    def ended(self, everywhere: object) -> str:
        """Ends this session, or all of the person; returns the address that ends that of the sign-in page, too.

        Raises:
            CallRefused: `everywhere` is neither true nor false (422).
            SignedOut: nobody is signed in here any more, so that nobody says whose other sessions are meant.
        """
        if not isinstance(everywhere, bool):
            raise CallRefused(422, "everywhere is true or false")
        try:
            token = self._refresh_token()
            if everywhere:
                fresh = self._pool.refreshed(token)
                self._keep(fresh)  # with the former token, a second try would find nobody signed in
                self._pool.end_everywhere(fresh.claims["cognito:username"])
            else:
                self._pool.end(token)
        except SignedOut:
            if everywhere:
                raise
        self._calls.drop(SESSION)
        return self._pool.sign_out_address(self._calls.address(AFTER))

    def _refresh_token(self) -> str:
        if token := self._calls.cookies.sent.get(SESSION):
            return token
        raise SignedOut

    def _keep(self, tokens: Tokens) -> None:
        if tokens.refresh:
            self._calls.keep(SESSION, tokens.refresh, self._seconds)

    def _session(self, tokens: Tokens) -> dict[str, Any]:
        self._keep(tokens)
        claims = tokens.claims
        return {
            "id_token": tokens.id_token,
            "expires_at": shown_moment(tokens.expires_at),
            "email": claims.get("email", ""),
            "groups": sorted(claims.get("cognito:groups", [])),
        }


def _is_path(text: object) -> bool:
    """Tells whether a text is a path in the console: no address of another site, and nothing that hides one."""
    return (
        isinstance(text, str)
        and len(text) <= LONGEST_PATH
        and text.startswith("/")
        and not text.startswith("//")
        and not {'"', "\\"} & {*text}  # addresses have them encoded; here they would take twice the room
        and text.isascii()
        and text.isprintable()
    )


def _chance() -> str:
    return _text(os.urandom(32))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _name(state: str) -> str:
    """Returns the name of a sign-in's cookie: several may be under way, one in each tab."""
    return f"{BEGUN}-{sha256(state.encode(errors='replace')).hexdigest()[:8]}"


def _read(begun: str) -> tuple[str, str, str] | None:
    try:
        state, verifier, return_to = json.loads(urlsafe_b64decode(begun + "=" * (-len(begun) % 4)))
    except (TypeError, ValueError, RecursionError):
        return None
    return state, verifier, return_to
