"""What items carry for reports: the figures that index 2 gives back."""

from typing import Any

from baton.aws.table.keys import report_keys
from baton.domain.history.change import Change
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.reports.rows import row_figures

Item = dict[str, Any]


def of_move(change: Change) -> Item:
    """For the last event of a command that has brought a lead to another status or stage; nothing otherwise."""
    moved = row_figures.move_figures(change)
    if moved is None:
        return {}
    last = change.events[-1]
    return report_keys.happened("MOVES", last.at, last.event_id) | {"figures": {"S": moved}}


def of_handoff(handoff: Handoff) -> Item:
    """For a handoff as it is now."""
    return {"figures": {"S": row_figures.handoff_figures(handoff)}}


def of_duty(duty: Duty, change: Change) -> Item:
    """For a duty as it is now, towards the lead that has changed."""
    return {"figures": {"S": row_figures.duty_figures(duty, change.after)}} if change.after else {}
