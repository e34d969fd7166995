"""Makes one lead of two for whoever says that they are one person, in one transaction, and undoes that in another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.aws.leads.commands import Commands
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.lead_changes.merge_decisions import merge, unmerge
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.scoring.signal_counting import counts_after

CONTENDED = "too many changed these leads at once; send the same request again"


@dataclass(frozen=True, slots=True)
class Merging:
    """Where two leads are changed at once."""

    commands: Commands

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        return cls(Commands.from_environment())

    def merge(self, lead_id: str, other_id: str, reason: str | None, by: str, now: datetime) -> Lead:
        """Merge another lead into one, and give that one as it is afterwards; told again, nothing changes.

        Raises:
            NotFound: there is no lead with the first id.
            WrongField: there is none with the other id.
            Refused: these two cannot be merged, or not this way round.
            Contended: too many changed one of them at once.
        """

        def attempt() -> Lead:
            stays, other = self._lead(lead_id), self.commands.store.lead(other_id)
            if other is None:
                raise WrongField("other", "is the id of no lead")
            if stays.lead_id == other.lead_id:
                return self._one_already(stays, lead_id, other_id)
            to_one, to_other = merge(stays, other, reason)
            one = self.commands.settled(
                Change.begin(stays, stays.lead_id).then(to_one, now, by), now, {}, (), everything=True
            )
            return self._saved(one, Change.begin(other, other.lead_id).then(to_other, now, by))

        return retry_on_conflict(attempt, CONTENDED)

    def _one_already(self, lead: Lead, lead_id: str, other_id: str) -> Lead:
        if lead_id == other_id:
            raise WrongField("other", "is the lead itself; name the other one")
        return lead

    def unmerge(self, lead_id: str, reason: str | None, by: str, now: datetime) -> Lead:
        """Let a lead that was merged into another be one of its own again, and give it as it is afterwards.

        Raises:
            NotFound: there is no lead with this id.
            Refused: it is merged into none, or only together with one that was merged into yet another since.
            Contended: too many changed one of them at once.
        """

        def attempt() -> Lead:
            other = self.commands.store.own(lead_id)
            if other is None:
                raise NotFound("there is no such lead")
            stays = self.commands.store.own(other.merged_into) if other.merged_into else None
            if stays is None:
                return self._its_own(other)
            if stays.merged_into:
                raise Refused(f"it was merged into {stays.lead_id}, and that into another since; undo that first")
            history = self.commands.store.whole_history(stays.lead_id, stays.version)
            to_one, to_other = unmerge(stays, history, self._taken_for(stays), other, reason)
            back = Change.begin(other, other.lead_id).then(to_other, now, by)
            self._saved(
                self.commands.settled(back, now, {}, (), everything=True),
                self._counted(Change.begin(stays, stays.lead_id).then(to_one, now, by)),
            )
            self.commands.reconsider(stays.lead_id, now=now)
            return self._lead(lead_id)

        return retry_on_conflict(attempt, CONTENDED)

    def _taken_for(self, lead: Lead) -> list[tuple[MergedPart, list[Recorded]]]:
        """The histories of those that a lead was merged into, and is not any more."""
        parts = [part for part in lead.parts if part.only and not part.came_with]
        return [(part, self.commands.store.whole_history(part.lead_id, part.until, part.after)) for part in parts]

    def _its_own(self, lead: Lead) -> Lead:
        """A lead that is merged into none: it is one of its own already, unless another one was meant."""
        merged = [part.lead_id for part in lead.parts if part.came_with == part.lead_id]
        if merged:
            raise Refused(
                f"this lead is merged into no other; merged into it are: {', '.join(merged)}; name one of these"
            )
        return lead

    def _counted(self, change: Change) -> Change:
        """What follows from it is seen when the lead is looked at next: nobody is handed over because of less."""
        after, store = change.after, self.commands.store
        before = change.before.version if change.before else 0
        return change.with_counts(
            counts_after(change, self.commands.card, lambda: store.history_of(after, before) if after else [])
        )

    def _lead(self, lead_id: str) -> Lead:
        lead = self.commands.store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        return lead

    def _saved(self, change: Change, beside: Change) -> Lead:
        self.commands.store.save(change, besides=[beside])
        if change.after is None:
            raise NotFound("there is no such lead")
        return change.after
