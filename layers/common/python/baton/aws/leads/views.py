"""Shows leads, handoffs, duties and events in answers of the API."""

from datetime import UTC, datetime

from baton.aws.web.json_view import View
from baton.domain.basics.moments import shown_moment
from baton.domain.basics.points import plain_points
from baton.domain.events.recorded import Recorded
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.terms.terms_in_words import in_words
from baton.domain.timers.next_step import is_overdue, next_step

_OF_LEADS_MADE_ONE = {"brought", "known", "parts", "ceded"}
"""The fields of merge events that only the fold needs; the histories of both leads have the same facts."""
_OF_TIMERS = {"timer_due_at": True, "ends_timer": True}
"""How Baton waits; what is due is shown with the lead."""
_NEVER = shown_moment(datetime.fromtimestamp(0, UTC))


def merged_view(part: MergedPart) -> View:
    """Shows a lead that was merged into another: its id and address."""
    return part.model_dump(mode="json", include={"lead_id", "email"})


def next_step_view(lead: Lead, now: datetime) -> View:
    """Shows who has to do what for a lead next, by when, and after when that is late; `overdue` is as of `now`."""
    return {**next_step(lead).model_dump(mode="json"), "overdue": is_overdue(lead, now)}


def duty_view(duty: Duty, now: datetime) -> View:
    """Shows a duty of marketing towards a lead: why, by when, and who is on it; as of `now`."""
    shown = duty.model_dump(mode="json", include={"kind", "why", "opened_at"})
    due = duty.clock.model_dump(mode="json", include={"due_at"})
    claim = duty.claim_at(now)
    claimed = {"claim": claim.model_dump(mode="json")} if claim else {}
    return {**shown, **due, "breached": duty.clock.is_breached(now), **claimed}


def handoff_view(handoff: Handoff, now: datetime) -> View:
    """Shows a handoff with its clocks and its owners; `breached` is as of `now`."""
    shown = handoff.model_dump(
        mode="json", exclude={"terms", "clocks", "had_it", "evidence", "stints", "news", "company_key"}
    )
    clocks = [
        {
            **clock.model_dump(mode="json", include={"name", "within", "started_at", "due_at", "stopped_at"}),
            "late_after": shown_moment(clock.late_after),
            "breached": clock.is_breached(now),
        }
        for clock in handoff.clocks
    ]
    stints = [stint.model_dump(mode="json", exclude={"runs", "more"}) for stint in handoff.stints]
    score = None if handoff.score is None else plain_points(handoff.score)
    return {**shown, "score": score, "evidence": _evidence(handoff), "clocks": clocks, "stints": stints}


def _evidence(handoff: Handoff) -> list[View]:
    """Shows the entries of the ledger that the handoff cites; those of a limit have no signal."""
    lines = [_cited(line.model_dump(mode="json", exclude_none=True)) for line in handoff.evidence]
    return [line | {"points": plain_points(line["points"])} for line in lines]


def _cited(line: View) -> View:
    """Shows a cited entry; without a time if an older Baton stored 1970 for what was known from the beginning."""
    return {name: value for name, value in line.items() if (name, value) != ("at", _NEVER)}


def event_view(recorded: Recorded) -> View:
    """Shows one event of a lead's timeline, with all that was recorded."""
    shown = recorded.model_dump(mode="json", exclude_none=True, exclude={**_OF_TIMERS, "event": _OF_LEADS_MADE_ONE})
    event = shown.pop("event")
    if "terms" in event:
        event["terms"] = in_words(event["terms"])
    if "evidence" in event:
        event["evidence"] = [_cited(line) for line in event["evidence"]]
    return {**event, **shown}


def handoff_of(lead: Lead | None, now: datetime) -> View:
    """Shows the lead's current handoff."""
    if lead is None or lead.handoff is None:
        raise ValueError("nothing was handed over yet")
    return handoff_view(lead.handoff, now)
