"""POST /agreement/drafts/{draft_id}/trial: what would this draft have done with the leads of a period."""

from typing import Any

from baton.aws.drafts.draft_views import drafting_api
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.trials.trial_start import AskedPeriod, PeriodRefused, TrialStart
from baton.aws.trials.trial_views import trial_view
from baton.aws.web.http import Problem, answer
from baton.aws.web.router import Response

app = drafting_api()
trials = TrialStart.from_environment()
HERE = "trial"
"""The place of a trial, as seen from where it was started."""


@app.post("/agreement/drafts/<draft_id>/trial")
def try_draft(draft_id: str) -> Response:
    """Start the trial, and say where it is found; the same question while it runs is answered by the same trial."""
    asked, now = app.sent(AskedPeriod), utc_now()
    started = trials.start(draft_id, asked, app.staff.email, now)
    shown = answer(trial_view(started, now), 202)
    return shown._replace(headers={**shown.headers, "Location": HERE})


@app.on(PeriodRefused)
def refuse(fault: PeriodRefused) -> Response:
    """Answers 422 with what is wrong with the period."""
    return Problem(422, "no trial was started", [(fault.field, str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
