"""POST /handoffs/{handoff_id}/close: sales has won or lost the lead."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from baton.aws.leads.commands import Commands
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.handoffs import closing
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
commands = Commands.from_environment()


def _in_full(amount: object) -> object:
    """Writes a number as text, with two decimal places if it is no whole number; returns anything else unchanged."""
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        return amount
    return f"{amount:.2f}".removesuffix(".00") if isinstance(amount, float) else f"{amount}"


class Closing(BaseModel):
    """How it ended, why, and for how much."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    outcome: Literal["won", "lost"]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None
    amount: Annotated[str, BeforeValidator(_in_full), StringConstraints(min_length=1, max_length=40)] | None = None


@app.post("/handoffs/<handoff_id>/close")
def close(handoff_id: str) -> Response:
    """The handoff counts for nobody any more; repeated, nothing more happens."""
    by, ended, now = app.staff, app.sent(Closing), utc_now()
    lead = commands.change(
        handoff_keys.lead_id_of(handoff_id),
        lambda lead: closing.close(lead, handoff_id, ended.outcome, ended.reason, ended.amount, by),
        by=by.email,
        now=now,
        repeats=repeats_of(app, now),
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
