"""Writes the JSON Schemas of the bus's events into docs/events, one for each kind, and docs/asyncapi.json beside."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, create_model

from baton.domain.accounts import account_events
from baton.domain.basics.facts import Instant
from baton.domain.events.happened import Happened
from baton.domain.events.recorded import Event
from baton.domain.follow_up import search_events
from baton.domain.imports import list_import
from baton.domain.privacy import privacy_events
from baton.domain.signing import agreement_events
from baton.domain.teams import team_events
from tools import async_api
from tools.openapi.json_schemas import published

FOLDER = Path("docs/events")
ENVELOPE: dict[str, Any] = {
    "event_id": (Annotated[str, Field(description="The same for every delivery of this event.")], ...),
    "at": (Annotated[Instant, Field(description="When it happened, in UTC.")], ...),
    "version": (Annotated[Literal[1], Field(description="Of this schema.")], ...),
}
OF_A_LEAD: dict[str, Any] = {"event_id": ENVELOPE["event_id"], "lead_id": (str, ...), **ENVELOPE}
OF_A_TIMER: dict[str, Any] = {
    "due_at": (
        Instant | None,
        Field(default=None, description="When Baton looks, if this event set that."),
    ),
    "ends_timer": (str | None, Field(default=None, description="The event whose timer this one ended.")),
}

Kind = (
    Happened
    | agreement_events.AgreementHappened
    | account_events.AccountHappened
    | search_events.Searched
    | list_import.Imported
    | privacy_events.LeadErased
    | privacy_events.LeadsRetired
    | team_events.TeamHappened
)


def schemas() -> dict[str, str]:
    """Returns the schema of each kind of event's `detail`, as the text of its file."""
    kinds: tuple[type[Happened], ...] = get_args(get_args(Event)[0])
    of_leads = {kind.__name__: _schema(kind, OF_A_LEAD | OF_A_TIMER) for kind in kinds}
    of_leads |= {kind.__name__: _schema(kind, OF_A_LEAD) for kind in privacy_events.KINDS}
    others: tuple[type[Kind], ...] = (
        *agreement_events.KINDS,
        *account_events.KINDS,
        *search_events.KINDS,
        *list_import.KINDS,
        *privacy_events.OF_ROUNDS,
        *team_events.KINDS,
    )
    of_others = {kind.__name__: _schema(kind, ENVELOPE) for kind in others}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in (of_leads | of_others).items()}


def _schema(kind: type[Kind], envelope: dict[str, Any]) -> dict[str, Any]:
    fields = dict(envelope)
    for name, field in kind.model_fields.items():
        if name in kind.published:
            fields[name] = (field.annotation, field)
    detail = create_model(kind.__name__, __doc__=kind.__doc__, **fields)
    schema = published(detail.model_json_schema(mode="serialization"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def main() -> None:
    """Writes all files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = schemas()
    for name, text in texts.items():
        (FOLDER / f"{name}.json").write_text(text)
    Path(async_api.FILE).write_text(async_api.text(texts), encoding="utf-8")


if __name__ == "__main__":
    main()
