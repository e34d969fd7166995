"""Merges two leads of one person on request of staff, and unmerges them."""

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
class LeadMerging:
    """Merges and unmerges two leads, each in one transaction."""

    commands: Commands

    @classmethod
    def from_environment(cls) -> Self:
        """Merges leads of the deployed stack."""
        return cls(Commands.from_environment())

    def merge(self, lead_id: str, other_id: str, reason: str | None, by: str, now: datetime) -> Lead:
        """Merges the lead `other_id` into `lead_id`, and returns the latter; a repeat changes nothing.

        Raises:
            NotFound: there is no lead with the first id.
            WrongField: there is no lead with the other id.
            Refused: these two cannot be merged, or only the other way round.
            Contended: one of them changed at every attempt.
        """

        def attempt() -> Lead:
            stays, other = self._lead(lead_id), self.commands.store.lead(other_id)
            if other is None:
                raise WrongField("other", "is the id of no lead")
            if stays.lead_id == other.lead_id:
                return self._merged_already(stays, lead_id, other_id)
            to_one, to_other = merge(stays, other, reason)
            one = self.commands.with_followups(
                Change.begin(stays, stays.lead_id).then(to_one, now, by), now, {}, (), every_key=True
            )
            return self._saved(one, Change.begin(other, other.lead_id).then(to_other, now, by))

        return retry_on_conflict(attempt, CONTENDED)

    def _merged_already(self, lead: Lead, lead_id: str, other_id: str) -> Lead:
        if lead_id == other_id:
            raise WrongField("other", "is the lead itself; name the other one")
        return lead

    def unmerge(self, lead_id: str, reason: str | None, by: str, now: datetime) -> Lead:
        """Separates a lead from the one that it was merged into, and returns it as it is afterwards.

        Raises:
            NotFound: there is no lead with this id.
            Refused: it is not merged, or the lead that it is merged into was merged into another since.
            Contended: one of them changed at every attempt.
        """

        def attempt() -> Lead:
            other = self.commands.store.lead_itself(lead_id)
            if other is None:
                raise NotFound("there is no such lead")
            stays = self.commands.store.lead_itself(other.merged_into) if other.merged_into else None
            if stays is None:
                return self._unmerged_already(other)
            if stays.merged_into:
                raise Refused(f"it was merged into {stays.lead_id}, and that into another since; undo that first")
            history = self.commands.store.whole_history(stays.lead_id, stays.version)
            to_one, to_other = unmerge(stays, history, self._former_parts(stays), other, reason)
            back = Change.begin(other, other.lead_id).then(to_other, now, by)
            self._saved(
                self.commands.with_followups(back, now, {}, (), every_key=True),
                self._counted(Change.begin(stays, stays.lead_id).then(to_one, now, by)),
            )
            self.commands.reconsider(stays.lead_id, now=now)
            return self._lead(lead_id)

        return retry_on_conflict(attempt, CONTENDED)

    def _former_parts(self, lead: Lead) -> list[tuple[MergedPart, list[Recorded]]]:
        """Reads the histories of leads that the lead was merged into and separated from."""
        parts = [part for part in lead.parts if part.only and not part.came_with]
        return [(part, self.commands.store.whole_history(part.lead_id, part.until, part.after)) for part in parts]

    def _unmerged_already(self, lead: Lead) -> Lead:
        """Returns a lead that is merged into no other; refuses if others are merged into it."""
        merged = [part.lead_id for part in lead.parts if part.came_with == part.lead_id]
        if merged:
            raise Refused(
                f"this lead is merged into no other; merged into it are: {', '.join(merged)}; name one of these"
            )
        return lead

    def _counted(self, change: Change) -> Change:
        """Recounts the signals of the lead that stays, without applying the rules; a later evaluation does that."""
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

    def _saved(self, change: Change, other: Change) -> Lead:
        self.commands.store.save(change, others=[other])
        if change.after is None:
            raise NotFound("there is no such lead")
        return change.after
