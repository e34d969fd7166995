"""Standings in a replay: of a lead that has reached a stage or a review, and the rules behind its points."""

from collections.abc import Iterable
from datetime import datetime

from baton.domain.events.recorded import Event
from baton.domain.scoring.standing import Standing


def at_stage(standing: Standing, risen: Event, now: datetime) -> Standing:
    """Returns the standing of a lead that has reached a stage."""
    found = with_lead(standing, {"stage": getattr(risen, "stage", standing.lead.stage), "stage_since": now})
    found.__dict__["facts"] = {**standing.facts, "stage": found.lead.stage.value}
    return found


def with_lead(standing: Standing, changes: dict[str, object]) -> Standing:
    """Returns the standing of a lead of which some fields have changed that are no facts."""
    lead = standing.lead.model_copy(update=changes)
    found = Standing(lead, standing.card, standing.tally, standing.at, standing.is_target)
    found.__dict__["facts"] = standing.facts
    return found


def rules_behind(standing: Standing) -> Iterable[str]:
    """Yields the rules that gave the lead points, also where these have faded since."""
    yield from (rule for rule, _, _, awarded in standing.fits if awarded)
    counted = standing.tally
    for rule in counted.awards.keys() | counted.carried.keys():
        if any(award[1] for award in (*counted.awards.get(rule, ()), *counted.carried.get(rule, ()))):
            yield rule
