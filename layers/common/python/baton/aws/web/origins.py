"""CORS: scripts of the origins that the template lists may read answers; those of other origins may not."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from baton.aws.runtime.settings import setting

PREFLIGHT_SECONDS = 7200
"""The time for which a browser caches a preflight answer; no browser caches it longer."""

Headers = dict[str, str]


class Origins(NamedTuple):
    """The allowed origins, as browsers spell them: `https://www.example.com`."""

    allowed: frozenset[str]

    @classmethod
    def from_environment(cls) -> Self:
        """Reads the origins of the deployed stack; by default there are none."""
        return cls(frozenset(setting("ALLOWED_ORIGINS", "").lower().split(",")) - {""})

    def headers(self, request_headers: Mapping[str, str]) -> Headers:
        """Returns the CORS headers of an answer to a request with these headers."""
        origin = _origin(request_headers)
        if origin not in self.allowed:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}

    def preflight(self, request_headers: Mapping[str, str]) -> Headers:
        """Returns the headers of an answer to a preflight request; without an allowed origin, none."""
        if _origin(request_headers) not in self.allowed:
            return {}
        return {
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }


def _origin(request_headers: Mapping[str, str]) -> str:
    return next((value for name, value in request_headers.items() if name.lower() == "origin"), "").lower()
