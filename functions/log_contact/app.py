"""POST /handoffs/{handoff_id}/contact: the salesperson has reached out to the lead."""

from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import BaseModel, ConfigDict, Field

from baton.aws.leads.commands import Commands
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.web.http import answer, staff_api
from baton.domain.handoffs import acceptance
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
commands = Commands.from_environment()


class ContactMade(BaseModel):
    """How the lead was contacted."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    channel: Literal["phone", "email", "meeting", "message", "other"]
    note: Annotated[str, Field(min_length=1, max_length=2000)] | None = None


@app.post("/handoffs/<handoff_id>/contact")
def contact(handoff_id: str) -> Response[str]:
    """The contact clock stops; whoever makes contact has accepted."""
    by, made, now = app.staff, app.sent(ContactMade), utc_now()
    lead = commands.change(
        handoff_keys.lead_id_of(handoff_id),
        lambda lead: acceptance.log_contact(lead, handoff_id, made.channel, made.note, by, now),
        by=by.email,
        now=now,
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
