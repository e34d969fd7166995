"""Records events that need no evaluation: the agreement is not read, and nothing follows from them."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from baton.aws.table.lead_writes import RepeatKey, repeat_mark
from baton.aws.table.retries import SHARE_WITHIN, retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound, Repeated
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW
from baton.domain.history.change import Change, Decide
from baton.domain.leads.lead import Lead

CONTENDED = "too many changed the same lead at once; send the same request again"


def record_only(
    store: Store,
    lead_id: str,
    decide: Decide,
    *,
    by: str,
    now: datetime,
    repeats: Sequence[RepeatKey] = (),
    read: Lead | None = None,
) -> Change:
    """Loads the lead, decides, and saves the change without applying the agreement; retried on a conflict.

    `read` is the lead as the caller has just read it; if it has changed since, it is read again.

    Raises:
        NotFound: there is no such lead.
        Refused: the lead's state does not allow the command.
        Repeated: a message was processed before; nothing was saved.
        Contended: the lead changed at every attempt.
    """
    read_before = [read] if read and not read.merged_into else []

    def attempt() -> Change:
        lead = read_before.pop() if read_before else store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        change = Change.begin(lead, lead.lead_id).then(decide(lead), now, by)
        store.save(change, [each._replace(lead_id=lead_id) for each in repeats])
        return change

    return retry_on_conflict(attempt, CONTENDED)


def record_once(
    store: Store, lead_id: str, decide: Decide, *, by: str, now: datetime, repeats: Sequence[RepeatKey]
) -> Lead | None:
    """Records as `record_only` does, unless that was done before under one of the keys; returns the lead as it is now.

    Raises:
        NotFound: there is no such lead.
        Refused: the lead's state does not allow the command.
        Contended: the lead changed at every attempt.
    """
    try:
        change = record_only(store, lead_id, decide, by=by, now=now, repeats=repeats)
        if not change.events:
            remember(store, lead_id, repeats, now)
    except Repeated:
        return store.lead(lead_id)
    return change.after


def remember(store: Store, lead_id: str, repeats: Sequence[RepeatKey], now: datetime) -> None:
    """Saves the marks of a request that changed nothing of a lead: what comes after it may, and it may repeat.

    Raises:
        Repeated: it was processed before.
        Contended: others were in its way at every attempt.
    """
    if repeats:
        marks = [repeat_mark(store.table, lead_id, each, now) for each in repeats]
        retry_on_conflict(lambda: store.write(marks, len(marks)), CONTENDED, SHARE_WITHIN)


def same_text(source: str, by: str, text: str, now: datetime) -> RepeatKey:
    """Returns the key by which the same text of the same person within ten minutes is a repeat."""
    return RepeatKey(source, sha256(f"{by}\n{text}".encode()).hexdigest()[:32], now + REPEAT_WINDOW)
