"""POST /leads/{lead_id}/notes: somebody writes down something about a lead that no rule asks for."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from baton.aws.leads.record import record_only, same_text
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Repeated
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.events.lead_events import NoteAdded

NOTED, NOTED_BEFORE = 201, 200

app = staff_api()
store = Store.from_environment()


class Note(BaseModel):
    """A free text about the lead; it is erased and exported with the person."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


@app.post("/leads/<lead_id>/notes")
def add_note(lead_id: str) -> Response:
    """The timeline shows it; the same text of the same person within ten minutes is one note (200 the second time)."""
    by, note, now = app.staff.email, app.sent(Note), utc_now()
    same, status = same_text("notes", by, note.text, now), NOTED
    try:
        record_only(store, lead_id, lambda _: [NoteAdded(text=note.text)], by=by, now=now, repeats=[same])
    except Repeated:
        status = NOTED_BEFORE
    return answer({"lead_id": lead_id, "by": by, "text": note.text}, status)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
