"""Histories that tests make up, as commands would have stored them: what leads did, and what sales made of them."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from baton.aws.table import report_items
from baton.aws.table.keys import lead_keys
from baton.aws.table.packing.packed_text import packed
from baton.domain.events.handoff_events import HandoffClosed, HandoffOffered
from baton.domain.events.recorded import Recorded, event_id_of
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.trial.lead_commands import commands_of_messages
from baton.intake.history.history_lists import LeadHistory
from baton.intake.history.outcome_columns import State

Item = dict[str, Any]


def stored_items(lead: LeadHistory, kinds: AgreedKinds, before: Sequence[HandoffOffered] = ()) -> Iterator[Item]:
    """The events of a lead that was won or lost, as items, with the place of its first move in the lists of a month."""
    commands = commands_of_messages(lead.lead_id, lead.arrivals, kinds).commands
    events = [event for command in commands for event in command.events]
    assert lead.outcome
    assert lead.outcome.closed_at
    outcome: Literal["won", "lost"] = "won" if lead.outcome.state is State.WON else "lost"
    handoff_id = before[0].handoff_id if before else f"{lead.lead_id}-1"
    for event in (*before, HandoffClosed(handoff_id=handoff_id, assignment=1, outcome=outcome)):
        which, at = event_id_of(lead.lead_id, len(events) + 1), lead.outcome.closed_at
        events.append(Recorded(event_id=which, lead_id=lead.lead_id, at=at, by="sam@example.com", event=event))
    begun = commands[0].events
    moved = report_items.of_move(Change(lead.lead_id, None, fold(begun), begun))
    for number, recorded in enumerate(events, 1):
        item = lead_keys.event(recorded.event_id) | {"body": packed(recorded.model_dump_json(exclude_none=True))}
        yield item | (moved if number == len(begun) else {})
