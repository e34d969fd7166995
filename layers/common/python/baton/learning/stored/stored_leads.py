"""Takes leads as they were known before their outcome from stored histories, as `known_leads` does from lists.

What people entered after sales got a lead is left out, and so is all that came after its end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from baton.domain.events.lead_events import LeadUpdated
from baton.domain.events.recorded import Recorded
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_history
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.stored_commands import OF_THE_LEAD, became_of, commands_of_history, under
from baton.learning.known_leads import KnownLead, known_lead, won_by

_TOLD = (*OF_THE_LEAD, LeadUpdated)
"""What tells of a lead; what was decided about it does not."""


def stored_lead(
    lead_id: str,
    history: Sequence[Recorded],
    others: Mapping[str, Sequence[Recorded]],
    card: Scorecard,
    as_of: datetime,
    was: Callable[[datetime], AgreedKinds],
) -> KnownLead | None:
    """Returns a lead as it was known.

    None if nothing was known of it before its outcome, if it was merged into another one, or taken for spam.

    Args:
        lead_id: its id.
        history: its events up to `as_of`.
        others: the histories of the leads that were ever a part of it.
        card: the agreement's scorecard in points.
        as_of: up to when its outcome is known.
        was: gives what the agreement that was in force at a moment said of kinds of signals; the signals are known as
            today's would have recorded them.
    """
    became = became_of(history)
    until = became.closed_at or as_of
    commands = under(commands_of_history(lead_id, history), was, card.kinds).commands
    told = [
        each for command in commands if command.at < until for each in command.events if isinstance(each.event, _TOLD)
    ]
    lead = fold(told)
    if lead is None or lead.merged_into or lead.status is Status.SPAM:
        return None
    before = [(part, _before(others.get(part.lead_id, ()), until)) for part in lead.parts]
    whole = merged_history(lead, told, before) if lead.parts or lead.ceded else told
    won = won_by(became.state, became.reason, card.agreement)
    closed = became.closed_at if won is not None else None
    weight = 1 / became.share if won is not None else 1.0
    waited = (closed or as_of) - told[0].at
    as_known = known_lead(lead, whole, told[-1].at, card)
    return as_known._replace(captured_at=told[0].at, won=won, weight=weight, waited=waited)


def _before(history: Iterable[Recorded], until: datetime) -> list[Recorded]:
    return [each for each in history if each.at < until]
