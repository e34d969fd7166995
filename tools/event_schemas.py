"""Writes the JSON Schemas of what the bus carries into docs/events, one for each kind of event."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, create_model

from baton.domain import events
from baton.domain.model import Instant

FOLDER = Path("docs/events")
ENVELOPE: dict[str, Any] = {
    "event_id": (Annotated[str, Field(description="The same for every delivery of this event.")], ...),
    "lead_id": (str, ...),
    "at": (Annotated[Instant, Field(description="When it happened, in UTC.")], ...),
    "version": (Annotated[Literal[1], Field(description="Of this schema.")], ...),
}


def schemas() -> dict[str, str]:
    """The schema of each kind of event's `detail`, as the text of its file."""
    kinds: tuple[type[events.Happened], ...] = get_args(get_args(events.Event)[0])
    return {kind.__name__: json.dumps(_schema(kind), indent=2) + "\n" for kind in kinds}


def _schema(kind: type[events.Happened]) -> dict[str, Any]:
    fields = dict(ENVELOPE)
    for name, field in kind.model_fields.items():
        if name in kind.published:
            fields[name] = (field.annotation, field)
    detail = create_model(kind.__name__, __doc__=kind.__doc__, **fields)
    schema = detail.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / f"{name}.json").write_text(text)


if __name__ == "__main__":
    main()
