"""A sample of leads that is replayed under today's agreement once, and then under one text after another.

It asks only who goes to sales, so that a replay ends with the first handover.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.crossings import Crossing, Listed
from baton.domain.trial.lead_commands import LeadCommands
from baton.domain.trial.replay import replay
from baton.domain.trial.stored_commands import under
from baton.domain.trial.trial_rows import Became, known_until


class SampledLead(NamedTuple):
    """A lead of a sample: its commands as they were recorded, and its first handover under today's agreement.

    A replay knows nothing from `until` on.
    """

    commands: LeadCommands
    until: datetime
    became: Became
    current: Crossing | None

    @property
    def lead_id(self) -> str:
        """Returns the id of the lead."""
        return self.commands.lead_id

    @property
    def known_at(self) -> int:
        """Returns when the lead became known, in milliseconds since 1970."""
        return self.commands.commands[0].moment


class Sampling(NamedTuple):
    """What a sample is replayed by: today's agreement, the moment up to which the history goes, and the lists of then.

    `was` gives the kinds of signals of the agreement that was in force at a moment.
    """

    current: Scorecard
    until: datetime
    listed: Listed
    was: Callable[[datetime], AgreedKinds]

    def sampled(self, commands: LeadCommands, became: Became) -> SampledLead | None:
        """Returns a lead replayed under today's agreement; None if nothing was known of it before what became of it."""
        until = known_until(self.until, became)
        if commands.commands[0].at >= until:
            return None
        lead = SampledLead(commands, until, became, None)
        return lead._replace(current=self.crossing(lead, self.current))

    def crossing(self, lead: SampledLead, card: Scorecard) -> Crossing | None:
        """Returns a lead's first handover under an agreement; None if that does not hand it over."""
        commands = under(lead.commands, self.was, card.kinds)
        return replay(commands, card, lead.until, self.listed, to_the_end=False).crossing


class TriedLead(NamedTuple):
    """A lead of a sample with its first handover under a draft."""

    lead: SampledLead
    draft: Crossing | None
