"""Adds reps and marketers to the rosters of the local stack, through the API, as an admin would."""

from collections.abc import Mapping
from typing import Any

import httpx

Rosters = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What is agreed with people, by team and address, as `PUT /teams/{team}/reps/{email}` takes it."""
ROSTERS: Rosters = {
    "sales": {
        "sam@baton.example": {"weight": 1, "capacity": 50},
        "tess@baton.example": {"weight": 1, "capacity": 50},
        "mona@baton.example": {"role": "manager"},
    },
    "marketing": {"maria@baton.example": {}, "mia@baton.example": {"role": "manager"}},
}


def fill(api: httpx.Client, rosters: Rosters = ROSTERS) -> None:
    """Adds people to their teams; those who are there already stay as they are.

    Raises:
        httpx.HTTPStatusError: the API refused.
    """
    for team, people in rosters.items():
        for email, agreed in people.items():
            api.put(f"/teams/{team}/reps/{email}", json=agreed).raise_for_status()
