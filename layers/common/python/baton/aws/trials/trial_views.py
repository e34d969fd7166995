"""Shows trials in answers of the API, and counts the figures of those that have finished."""

from datetime import datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.trials.leads_in_period import lists_of
from baton.aws.trials.trial_items import Trial
from baton.aws.trials.tried_leads import card_of
from baton.aws.web.json_view import View
from baton.domain.signing.draft_signatures import Draft
from baton.domain.trial.figures.trial_figures import Asked, TrialFigures, trial_figures

SEED = 1
"""Is told with the figures, as on a laptop; nothing of a trial in the account is drawn by lot."""


def trial_view(trial: Trial, now: datetime) -> View:
    """Shows a trial and its progress: `parts_done` of its `parts`, and how many leads were replayed so far."""
    shown = {
        "trial_id": trial.trial_id,
        "draft_id": trial.draft_id,
        "revision": trial.revision,
        "against_version": trial.today,
        "from": trial.first,
        "to": trial.last,
        "as_of": trial.as_of,
        "by": trial.by,
        "state": trial.state_at(now),
        "started_at": trial.started_at,
        "finished_at": trial.finished_at,
        "parts_done": trial.lists_done,
        "parts": len(lists_of(trial.span)),
        "leads": trial.leads,
    }
    return {name: value for name, value in shown.items() if value is not None}


def tried_draft_view(trial: Trial, draft: Draft, now: datetime) -> View:
    """Shows the trial of a draft, and whether the draft is still the one that was tried."""
    told = {"changed_since": draft.revision != trial.revision, "withdrawn": draft.withdrawn_at is not None}
    return trial_view(trial, now) | told


def figures_of(trial: Trial, compared: tuple[AgreementInForce, AgreementInForce]) -> TrialFigures:
    """Returns the figures of a finished trial, as `python -m baton.trial` counts them."""
    versions = {
        "draft": f"draft {trial.draft_id}, revision {trial.revision}",
        "today": f"version {trial.today} of the agreement",
    }
    return trial_figures(trial.sums, Asked(card_of(compared[1]), trial.reps, SEED, versions))
