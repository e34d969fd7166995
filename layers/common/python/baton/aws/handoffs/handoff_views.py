"""Shows a handoff by itself: its clocks, who held it when, how it was routed, and the labels of its codes."""

from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.views import handoff_view
from baton.aws.web.json_view import View
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.ownership import ClockRun, OwnershipPeriod
from baton.domain.terms import agreed_labels as labels


def labelled_handoff_view(handoff: Handoff, agreement: Agreement, now: datetime) -> View:
    """Shows a handoff; every period of an owner has the clocks that ran for them, and codes have labels beside them."""
    shown = handoff_view(handoff, now)
    periods = zip(shown["stints"], handoff.stints, strict=True)
    return {
        **shown,
        "stints": [{**view, "clocks": _runs(period, handoff.ended_at)} for view, period in periods],
        "clocks": [{**clock, "label": labels.in_plain_words(clock["name"])} for clock in shown["clocks"]],
        "labels": _labels(handoff, agreement),
    }


def lead_of_handoff_view(lead: Lead) -> View:
    """Shows who a handoff is about, enough for the head of a screen."""
    return {
        "lead_id": lead.lead_id,
        "email": lead.address,
        "first_name": lead.profile.first_name,
        "last_name": lead.profile.last_name,
        "title": lead.profile.title,
        "company": lead.company.name or lead.company.domain,
        "status": lead.status,
    }


def _labels(handoff: Handoff, agreement: Agreement) -> View:
    """Returns the labels of those codes that the handoff has, by the names of its fields."""
    found = {
        "trigger": labels.trigger_label(handoff.trigger),
        "state": labels.in_plain_words(handoff.state),
        "team": labels.team_label(handoff.team, agreement),
        "territory": handoff.territory and labels.in_plain_words(handoff.territory),
        "persona": handoff.persona and labels.persona_label(handoff.persona, agreement),
        "return_reason": handoff.return_reason and labels.return_reason_label(handoff.return_reason, agreement),
    }
    return {name: label for name, label in found.items() if label}


def _runs(period: OwnershipPeriod, ended_at: datetime | None) -> list[View]:
    """Shows the clocks that were over while somebody had the lead, with their results as reports count them."""
    return [
        {
            "name": run.clock,
            "label": labels.in_plain_words(run.clock),
            **run.model_dump(mode="json", include={"within", "started_at", "due_at", "stopped_at"}),
            "result": _result(run, period.until or ended_at),
        }
        for run in period.runs
    ]


def _result(run: ClockRun, until: datetime | None) -> str:
    """Returns `met`, `missed`, or `passed_on` if the owner lost the lead before the clock was due."""
    late_after = run.grace_until or run.due_at
    if run.stopped_at:
        return "met" if run.stopped_at <= late_after else "missed"
    return "passed_on" if until and until < late_after else "missed"
