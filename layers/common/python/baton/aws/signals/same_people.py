"""Follows a tool that merged several of its contacts into one, gave one another address, or deleted one for privacy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_merging import LeadMerging
from baton.aws.signals.waiting_signals import WaitingSignals
from baton.aws.table.write_outcomes import Contended
from baton.domain.basics.refusals import Refused
from baton.domain.lead_changes.address_choice import WantedAddress
from baton.domain.leads.lead import ChosenBy, Lead
from baton.domain.signals.read_deliveries import ChangedAddress


def give_address(commands: Commands, changed: ChangedAddress, source: str, now: datetime) -> str | None:
    """Makes the address that a tool tells a further one of the lead; returns why not, if people have to do it.

    Raises:
        NotFound: nobody is known by the former address.
        Contended: one of the leads changed at every attempt.
    """
    chosen_by = ChosenBy.TOOL if changed.is_current else None
    wanted = WantedAddress(changed.email, changed.lead_id, chosen_by, changed.told_at, may_merge=not changed.anybody)
    merging, reason = LeadMerging(commands), f"a new address in {source}"
    try:
        merging.write_to(changed.former, wanted, reason, f"webhooks:{source}", now)
    except Refused as refused:
        return f"the address of lead {changed.former} is that of lead {changed.lead_id} now: {refused}"
    return None


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Merges the leads that one tool's ids name, and finds who has to be erased."""

    commands: Commands
    waiting: WaitingSignals

    def unite(self, ids: Sequence[str], now: datetime) -> list[str]:
        """Makes one lead of the leads with these ids, the first of them if it may stay; a repeat changes nothing.

        Returns the reasons why people have to merge some of them.

        Raises:
            Contended: one of them changed at every attempt, or not all that waited is saved yet.
        """
        leads = {lead.lead_id: lead for id_ in ids if (lead := self._lead_of(id_))}
        if not leads:
            self.waiting.move(ids[1:], ids[0], now)
            return []
        stays, *others = leads.values()
        why = list[str]()
        for other in others:
            try:
                stays = self._merged(stays, other, now)
            except Refused as refused:
                why.append(f"its contacts are one now, but not leads {stays.lead_id} and {other.lead_id}: {refused}")
        if not why and not self.waiting.take_in([(stays.lead_id, id_) for id_ in ids], now):
            raise Contended("not all that waited could be saved just now; send the same request again")
        return why

    def deleted(self, id_: str) -> list[str]:
        """Returns the reason why an administrator has to look at a deletion; none if nobody has the id.

        What waits under the id is deleted at once.
        """
        lead = self._lead_of(id_)
        if lead is not None:
            return [f"the person is deleted there for privacy; an administrator has to erase lead {lead.lead_id}"]
        self.waiting.forget(id_)
        return []

    def _lead_of(self, id_: str) -> Lead | None:
        lead = self.waiting.people.lead_of(id_)
        return self.commands.store.lead(lead.lead_id) if lead else None

    def _merged(self, stays: Lead, other: Lead, now: datetime) -> Lead:
        """Merges two leads, the other way round if only that is possible."""
        merging, by = LeadMerging(self.commands), f"webhooks:{self.waiting.people.source}"
        reason = f"merged in {self.waiting.people.source}"
        try:
            return merging.merge(stays.lead_id, other.lead_id, reason, by, now)
        except Refused:
            return merging.merge(other.lead_id, stays.lead_id, reason, by, now)
