"""PATCH /leads/{lead_id}: staff put down what they know of a lead, or strike it out."""

from functools import partial
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import account_keys
from baton.aws.web.http import Problem, answer, refused_fields, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.lead_changes.fact_updates import FactUpdate, depends_on_account, update_facts, with_agreed_attributes
from baton.intake.fields.json_documents import DocumentFaults
from baton.intake.leads.update_reader import read_update

app = staff_api()
app.on(DocumentFaults)(refused_fields)
commands = Commands.from_environment()


@app.patch("/leads/<lead_id>")
def update_lead(lead_id: str) -> Response:
    """What is new is kept, with who said it and when; whatever trigger holds by that hands the lead over."""
    by, now = app.staff, utc_now()
    wanted = with_agreed_attributes(read_update(app.raw_body or b"{}"), commands.agreement)
    wanted = _with_listed_account(wanted)
    depends = depends_on_account(wanted, commands.agreement)
    decide, repeats = partial(update_facts, wanted=wanted), repeats_of(app, now)
    lead = commands.change(lead_id, decide, by=by.email, now=now, find_account=depends, repeats=repeats)
    return answer(lead_view(commands.standing(lead, now), now))


def _with_listed_account(wanted: FactUpdate) -> FactUpdate:
    if wanted.account is None:
        return wanted
    listed = commands.store.accounts([account_keys.account(wanted.account)]).get(wanted.account)
    if listed is None:
        fault = ("account", "is not on the list; put it there first with PUT /accounts/{domain}")
        raise Problem(422, "there is no such account; nothing was changed", [fault])
    return wanted.model_copy(update={"account": listed.domain})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
