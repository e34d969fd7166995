"""Shows a quick trial: who would newly go to sales and who no longer, by name, and the change of each team's load."""

from datetime import UTC, datetime
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.aws.lists.named_leads import with_names
from baton.aws.table.store import Store
from baton.aws.trials.lead_sample import Sample, TriedSample
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.terms.agreed_labels import return_reason_label, team_label, trigger_label
from baton.domain.trial.crossings import Crossing
from baton.domain.trial.figures.quick_figures import TeamLoad, quick_trial
from baton.domain.trial.sampled_leads import TriedLead

NAMED = 50
"""So many leads of either kind are named at most."""


class Shown(NamedTuple):
    """What a quick trial is shown by: the table with the names, today's agreement and the draft."""

    store: Store
    today: Agreement
    draft: Agreement


def quick_trial_view(sample: Sample, tried: TriedSample, shown: Shown) -> View:
    """Shows what a draft would have done with a sample of the newest leads."""
    found = quick_trial(tried.leads, shown.draft, sample.as_of)
    newly = [_lead(each, each.draft, shown.draft) for each in found.newly[:NAMED] if each.draft]
    no_longer = [_lead(each, each.lead.current, shown.today) for each in found.no_longer[:NAMED] if each.lead.current]
    named = with_names({"leads": newly + no_longer}, shown.store)["leads"]
    return {
        "against_version": sample.version,
        "as_of": iso(sample.as_of),
        "since": None if found.since is None else _moment(found.since),
        "leads": found.leads,
        "more": tried.more,
        "left_out": dict(sorted(tried.left_out.items())),
        "both": found.both,
        "neither": found.neither,
        "newly": {"leads": len(found.newly), "named": named[: len(newly)]},
        "no_longer": {"leads": len(found.no_longer), "named": named[len(newly) :]},
        "load": [_load(each, shown.draft) for each in found.load],
    }


def _lead(tried: TriedLead, crossing: Crossing, by: Agreement) -> View:
    lead, became = tried.lead, tried.lead.became
    return {
        "lead_id": lead.lead_id,
        "known_at": _moment(lead.known_at),
        "handed_over_at": _moment(crossing.at),
        "trigger": crossing.trigger,
        "team": crossing.team,
        "became": became.state,
        "labels": {
            "trigger": trigger_label(crossing.trigger),
            "team": team_label(crossing.team, by),
            "returned": return_reason_label(became.reason, by) if became.reason else None,
        },
    }


def _load(load: TeamLoad, draft: Agreement) -> View:
    label = team_label(load.team, draft)
    return {"team": load.team, "label": label, "today": load.current, "draft": load.draft, "days": load.days}


def _moment(milliseconds: int) -> str:
    return iso(datetime.fromtimestamp(milliseconds / 1000, tz=UTC))
