"""The reasons to hand a lead over. They are asked after every command, whichever made them true."""

from baton.agreement.model import Agreement, HandoffTerms
from baton.domain.lead import Lead, Status
from baton.domain.model import Fact


class Handover(Fact):
    """A trigger that holds: which one, why, and the terms agreed for it."""

    trigger: str
    reasons: tuple[str, ...]
    terms: HandoffTerms


_NOT_FOR_SALES = frozenset({Status.WITH_SALES, Status.SPAM})


def due(lead: Lead | None, agreement: Agreement) -> Handover | None:
    """The first trigger that holds for a lead that sales does not have yet."""
    if lead is None or lead.status in _NOT_FOR_SALES:
        return None
    return _consultation(lead, agreement)


def _consultation(lead: Lead, agreement: Agreement) -> Handover | None:
    request = lead.request
    if request is None or request.answered:
        return None
    asked = f"asked for a person through the form {request.form} on {request.at:%-d %B %Y at %H:%M} UTC"
    return Handover(trigger="consultation", reasons=(asked,), terms=agreement.handoffs["consultation"].terms())
