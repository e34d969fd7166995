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


_ATTRIBUTES = {
    "plan": {"kind": "choice", "choices": ["Free", "Team", "Pro"], "label": "Their plan"},
    "seats": {"kind": "number"},
}
_NEVER = [
    {"id": "own-staff", "label": "Our own people", "when": {"email_domain": "own.example.com"}},
    {"id": "rival", "when": {"email_domain": "rival.example"}, "then": "disqualify"},
    {"id": "agency", "when": {"email_domain": "agency.example"}, "then": "review"},
    {"id": "student", "when": {"title": {"matches": r"\bstudent\b"}}, "team": "education"},
]


def _of_own_words() -> str:
    """The packaged agreement with attributes, leads that never go to sales, and one rep for each company."""
    agreed: dict[str, Any] = yaml.safe_load(packaged_text())
    agreed["attributes"], agreed["never"] = _ATTRIBUTES, _NEVER
    agreed["teams"]["education"] = {"label": "Education", "reps": {"weight": 1, "capacity": 25}}
    fields = agreed["forms"]["consultation"]["fields"]
    agreed["forms"]["consultation"]["fields"] = {**fields, "plan": {}, "team_size": {"attribute": "seats"}}
    agreed["fit"] = [*agreed["fit"], {"id": "on-pro", "points": 20, "when": {"attributes": {"plan": "pro"}}}]
    for handoff in agreed["handoffs"].values():
        handoff["sticky"] = "company"
    return yaml.safe_dump(agreed, sort_keys=False)


def agreements() -> dict[str, str]:
    """The text of each."""
    examples = {path.stem: path.read_text() for path in sorted((ROOT / "docs" / "agreements").glob("*.yaml"))}
    a_year = (ROOT / "tests" / "simulation" / "agreement.yaml").read_text()
    return {
        "packaged": packaged_text(),
        "many-places": _of_many_places(),
        "own-words": _of_own_words(),
        "a-year": a_year,
        **examples,
    }
