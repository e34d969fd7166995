"""Runs when somebody tries a draft: replays the leads of the period, for some seconds at a time."""

from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.trials.trial_job import TrialJob

job = TrialJob(Store.from_environment())


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Goes on from the place stored in the table; `done` says whether there is nothing left to do."""
    trial = job.go_on(event["draft_id"], event["trial_id"], utc_now())
    return {"done": trial is None or trial.done, "leads": trial.leads if trial else 0}
