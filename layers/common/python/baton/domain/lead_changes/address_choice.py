"""Decides which address of a lead is written to, and makes a new address a further one of the lead."""

from dataclasses import dataclass
from datetime import datetime

from baton.domain.events.merge_events import AddressChosen
from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import LeadCaptured
from baton.domain.identity.disposable_domains import is_disposable
from baton.domain.leads.lead import ChosenAddress, ChosenBy, Lead
from baton.domain.leads.stage_and_status import Status


@dataclass(frozen=True, slots=True)
class WantedAddress:
    """An address that is to be written to, the lead id that follows from it, and who says so.

    With `chosen_by` None it is a further address only. `told_at` is when a tool says that the address changed; None
    means now. Without `may_merge` an address that another lead has stays that lead's.
    """

    email: str
    lead_id: str
    chosen_by: ChosenBy | None = ChosenBy.STAFF
    told_at: datetime | None = None
    may_merge: bool = True


def choose_address(lead: Lead, wanted: WantedAddress, now: datetime) -> list[Event]:
    """Chooses one of the lead's addresses as the one to write to; a repeat changes nothing.

    A tool replaces neither what staff chose, nor what a tool told later.
    """
    chosen = lead.chosen_address
    if wanted.chosen_by is None:
        return []
    if wanted.chosen_by is ChosenBy.TOOL:
        stands = lead.address == wanted.email or (chosen and _stands(chosen, wanted.told_at or now))
    else:
        stands = chosen and (chosen.email, chosen.by) == (wanted.email, ChosenBy.STAFF)
    if stands:
        return []
    facts = {"email": wanted.email, "chosen_by": wanted.chosen_by, "told_at": wanted.told_at}
    return [AddressChosen.model_validate({**facts, "disposable": is_disposable(wanted.email)})]


def _stands(chosen: ChosenAddress, told_at: datetime) -> bool:
    """Tells whether a choice stands although a tool tells of another address."""
    return chosen.by is ChosenBy.STAFF or told_at < chosen.at


def further_history(lead: Lead, email: str, agreement_version: int) -> list[Event]:
    """Begins the history of a further address of a lead, as if that had come the way the lead came."""
    return [
        LeadCaptured(
            email=email,
            channel=lead.channel,
            source=lead.source,
            campaign=lead.campaign,
            spam=lead.status is Status.SPAM,
            disposable_address=is_disposable(email),
            agreement_version=agreement_version,
        )
    ]
