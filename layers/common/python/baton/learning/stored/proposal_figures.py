"""The figures of a proposal as plain data, for answers of the API."""

from collections.abc import Mapping
from typing import Any

from baton.domain.statistics.won_shares import wilson
from baton.learning.fitting.table_fit import Quality
from baton.learning.proposed_table import Proposal, ProposedRule


def proposal_figures(proposal: Proposal, words: Mapping[str, str]) -> dict[str, Any]:
    """Returns the figures of a proposal; without rules where nothing is proposed.

    `words` says, by the id of each proposed rule, what it asks. Shares are from 0 to 1, points whole numbers,
    `leads_per_day` counts leads on a working day.
    """
    scale = proposal.scale
    of_scale = {
        "base": scale.base,
        "full_score": scale.full_score,
        "threshold": scale.threshold,
        "leads_per_day": scale.leads_per_day,
        "leads_per_day_today": scale.todays_leads_per_day,
    }
    return {
        "leads": proposal.leads,
        "learned_from": proposal.learned_from.of,
        "won": proposal.learned_from.won,
        "today": _quality(proposal.in_force),
        "proposed": _quality(proposal.proposed) if proposal.rules else None,
        "scale": of_scale if proposal.rules else None,
        "rules": [_rule(rule, words) for rule in proposal.rules],
        "warnings": [*proposal.warnings],
    }


def _rule(rule: ProposedRule, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": rule.rule.id,
        "words": words[rule.rule.id],
        "part": rule.rule.part,
        "is_new": not rule.rule.points,
        "points": rule.points,
        "points_today": rule.rule.points or None,
        "within": [*rule.within] if rule.within else None,
        "leads": rule.having.of,
        "won": rule.having.won,
        "won_within": [*share] if (share := wilson(rule.having)) else None,
        "resamples": rule.seen,
        "without": _quality(rule.without),
    }


def _quality(quality: Quality) -> dict[str, float | None]:
    named = zip(("won_in_top_5", "won_in_top_10", "won_in_top_20"), quality.tops, strict=True)
    return {"auc": quality.auc, **dict(named)}
