"""Carries out a command that tells nothing new of a lead, so that nothing follows; the agreement is not asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from baton.aws.leads.commands import Decide
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.history.change import Change


def record_only(
    store: Store, lead_id: str, decide: Decide, *, by: str, now: datetime, repeats: Sequence[RepeatKey] = ()
) -> Change:
    """What it changes of the lead; again if somebody was faster.

    Raises:
        NotFound: there is no such lead.
        Refused: the domain does not allow it.
        Repeated: it was noted before; nothing was saved.
        Contended: too many changed the lead at once.
    """

    def attempt() -> Change:
        lead = store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        change = Change.begin(lead, lead.lead_id).then(decide(lead), now, by)
        store.save(change, [replace(each, lead_id=lead_id) for each in repeats])
        return change

    return retry_on_conflict(attempt, "too many changed the same lead at once; send the same request again")
