"""The JSON schemas of the events on the bus."""

import json
from pathlib import Path

from tools.event_schemas import FOLDER, schemas

ROOT = Path(__file__).parents[3]


def test_the_schema_files_equal_the_schemas_made_from_the_events() -> None:
    kept = {file.stem: file.read_text() for file in (ROOT / FOLDER).glob("*.json")}
    assert kept == schemas(), "run `make schemas` and look at what changes for subscribers"


def test_no_schema_of_an_event_has_personal_properties() -> None:
    for name, text in schemas().items():
        assert not {"email", "owner", "profile", "message", "note", "phone"} & json.loads(text)["properties"].keys(), (
            name
        )
