"""CORS: scripts of the origins that the template lists may read answers; those of other origins may not."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from baton.aws.runtime.settings import setting

PREFLIGHT_SECONDS = 7200
"""The time for which a browser caches a preflight answer; no browser caches it longer."""
CORS_HEADERS = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")

Headers = dict[str, str]


class Origins(NamedTuple):
    """The allowed origins, as browsers spell them, `https://www.example.com`, and what their scripts may do and read.

    No answer allows credentials: a token is sent in a header by the script that has it, and no cookie counts.
    """

    allowed: frozenset[str]
    methods: str = "POST"
    sent: str = "Content-Type"
    read: str = "Retry-After"

    @classmethod
    def from_environment(cls) -> Self:
        """Reads the websites of the deployed stack that may post forms; by default there are none."""
        return cls(_named_in(setting("ALLOWED_ORIGINS", "")))

    @classmethod
    def of_consoles(cls) -> Self:
        """Reads the pages of the deployed stack on which staff sign in; by default there are none."""
        sent, read = (
            "Authorization, Content-Type, Idempotency-Key, If-None-Match",
            "Content-Disposition, ETag, Link, Retry-After",
        )
        return cls(_named_in(setting("CONSOLE_ORIGINS", "")), "DELETE, GET, PATCH, POST, PUT", sent, read)

    def headers(self, request_headers: Mapping[str, str]) -> Headers:
        """Returns the CORS headers of an answer to a request with these headers."""
        origin = _origin(request_headers)
        if origin not in self.allowed:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", **dict(zip(CORS_HEADERS, (origin, self.read), strict=True))}

    def preflight(self, request_headers: Mapping[str, str]) -> Headers:
        """Returns the headers of an answer to a preflight request; without an allowed origin, none."""
        if _origin(request_headers) not in self.allowed:
            return {}
        return {
            "Access-Control-Allow-Methods": self.methods,
            "Access-Control-Allow-Headers": self.sent,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }


def _named_in(listed: str) -> frozenset[str]:
    return frozenset(listed.lower().split(",")) - {""}


def _origin(request_headers: Mapping[str, str]) -> str:
    return next((value for name, value in request_headers.items() if name.lower() == "origin"), "").lower()
