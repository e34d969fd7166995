"""POST /handoffs/{handoff_id}/contact: the salesperson has reached out to the lead, or says when they speak next."""

from typing import Annotated, Any

from pydantic import AwareDatetime, ConfigDict, Field

from baton.aws.leads.commands import Commands
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.basics.facts import Fact
from baton.domain.handoffs import link_actions
from baton.domain.staff.permissions import SALES
from baton.domain.terms.kept_terms import ContactOutcome

app = staff_api(SALES)
commands = Commands.from_environment()


class ContactMade(Fact):
    """How the lead was contacted, what came of it, and when they speak again; or that time alone, without a contact."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    channel: link_actions.ContactChannel | None = None
    note: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    outcome: ContactOutcome | None = None
    next_at: AwareDatetime | None = None


@app.post("/handoffs/<handoff_id>/contact")
def contact(handoff_id: str) -> Response:
    """The contact clock stops, if that is what it waits for; whoever makes contact has accepted."""
    by, said, now = app.staff, link_actions.contact_said(**dict(app.sent(ContactMade))), utc_now()
    lead = commands.change(
        handoff_keys.lead_id_of(handoff_id),
        lambda lead: link_actions.log_contact(lead, handoff_id, said, by, now),
        by=by.email,
        now=now,
        repeats=repeats_of(app, now),
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
