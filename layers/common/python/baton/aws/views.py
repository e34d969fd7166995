"""Leads, handoffs and people as the API shows them."""

from datetime import datetime
from typing import Any

from baton.domain.events import Recorded
from baton.domain.handoff import Handoff
from baton.domain.lead import Lead
from baton.domain.routing import Rep, Roster, Subscription, why_not

View = dict[str, Any]


def lead_view(lead: Lead, now: datetime) -> View:
    """A lead with its current handoff, as both departments see it."""
    shown = lead.model_dump(mode="json", exclude={"handoff", "timer"})
    return {**shown, "handoff": handoff_view(lead.handoff, now) if lead.handoff else None}


def lead_summary(lead: Lead) -> View:
    """A lead's line in a list."""
    handoff = lead.handoff
    return {
        **lead.model_dump(
            mode="json",
            include={"lead_id", "email", "profile", "company", "stage", "status", "status_since", "review_on"},
        ),
        "handoff": handoff
        and handoff.model_dump(mode="json", include={"handoff_id", "trigger", "state", "owner", "offered_at"}),
    }


def handoff_view(handoff: Handoff, now: datetime) -> View:
    """A handoff with its clocks; `breached` is as of `now`."""
    shown = handoff.model_dump(mode="json", exclude={"terms", "clocks", "had_it"})
    clocks = [
        {
            **clock.model_dump(mode="json", include={"name", "started_at", "due_at", "stopped_at"}),
            "breached": clock.breached(now),
        }
        for clock in handoff.clocks
    ]
    return {**shown, "clocks": clocks}


def event_view(recorded: Recorded) -> View:
    """One line of a lead's timeline, with everything that was recorded."""
    shown = recorded.model_dump(mode="json", exclude_none=True)
    return {**shown.pop("event"), **shown}


def rep_view(rep: Rep) -> View:
    """A person on the roster: what is agreed for them, and whether they get leads now or why not."""
    shown = rep.model_dump(mode="json", exclude={"subscription_arn"})
    return {**shown, "gets_leads": why_not(rep) is None, "why_not": why_not(rep)}


def handoff_of(lead: Lead, now: datetime) -> View:
    """The lead's current handoff."""
    if lead.handoff is None:
        raise ValueError("nothing was handed over yet")
    return handoff_view(lead.handoff, now)


def roster_view(roster: Roster) -> list[View]:
    """Everybody on a team but those who were removed."""
    return [rep_view(rep) for rep in roster if rep.subscription is not Subscription.REMOVED]
