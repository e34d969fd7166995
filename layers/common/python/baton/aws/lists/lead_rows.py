"""Shows a lead as a row of a list: who it is, what they asked, why now, who owes what by when."""

from datetime import datetime

from baton.aws.leads.views import duty_view, next_step_view
from baton.aws.web.json_view import View
from baton.domain.basics.moments import shown_moment
from baton.domain.basics.points import points_of
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import is_current
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing, best_persona, standing_of
from baton.domain.terms.agreed_labels import in_plain_words, return_reason_label, stage_label, trigger_label
from baton.domain.timers.open_clock import OpenClock, escalated_at, open_clock, overdue_since, why_now

LISTED = {
    *("lead_id", "email", "profile", "company", "stage", "status", "status_since", "review_on", "suspected_at"),
    *("channel", "source", "campaign", "account", "updated_at"),
}
OF_HANDOFF = {"handoff_id", "trigger", "state", "owner", "team", "offered_at"}
"""The fields of a handoff in a list of leads."""
MAX_ASKED = 280
"""A row has so many characters of what somebody wrote; the lead has all of them."""


def lead_row(lead: Lead, card: Scorecard, now: datetime) -> View:
    """Shows a lead in a list; the score is null until the lead is counted under this version of the agreement."""
    handoff, running = lead.handoff, open_clock(lead)
    standing = standing_of(lead, card, now) if is_current(lead.tally, card.version) else None
    late, told = overdue_since(lead, now), escalated_at(lead)
    return {
        **lead.model_dump(mode="json", include=LISTED),
        "email": lead.address,
        "asked": asked_view(lead),
        "why_now": list(why_now(lead)),
        "persona": _persona(lead, card),
        "score": standing and _score(standing),
        "next_step": next_step_view(lead, now),
        "clock": running and clock_view(running, now),
        "overdue_since": late and shown_moment(late),
        "escalated_at": told and shown_moment(told),
        "review": duty_view(lead.duty, now) if lead.duty and lead.duty.is_open else None,
        "handoff": handoff and handoff.model_dump(mode="json", include=OF_HANDOFF),
        "labels": {
            "stage": stage_label(lead.stage),
            "status": in_plain_words(lead.status),
            "trigger": handoff and trigger_label(handoff.trigger),
            "state": handoff and in_plain_words(handoff.state),
            "returned": _returned_for(lead, card),
        },
    }


def _returned_for(lead: Lead, card: Scorecard) -> str | None:
    """Returns the label of why sales gave the lead back, as long as marketing owes it an answer."""
    reason = lead.duty.reason if lead.duty and lead.duty.is_open else None
    return return_reason_label(reason, card.agreement) if reason else None


def _score(standing: Standing) -> View:
    return {"total": points_of(standing.total), "engagement": points_of(standing.engagement)}


def _persona(lead: Lead, card: Scorecard) -> View | None:
    persona = best_persona(lead, card)
    if persona is None:
        return None
    label = next(each["label"] for each, _ in card.personas if each["id"] == persona.id)
    return {"id": persona.id, "label": label, "match": persona.match}


def asked_view(lead: Lead) -> View | None:
    """Shows what they asked for last, and the beginning of their words."""
    request = lead.request
    if request is None:
        return None
    words = request.message
    if words and len(words) > MAX_ASKED:
        words = f"{words[: MAX_ASKED - 1]}…"
    return {"at": shown_moment(request.at), "form": request.form, "words": words}


def clock_view(running: OpenClock, now: datetime) -> View:
    """Shows the running clock that is due first: what it is of, its name, when it is due and when late."""
    clock = running.clock
    return {
        "of": running.kind,
        "name": clock.name,
        "label": in_plain_words(clock.name),
        "started_at": shown_moment(clock.started_at),
        "due_at": shown_moment(clock.due_at),
        "late_after": shown_moment(clock.late_after),
        "breached": clock.is_breached(now),
    }
