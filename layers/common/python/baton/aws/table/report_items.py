"""Writes the attributes that reports read on events, handoffs and duties: their place in index 2, and their figures."""

from baton.aws.table.keys import report_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.packing.packed_text import packed
from baton.domain.history.change import Change
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.reports.rows import row_figures


def of_move(change: Change) -> Item:
    """Returns the attributes of a command's last event if it changed the lead's status or stage; otherwise none."""
    moved = row_figures.move_figures(change)
    if moved is None:
        return {}
    last = change.events[-1]
    return report_keys.report_index(report_keys.Reported.MOVES, last.at, last.event_id) | {"figures": packed(moved)}


def of_handoff(handoff: Handoff) -> Item:
    """Returns the attributes of a handoff: its current figures."""
    return {"figures": packed(row_figures.handoff_figures(handoff))}


def of_duty(duty: Duty, change: Change) -> Item:
    """Returns the attributes of a duty towards the changed lead: its current figures."""
    return {"figures": packed(row_figures.duty_figures(duty, change.after))} if change.after else {}
