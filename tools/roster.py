"""Salespeople for the local stack, put there through the API as an admin would."""

from collections.abc import Mapping

import httpx

TEAM = "sales"
REPS: Mapping[str, Mapping[str, str | int]] = {
    "sam@baton.example": {"weight": 1, "capacity": 50},
    "tess@baton.example": {"weight": 1, "capacity": 50},
    "mona@baton.example": {"role": "manager"},
}


def fill(api: httpx.Client) -> None:
    """Add the team's people; who is there already stays as they are.

    Raises:
        httpx.HTTPStatusError: the API refused.
    """
    for email, rep in REPS.items():
        api.put(f"/teams/{TEAM}/reps/{email}", json=rep).raise_for_status()
