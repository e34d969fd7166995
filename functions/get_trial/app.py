"""GET /agreement/drafts/{draft_id}/trial?format=: how far a draft's trial has come, and what it found."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.trials.trial_items import TrialItems
from baton.aws.trials.trial_views import figures_of, tried_draft_view
from baton.aws.web.accepted_media import best_format
from baton.aws.web.http import Problem, answer, file, page, staff_api
from baton.aws.web.router import Response
from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.trials.trial_lines import trial_lines

FORMATS = ("json", "csv", "html")
app = staff_api(query=("format",))
store = Store.from_environment()
drafts, trials = DraftItems(Versions(store)), TrialItems(store)


@app.get("/agreement/drafts/<draft_id>/trial")
def get_trial(draft_id: str) -> Response:
    """The draft's last trial, with its figures and their words once it has finished."""
    if (wanted := best_format(app.query("format"), app.headers, FORMATS)) not in FORMATS:
        raise Problem(422, "no trial is shown like this", [("format", f"must be one of {', '.join(FORMATS)}")])
    draft, _ = drafts.read(draft_id)
    trial = trials.read(draft_id)
    if trial is None:
        raise NotFound("nobody has tried this draft in the last ninety days; POST to the same address tries it")
    compared = trials.compared(trial) if trial.is_finished else None
    figures = figures_of(trial, compared) if compared else None
    if wanted != "json":
        return as_report(figures, wanted, f"baton-trial-{draft_id}.csv")
    found = {"result": figures.as_data(), "words": trial_lines(figures)} if figures else {}
    return answer(tried_draft_view(trial, draft, utc_now()) | found)


def as_report(figures: TrialFigures | None, wanted: str, name: str) -> Response:
    """Returns the report of a finished trial as a page or as a CSV file."""
    from baton.outreach.csv.csv_cells import MEDIA_TYPE  # seldom asked for, as are the others  # noqa: PLC0415
    from baton.outreach.trials.trial_csv import trial_csv  # noqa: PLC0415
    from baton.outreach.trials.trial_page import HEADERS, trial_page  # noqa: PLC0415

    if figures is None:
        raise Problem(409, "the trial has not finished; as JSON the answer says how far it has come")
    if wanted == "html":
        return page(200, trial_page(figures), HEADERS)
    return file(trial_csv(figures), MEDIA_TYPE, name)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
