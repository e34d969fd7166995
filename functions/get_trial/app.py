"""GET /agreement/drafts/{draft_id}/trial: how far the trial of a draft has come, and what it found."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.trials.trial_items import TrialItems
from baton.aws.trials.trial_views import figures_of, tried_draft_view
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.outreach.trials.trial_lines import trial_lines

app = staff_api()
store = Store.from_environment()
drafts, trials = DraftItems(Versions(store)), TrialItems(store)


@app.get("/agreement/drafts/<draft_id>/trial")
def get_trial(draft_id: str) -> Response:
    """The draft's last trial, with its figures and their words once it has finished."""
    draft, _ = drafts.read(draft_id)
    trial = trials.read(draft_id)
    if trial is None:
        raise NotFound("nobody has tried this draft in the last ninety days; POST to the same address tries it")
    compared = trials.compared(trial) if trial.is_finished else None
    view = tried_draft_view(trial, draft, utc_now())
    if compared:
        figures = figures_of(trial, compared)
        view |= {"result": figures.as_data(), "words": trial_lines(figures)}
    return answer(view)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
