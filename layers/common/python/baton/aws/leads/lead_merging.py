"""Merges two leads of one person, unmerges them, and gives a lead a further address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.aws.leads.commands import Commands
from baton.aws.leads.record import remember
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.write_outcomes import NotFound, Repeated
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.lead_changes.address_choice import WantedAddress, choose_address, further_history
from baton.domain.lead_changes.merge_decisions import merge, merge_either_way, unmerge
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.scoring.signal_counting import counts_after

CONTENDED = "too many changed these leads at once; send the same request again"
Repeats = Sequence[RepeatKey]
"""The keys of a request: what was done before under one of them changes nothing."""


@dataclass(frozen=True, slots=True)
class LeadMerging:
    """Merges and unmerges two leads, each in one transaction."""

    commands: Commands

    @classmethod
    def from_environment(cls) -> Self:
        """Merges leads of the deployed stack."""
        return cls(Commands.from_environment())

    def merge(
        self, lead_id: str, other_id: str, reason: str | None, by: str, now: datetime, repeats: Repeats = ()
    ) -> Lead:
        """Merges the lead `other_id` into `lead_id`, and returns the latter; a repeat changes nothing.

        Raises:
            NotFound: there is no lead with the first id.
            WrongField: there is no lead with the other id.
            Refused: these two cannot be merged, or only the other way round.
            Contended: one of them changed at every attempt.
        """

        def attempt(marks: Repeats) -> Lead:
            stays, other = self._lead(lead_id), self.commands.store.lead(other_id)
            if other is None:
                raise WrongField("other", "is the id of no lead")
            if stays.lead_id == other.lead_id:
                return self._unchanged(self._merged_already(stays, lead_id, other_id), marks, now)
            to_one, to_other = merge(stays, other, reason)
            change = Change.begin(stays, stays.lead_id).then(to_one, now, by)
            return self._followed(change, Change.begin(other, other.lead_id).then(to_other, now, by), now, marks)

        return self._once(attempt, lead_id, repeats)

    def write_to(
        self, lead_id: str, wanted: WantedAddress, reason: str | None, by: str, now: datetime, repeats: Repeats = ()
    ) -> Lead:
        """Makes an address the one that a lead is written to, and returns the lead; a repeat changes nothing.

        An address that no lead has becomes a further one of this lead. If another lead has it, the two are merged.

        Raises:
            NotFound: there is no lead with this id.
            Refused: another lead has the address, and the two cannot be merged.
            Contended: one of them changed at every attempt.
        """

        def attempt(marks: Repeats) -> Lead:
            lead = self._lead(lead_id)
            change, absorbed = Change.begin(lead, lead.lead_id), None
            if wanted.email not in lead.emails:
                change, absorbed = self._one_person(lead, wanted, reason, by, now)
            change = change.then(choose_address(change.after or lead, wanted, now), now, by)
            if not change.events:
                return self._unchanged(lead, marks, now)
            return self._followed(change, absorbed, now, marks)

        return self._once(attempt, lead_id, repeats)

    def _one_person(
        self, lead: Lead, wanted: WantedAddress, reason: str | None, by: str, now: datetime
    ) -> tuple[Change, Change | None]:
        """Merges a lead with the one that has an address; without one, that address's history begins by the merge."""
        other = self.commands.store.lead(wanted.lead_id)
        if other is not None and not wanted.may_merge:
            return Change.begin(lead, lead.lead_id), None
        begun = Change.begin(other, other.lead_id if other else wanted.lead_id)
        if other is None:
            version = self.commands.agreements.in_force().version
            begun = begun.then(further_history(lead, wanted.email, version), now, by)
        stays, to_one, to_other = merge_either_way(lead, begun.after or lead, reason)
        if stays is lead:
            return Change.begin(lead, lead.lead_id).then(to_one, now, by), begun.then(to_other, now, by)
        return begun.then(to_one, now, by), Change.begin(lead, lead.lead_id).then(to_other, now, by)

    def _followed(self, change: Change, other: Change | None, now: datetime, marks: Repeats) -> Lead:
        """Saves a change with what follows from it, and the change of the absorbed lead."""
        followed = self.commands.with_followups(change, now, {}, (), every_key=True)
        return self._saved(followed, *filter(None, [other]), marks=marks)

    def _merged_already(self, lead: Lead, lead_id: str, other_id: str) -> Lead:
        if lead_id == other_id:
            raise WrongField("other", "is the lead itself; name the other one")
        return lead

    def unmerge(self, lead_id: str, reason: str | None, by: str, now: datetime, repeats: Repeats = ()) -> Lead:
        """Separates a lead from the one that it was merged into, and returns it as it is afterwards.

        Raises:
            NotFound: there is no lead with this id.
            Refused: it is not merged, or the lead that it is merged into was merged into another since.
            Contended: one of them changed at every attempt.
        """

        def attempt(marks: Repeats) -> Lead:
            other = self.commands.store.lead_itself(lead_id)
            if other is None:
                raise NotFound("there is no such lead")
            stays = self.commands.store.lead_itself(other.merged_into) if other.merged_into else None
            if stays is None:
                return self._unchanged(self._unmerged_already(other), marks, now)
            if stays.merged_into:
                raise Refused(f"it was merged into {stays.lead_id}, and that into another since; undo that first")
            history = self.commands.store.whole_history(stays.lead_id, stays.version)
            to_one, to_other = unmerge(stays, history, self._former_parts(stays), other, reason)
            back = Change.begin(other, other.lead_id).then(to_other, now, by)
            self._saved(
                self.commands.with_followups(back, now, {}, (), every_key=True),
                self._counted(Change.begin(stays, stays.lead_id).then(to_one, now, by)),
                marks=marks,
            )
            self.commands.reconsider(stays.lead_id, now=now)
            return self._lead(lead_id)

        return self._once(attempt, lead_id, repeats)

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

    def _once(self, attempt: Callable[[Repeats], Lead], lead_id: str, repeats: Repeats) -> Lead:
        """Carries out what was not done before under the keys of its request; returns the lead as it is now."""
        marks = [each._replace(lead_id=lead_id) for each in repeats]
        try:
            return retry_on_conflict(lambda: attempt(marks), CONTENDED)
        except Repeated:
            return self._lead(lead_id)

    def _unchanged(self, lead: Lead, marks: Repeats, now: datetime) -> Lead:
        remember(self.commands.store, lead.lead_id, marks, now)
        return lead

    def _saved(self, change: Change, *others: Change, marks: Repeats = ()) -> Lead:
        self.commands.store.save(change, marks, others=others)
        if change.after is None:
            raise NotFound("there is no such lead")
        return change.after
