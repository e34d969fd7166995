"""Which websites' scripts may read an answer (CORS): those that the template names, and nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from baton.aws.runtime.settings import setting

PREFLIGHT_SECONDS = 7200
"""For how long a browser need not ask again; none keeps it longer."""

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins whose pages may read answers, as a browser spells them: `https://www.example.com`."""

    allowed: frozenset[str]

    @classmethod
    def from_environment(cls) -> Self:
        """The origins of the deployed stack; by default none."""
        return cls(frozenset(setting("ALLOWED_ORIGINS", "").lower().split(",")) - {""})

    def headers(self, asked: Mapping[str, str]) -> Headers:
        """What an answer to a request with these headers carries; a page of another origin is told nothing."""
        origin = _origin(asked)
        if origin not in self.allowed:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}

    def preflight(self, asked: Mapping[str, str]) -> Headers:
        """What a browser wants to know before it lets a page of an allowed origin post JSON."""
        if _origin(asked) not in self.allowed:
            return {}
        return {
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }


def _origin(asked: Mapping[str, str]) -> str:
    return next((value for name, value in asked.items() if name.lower() == "origin"), "").lower()
