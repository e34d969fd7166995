"""The agreements under which the corpus' stories are played, by short names."""

from pathlib import Path
from typing import Any

import yaml

from baton.agreement.reading.agreement_reader import packaged_text

ROOT = Path(__file__).parents[2]

_TEAM = {"label": "Nordics", "reps": {"weight": 1, "capacity": 3}, "calendar": "oslo"}
_OFFICES = {
    "oslo": {"time_zone": "Europe/Oslo", "hours": {"mon-fri": "08:00-16:00"}, "holidays": ["2026-12-25 Christmas Day"]},
    "night": {"time_zone": "Europe/Berlin", "hours": {"sun-thu": "22:00-06:00"}},
}
_PLACES = [
    {"id": "north", "when": {"country": ["NO", "SE"]}, "team": "nordics"},
    {"id": "large", "when": {"employees": {"at_least": 1000}}},
]


def _of_many_places() -> str:
    """The packaged agreement with a second team, territories, office hours, and leads that go back to who had them."""
    agreed: dict[str, Any] = yaml.safe_load(packaged_text())
    agreed["calendars"], agreed["territories"], agreed["teams"]["nordics"] = _OFFICES, _PLACES, _TEAM
    for handoff in agreed["handoffs"].values():
        handoff["sticky"] = True
        handoff["clocks"]["accept"]["within"] = "2 business hours"
        handoff["calendar"] = "oslo"
    agreed["retention"] = dict.fromkeys(("spam", "disqualified", "lost", "won", "nurturing"), "400 days")
    return yaml.safe_dump(agreed, sort_keys=False)


def agreements() -> dict[str, str]:
    """The text of each."""
    examples = {path.stem: path.read_text() for path in sorted((ROOT / "docs" / "agreements").glob("*.yaml"))}
    a_year = (ROOT / "tests" / "simulation" / "agreement.yaml").read_text()
    return {"packaged": packaged_text(), "many-places": _of_many_places(), "a-year": a_year, **examples}
