"""The figures that index 2 stores for reports, as JSON: of a handoff, a duty or a move.

They hold ids and facts, and no personal data of the lead. `report_rows` reads them.
"""

import json
from datetime import datetime
from typing import Any, Literal

from baton.domain.basics.amounts import read_amount
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads import ownership
from baton.domain.leads.duty import MERGED, Duty
from baton.domain.leads.handoff import FULL_SCORE, Handoff, HandoffState, is_limit
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Stage, Status

_OF_HANDOFF = {
    *("handoff_id", "lead_id", "trigger", "team", "agreement_version", "persona", "source", "campaign", "channel"),
    *("territory", "score", "state", "offered_at", "ended_at", "return_reason"),
}
_OF_DUTY = {
    *("duty_id", "kind", "reason", "team", "opened_at", "verdict", "by", "closed_at", "agreement_version"),
}


def handoff_figures(handoff: Handoff) -> str:
    """Returns a handoff's figures: trigger, owners with their clocks, and end."""
    held = ownership.add_runs(handoff.stints, handoff.clocks)
    return _text(
        {
            **handoff.model_dump(mode="json", include=_OF_HANDOFF, exclude_none=True),
            **({} if handoff.full_score == FULL_SCORE else {"full_score": handoff.full_score}),
            "rules": list(dict.fromkeys(line.rule for line in handoff.evidence if not is_limit(line.rule))),
            "stints": [stint.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for stint in held],
            "calendar": handoff.terms.calendar_name,
            "attempts": handoff.attempts or None,
            "reached_after": handoff.reached_after,
            "stars": handoff.rating and handoff.rating.stars,
            "amount": _worth(handoff),
            "currency": handoff.currency,
        }
    )


def _worth(handoff: Handoff) -> float | None:
    """Returns the number that a deal's amount was understood as; of an older deal it is read now."""
    if handoff.worth is not None or not handoff.amount:
        return handoff.worth
    amount = read_amount(handoff.amount)
    return amount.exact if amount else None


def duty_figures(duty: Duty, lead: Lead) -> str:
    """Returns a duty's figures."""
    run = ownership.clock_run(duty.clock).model_dump(mode="json", exclude_none=True)
    came = {"source": lead.source, "campaign": lead.campaign, "channel": lead.channel.value}
    return _text(
        {
            **duty.model_dump(mode="json", include=_OF_DUTY, exclude_none=True),
            "lead_id": lead.lead_id,
            "run": run,
            **came,
        }
    )


def move_figures(change: Change) -> str | None:
    """Returns the figures of a command's change of status or stage; None if it changed neither.

    A lead that the agreement kept from sales has figures also if it stays where it is, and so has an SQL that sales
    accepted.
    """
    before, after = change.before, change.after
    kept = next((each for each in change.happened if each.type == "LeadKeptFromSales"), None)
    sql = sales_on_sql(change)
    is_told = kept is not None or sql is not None or place_of(before) != place_of(after)
    if after is None or not change.events or not is_told:
        return None
    last = change.events[-1]
    deal = after.handoff if after.status is Status.WON and (before is None or before.status is not Status.WON) else None
    return _text(
        {
            "event_id": last.event_id,
            "lead_id": after.lead_id,
            "at": last.at.isoformat(),
            "from": place_of(before),
            "to": place_of(after),
            "stayed": _stayed(before, after, "status", last.at),
            "stage_stayed": _stayed(before, after, "stage", last.at),
            "source": after.source,
            "campaign": after.campaign,
            "channel": after.channel.value,
            "kept": kept and kept.rule,
            "sql": sql,
            "amount": deal and _worth(deal),
            "currency": deal and deal.currency,
            "form": _first_form(change) if before is None else None,
        }
    )


def sales_on_sql(change: Change) -> Literal["accepted", "declined"] | None:
    """Returns what sales did with an SQL by this command: it accepted it, or gave it back without having accepted it.

    A lead that sales had accepted before counts as accepted when it becomes an SQL. One that is handed over again may
    be accepted again.
    """
    before, after = change.before, change.after
    if after is None or Stage.SQL not in (after.stage, before and before.stage):
        return None
    was_sql, had = before is not None and before.stage is Stage.SQL, before and before.handoff
    for handoff in change.handoffs or ([after.handoff] if after.handoff and after.handoff.is_open else []):
        was = had if had and had.handoff_id == handoff.handoff_id else None
        was_open, was_taken = was is not None and was.is_open, was is not None and was.was_taken
        if handoff.state is not HandoffState.RETURNED and handoff.was_taken and not (was_sql and was_taken):
            return "accepted"
        if handoff.state is HandoffState.RETURNED and was_sql and was_open and not handoff.was_taken:
            return "declined"
    return None


def _first_form(change: Change) -> str | None:
    """Returns the form by which a new lead came; None if it came otherwise."""
    return next((event.form for event in change.happened if isinstance(event, SignalRecorded)), None)


def place_of(lead: Lead | None) -> dict[str, str] | None:
    """Returns the status and stage in which reports count a lead; a merged one counts with the other."""
    if lead and lead.merged_into:
        return {"status": MERGED, "stage": MERGED}
    return {"status": lead.status.value, "stage": lead.stage.value} if lead else None


def _stayed(before: Lead | None, after: Lead, where: Literal["status", "stage"], at: datetime) -> float | None:
    """Returns how many seconds the lead was in the status or stage that it has left, if it has left one."""
    if before is None or getattr(before, where) is getattr(after, where):
        return None
    since: datetime | None = getattr(before, f"{where}_since")
    return (at - since).total_seconds() if since else None


def _text(figures: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in figures.items() if value is not None}, separators=(",", ":"))
