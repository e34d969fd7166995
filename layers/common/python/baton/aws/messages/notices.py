"""Reads an event with its lead as it is now, and marks that its mail was sent; for notify_sales."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from baton.aws.leads.record import record_only
from baton.aws.table.keys import agreement_keys, lead_keys
from baton.aws.table.keys.item_key import Key
from baton.aws.table.keys.lead_keys import Kind
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended, NotFound, Repeated
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.recorded import Recorded
from baton.domain.handoffs.acceptance import record_notification, was_alerted
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.notifications.recipients import alerted

if TYPE_CHECKING:
    from baton.domain.signing.agreement_events import RecordedOfAgreement

REMEMBERED = timedelta(days=30)
SENT = "mail"
EVENT_IDS = "agreement-"
"""The begin of the ids of the agreement's events."""


@dataclass(frozen=True, slots=True)
class Notice:
    """An event whose mail was not sent yet, and its lead as it is now.

    `told` are the mailboxes that got its mail already, if it goes to several and some of them pause.
    """

    recorded: Recorded
    lead: Lead
    told: frozenset[str] = frozenset()

    @property
    def alerted(self) -> Handoff | None:
        """Returns the handoff if the event alerts its owner."""
        return alerted(self.recorded, self.lead)


@dataclass(frozen=True, slots=True)
class NoticeOfAgreement:
    """An event of the agreement whose mails were not sent yet, or not to all; it is about no lead."""

    recorded: "RecordedOfAgreement"
    told: frozenset[str] = frozenset()
    lead: None = None
    alerted: None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """Reads events whose mail is still to be sent."""

    store: Store

    def unsent(self, event_id: str) -> Notice | NoticeOfAgreement | None:
        """Reads an event and its lead; None if its mail was sent before, or the lead was erased since."""
        if event_id.startswith(EVENT_IDS):
            return self._unsent_of_agreement(event_id)
        lead_id = lead_keys.lead_id_of_event(event_id)
        wanted = [lead_keys.lead(lead_id), lead_keys.event(event_id), lead_keys.seen(lead_id, SENT, event_id)]
        answer: Any = self.store.dynamodb.batch_get_item(
            RequestItems={self.store.table: {"Keys": wanted, "ConsistentRead": True}}
        )
        if answer["UnprocessedKeys"]:
            raise RuntimeError("the table is busy; the event comes again")
        found = {lead_keys.kind_and_name(item)[0]: item for item in answer["Responses"][self.store.table]}
        told = found.get(Kind.SEEN, {"told": {"SS": ()}}).get("told")
        if told is None or not {Kind.LEAD, Kind.EVENT} <= found.keys() or "body" not in found[Kind.LEAD]:
            return None
        recorded = Recorded.model_validate_json(unpacked(found[Kind.EVENT]["body"]))
        lead = Lead.model_validate_json(unpacked(found[Kind.LEAD]["body"]))
        if Kind.SEEN not in found and was_alerted(recorded, lead):
            return None
        return Notice(recorded, lead, frozenset(told["SS"]))

    def _unsent_of_agreement(self, event_id: str) -> NoticeOfAgreement | None:
        from baton.domain.signing.agreement_events import RecordedOfAgreement  # few mails are  # noqa: PLC0415

        mark = self._item(agreement_keys.agreement_mail_mark(event_id))
        told = mark.get("told") if mark else {"SS": ()}
        event = self._item(agreement_keys.agreement_event(event_id))
        if told is None or event is None:
            return None
        return NoticeOfAgreement(RecordedOfAgreement.model_validate_json(event["body"]["S"]), frozenset(told["SS"]))

    def _item(self, key: Key) -> Any:
        return self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True).get("Item")

    def mark_sent(self, event_id: str, now: datetime) -> None:
        """Marks that the event's mail was sent."""
        self._mark(event_id, now)

    def mark_told(self, event_id: str, told: Collection[str], now: datetime) -> None:
        """Marks that the event's mail was sent to these mailboxes, and still waits for others."""
        self._mark(event_id, now, told={"SS": sorted(told)})

    def _mark(self, event_id: str, now: datetime, **more: Any) -> None:
        expires_at = str(int((now + REMEMBERED).timestamp()))
        of_agreement = event_id.startswith(EVENT_IDS)
        key = agreement_keys.agreement_mail_mark(event_id) if of_agreement else _mark_beside_lead(event_id)
        item: Any = {**key, "expires_at": {"N": expires_at}, **more}
        self.store.dynamodb.put_item(TableName=self.store.table, Item=item)

    def record_alert(self, notice: Notice | NoticeOfAgreement, alerted: Handoff, now: datetime) -> None:
        """Records that the owner was alerted and, in the same transaction, marks that the event's mail was sent.

        An offer needs no mark: that its owner was alerted says it. If the lead has another owner by now, or every
        attempt conflicted, only the mail is marked.
        """
        event_id = notice.recorded.event_id
        is_offer = isinstance(notice.recorded.event, HandoffOffered)
        marks = [] if is_offer else [RepeatKey(SENT, event_id, until=now + REMEMBERED)]
        if not self._record(alerted, now, marks, notice.lead):
            self.mark_sent(event_id, now)

    def record_alert_alone(self, alerted: Handoff, now: datetime) -> None:
        """Records that the owner was alerted; the event's mail to somebody else still waits."""
        self._record(alerted, now, [])

    def _record(self, alerted: Handoff, now: datetime, repeats: Sequence[RepeatKey], read: Lead | None = None) -> bool:
        """Records an alert with its marks; returns False if no mark was needed or could be stored with it."""
        try:
            noted = record_only(
                self.store,
                alerted.lead_id,
                lambda lead: record_notification(lead, alerted.handoff_id, alerted.assignment),
                by=SENT,
                now=now,
                repeats=repeats,
                read=read,
            )
        except (NotFound, Repeated):
            return True
        except Contended:
            return False
        return bool(noted.events)


def _mark_beside_lead(event_id: str) -> Key:
    return lead_keys.seen(lead_keys.lead_id_of_event(event_id), SENT, event_id)
