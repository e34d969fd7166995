"""Takes a lead's stored history apart: what people and tools did, and what became of the lead in reality."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from baton.domain.events.handoff_events import HandoffClosed, HandoffOffered, HandoffReturned
from baton.domain.events.lead_events import LeadHeldBack, LeadReleased, LeadUpdated
from baton.domain.events.merge_events import AddressChosen, LeadAbsorbed, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded
from baton.domain.events.review_events import LeadDisqualified, LeadParked, LeadReviewed
from baton.domain.events.signal_events import LeadCaptured, ReleasedFromSpam, SignalRecorded
from baton.domain.lead_changes.consequences import AGREED
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.trial.lead_commands import Command, LeadCommands
from baton.domain.trial.trial_rows import Became

OF_THE_LEAD = (
    LeadCaptured,
    SignalRecorded,
    ReleasedFromSpam,
    LeadMerged,
    LeadUnmerged,
    LeadAbsorbed,
    LeadRestored,
    AddressChosen,
)
"""What the lead itself and its senders told, and which leads are one."""
_OF_PEOPLE = (LeadUpdated, LeadHeldBack, LeadReleased, LeadReviewed, LeadParked, LeadDisqualified, HandoffOffered)
"""What a person decides or enters; the agreement does some of it, too, which a replay asks anew."""


def commands_of_history(
    lead_id: str, history: Iterable[Recorded], others: Mapping[str, Sequence[Recorded]] | None = None
) -> LeadCommands:
    """Returns the commands in a lead's own stored history, in order of arrival.

    Left out are the consequences of the agreement that was in force, and what people entered or decided after sales
    first got the lead. What the lead did stays, whenever it was. `others` are the histories of leads that were merged
    into it.
    """
    ours = groupby(_given(history), key=lambda recorded: recorded.at)
    return LeadCommands(lead_id, [Command.of(tuple(events)) for _, events in ours], others=others or {})


def _given(history: Iterable[Recorded]) -> Iterator[Recorded]:
    handed_over = False
    for recorded in history:
        by_hand = recorded.by != AGREED and isinstance(recorded.event, _OF_PEOPLE)
        if isinstance(recorded.event, OF_THE_LEAD) or (by_hand and not handed_over):
            yield recorded
        handed_over = handed_over or isinstance(recorded.event, HandoffOffered)


def under(commands: LeadCommands, was: Callable[[datetime], AgreedKinds], kinds: AgreedKinds) -> LeadCommands:
    """Returns the commands as an agreement with other kinds of signals would have recorded them.

    What a sender said of one signal stays; what followed from its kind follows from the new kinds. `was` gives the
    kinds of the agreement that was in force at a moment.
    """
    reread = [_taken_by(command, was(command.at), kinds) for command in commands.commands]
    if all(new is old for new, old in zip(reread, commands.commands, strict=True)):
        return commands
    return commands._replace(commands=reread, begun=None)


def _taken_by(command: Command, was: AgreedKinds, kinds: AgreedKinds) -> Command:
    if was == kinds:
        return command
    return Command.of(tuple(_reread(each, was, kinds) for each in command.events))


def _reread(recorded: Recorded, was: AgreedKinds, kinds: AgreedKinds) -> Recorded:
    event = recorded.event
    if not isinstance(event, SignalRecorded):
        return recorded
    kind, by_form = event.kind, event.form is not None
    told = None if event.from_person == was.came_from_person(kind, by_form=by_form) else event.from_person
    from_person = kinds.came_from_person(kind, told, by_form=by_form)
    by_itself = event.asks_for_a_person and not (event.from_person and kind in was.asking)
    asks = by_itself or (from_person and kind in kinds.asking and not event.spam)
    choice = kinds.mail_choice(kind) if event.mail_choice == was.mail_choice(kind) else event.mail_choice
    changes = {
        "from_person": from_person,
        "asks_for_a_person": asks,
        "asked": max(event.asked, 1) if asks else 0,
        "attributes": kinds.attributes_in(event.properties) or {},
        "mail_choice": choice,
    }
    return recorded.model_copy(update={"event": event.model_copy(update=changes)})


def became_of(history: Iterable[Recorded], *, forgotten: bool | None = None) -> Became:
    """Returns what became of a lead by its stored history: its last handoff's end, or that it is still open."""
    became = Became(forgotten=forgotten)
    for recorded in history:
        match recorded.event:
            case HandoffOffered(probability=probability):
                became = Became("open", forgotten=forgotten, share=probability or 1.0)
            case HandoffReturned(then=then, reason=reason) if then != "next_rep":
                became = became._replace(state="returned", reason=reason, closed_at=recorded.at)
            case HandoffClosed(outcome=outcome, worth=worth):
                became = became._replace(state=outcome, reason=None, closed_at=recorded.at, amount=worth)
    return became
