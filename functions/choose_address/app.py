"""PUT /leads/{lead_id}/address: staff correct a lead's address, or choose which of several is written to."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from baton.aws.leads.lead_merging import LeadMerging
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.lead_changes.address_choice import WantedAddress
from baton.intake.fields.email_addresses import check_email

app = staff_api()
merging = LeadMerging.from_environment()
secrets = Secrets.from_environment()


class WriteTo(BaseModel):
    """The address that reaches the person."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    email: Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(check_email)]


@app.put("/leads/<lead_id>/address")
def choose(lead_id: str) -> Response:
    """A new address becomes a further one of the lead; who has it already is merged, as `POST /merge` does."""
    email, now = app.sent(WriteTo).email, utc_now()
    wanted = WantedAddress(email, lead_id_of(email, secrets.pepper()))
    lead = merging.write_to(lead_id, wanted, None, app.staff.email, now, repeats_of(app, now))
    return answer(lead_view(merging.commands.standing(lead, now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
