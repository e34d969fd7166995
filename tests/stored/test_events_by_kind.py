"""An event is read and written by the model that its type names, as by the union of all models that once did it."""

import json
import random

import pytest
from pydantic import ValidationError

from baton.aws.table.packing.packed_text import unpacked
from baton.domain.events.recorded import Event, Recorded
from tests.stored.corpus import generations, items

OF_EACH_KIND = 12
WRONG = ['{"type": "NoSuchEvent"}', '{"type": ["a"]}', '{"type": "LeadCaptured"}', "{}", "[]", "null", '"LeadCaptured"']


class Union(Recorded):
    """`Recorded` with the union."""

    event: Event


def bodies() -> list[str | bytes]:
    """Some stored events of each kind, of every generation."""
    chance, by_kind = random.Random(1), dict[str, list[str | bytes]]()
    for generation in generations():
        for kind, item in items(generation):
            if kind == "events":
                by_kind.setdefault(item["type"]["S"], []).append(unpacked(item["body"]))
    return [body for found in by_kind.values() for body in chance.sample(found, min(len(found), OF_EACH_KIND))]


def test_a_stored_event_is_read_and_written_as_by_the_union() -> None:
    found = bodies()
    assert len(found) > 200
    for body in found:
        ours, theirs = Recorded.model_validate_json(body), Union.model_validate_json(body)
        assert ours.event == theirs.event
        assert type(ours.event) is type(theirs.event)
        assert ours.model_dump_json(exclude_none=True) == theirs.model_dump_json(exclude_none=True)
        assert ours.model_dump_json() == theirs.model_dump_json()
        assert ours.model_dump(mode="json", exclude={"event": {"type"}}) == theirs.model_dump(
            mode="json", exclude={"event": {"type"}}
        )
        assert Recorded.model_validate(theirs.model_dump()) == ours


@pytest.mark.parametrize("event", WRONG)
def test_what_is_no_event_is_refused_as_by_the_union(event: str) -> None:
    body = json.dumps({"event_id": "a-00000001", "lead_id": "a", "at": "2026-11-24T09:30:00Z", "by": "form:x"})
    for model in (Recorded, Union):
        with pytest.raises(ValidationError):
            model.model_validate_json(f'{body[:-1]}, "event": {event}}}')
