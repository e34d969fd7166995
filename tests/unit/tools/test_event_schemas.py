"""The JSON schemas of the events on the bus."""

import json
import re
from pathlib import Path

from baton.aws.messages.bus import SOURCE
from tools import async_api
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


def test_the_description_of_the_bus_equals_the_one_made_from_the_events() -> None:
    kept = (ROOT / async_api.FILE).read_text(encoding="utf-8")
    assert kept == async_api.text(schemas()), "run `make schemas` and look at what changes for subscribers"


def test_every_reference_in_the_description_of_the_bus_leads_to_something() -> None:
    described = async_api.document(schemas())
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(described))):
        file, _, within = reference.partition("#/")
        if file:
            assert json.loads((ROOT / "docs" / file).read_text())["properties"]["event_id"]
            continue
        found = described
        for name in within.split("/"):
            found = found[name]


def test_the_description_of_the_bus_has_a_message_for_each_kind_of_event_as_a_rule_matches_it() -> None:
    described = async_api.document(schemas())
    messages = described["components"]["messages"]
    assert messages.keys() == described["channels"]["events"]["messages"].keys() == schemas().keys()
    for name, message in messages.items():
        told = message["payload"]["properties"]
        assert (told["source"], told["detail-type"]) == ({"const": SOURCE}, {"const": name})
        assert message["summary"]
