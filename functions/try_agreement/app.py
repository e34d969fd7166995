"""POST /agreement/trial: what would this text have done with the newest leads? Nothing is stored."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from baton.agreement.reading.agreement_reader import read_agreement
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.drafts.checked_text import meaning_of
from baton.aws.drafts.draft_views import MAX_BYTES, drafting_api
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.trials.lead_sample import LeadSamples, try_sample
from baton.aws.trials.quick_trial_views import Shown, quick_trial_view
from baton.aws.trials.tried_leads import draft_card
from baton.aws.web.http import answer
from baton.aws.web.router import Response

app = drafting_api()
store = Store.from_environment()
agreements, samples = Agreements.from_environment(store), LeadSamples(store)


class TriedText(BaseModel):
    """The whole text of an agreement."""

    model_config = ConfigDict(extra="forbid")

    yaml: str


@app.post("/agreement/trial")
def try_agreement() -> Response:
    """Who would newly go to sales and who no longer, by name, of as many of the newest leads as there is time for."""
    draft, today, now = read_agreement(app.sent(TriedText, MAX_BYTES).yaml), agreements.in_force(), utc_now()
    sample = samples.newest(today, now)
    tried = try_sample(sample, draft_card(draft, today, now))
    shown = quick_trial_view(sample, tried, Shown(store, today.agreement, draft))
    return answer(shown | {"meaning": meaning_of(draft)})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
