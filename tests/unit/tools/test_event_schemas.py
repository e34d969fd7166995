"""What subscribers of the bus can rely on."""

import json
from pathlib import Path

from tools.event_schemas import FOLDER, schemas

ROOT = Path(__file__).parents[3]


def test_the_kept_schemas_are_those_of_the_events() -> None:
    kept = {file.stem: file.read_text() for file in (ROOT / FOLDER).glob("*.json")}
    assert kept == schemas(), "run `make schemas` and look at what changes for subscribers"


def test_no_schema_asks_for_who_a_person_is() -> None:
    for name, text in schemas().items():
        assert not {"email", "owner", "profile", "message", "note", "phone"} & json.loads(text)["properties"].keys(), (
            name
        )
