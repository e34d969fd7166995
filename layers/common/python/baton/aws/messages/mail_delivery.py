"""Sends the mails of an event: each address its first mail at once, and what comes within its pause as one digest.

A mail leaves while its address does not pause. Otherwise its event comes again at the pause's end; whichever comes
first then takes all that waits for the address along, and the others find their mail sent. So a crash loses nothing,
and a mail leaves again only if the crash comes between sending it and noting that.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from baton.aws.messages.mail_pauses import MailPauses, Pause
from baton.aws.messages.mail_queue import MailQueue
from baton.aws.messages.mail_topic import OPERATIONS, MailTopic
from baton.aws.messages.notices import Notice, NoticeOfAgreement, Notices
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys.team_keys import mailbox_of

MOST_BYTES = 200_000
"""SNS takes 262,144 bytes, the names of the recipients included."""
_AT_SOME_TIME = datetime.max.replace(tzinfo=UTC)


class Mail(Protocol):
    """A mail as `outreach` writes it."""

    @property
    def to(self) -> tuple[str, ...]:
        """The addresses, or `OPERATIONS`."""

    @property
    def subject(self) -> str:
        """One line of ASCII."""

    @property
    def text(self) -> str:
        """Plain text."""

    @property
    def act_by(self) -> datetime | None:
        """By when the reader has to act."""


Write = Callable[[Notice | NoticeOfAgreement, datetime], Sequence[Mail]]
Bundle = Callable[[Sequence[Mail]], tuple[str, str]]


@dataclass(slots=True)
class _Draft:
    """The mails of an event as they would leave now; `told` are the mailboxes that have theirs.

    `is_marked` tells whether the table knows of some of them.
    """

    event_id: str
    notice: Notice | NoticeOfAgreement
    mails: Sequence[Mail]
    told: set[str] = field(default_factory=set)
    is_marked: bool = False

    def untold(self) -> list[str]:
        """The addresses that wait for theirs."""
        everybody = dict.fromkeys(address for mail in self.mails for address in mail.to)
        return [address for address in everybody if mailbox_of(address) not in self.told]

    def to(self, address: str) -> list[Mail]:
        """What an address is told."""
        return [mail for mail in self.mails if address in mail.to]


class _Digest(NamedTuple):
    drafts: list[_Draft]
    mails: list[Mail]


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """Delivers what `write` writes of an event, and `bundle` makes one mail of several."""

    notices: Notices
    pauses: MailPauses
    queue: MailQueue
    post: MailTopic
    write: Write
    bundle: Bundle

    def deliver(self, event_id: str) -> None:
        """Sends the mails that an event causes, unless they were sent before; those that must wait come later."""
        now = utc_now()
        draft = self._draft(event_id, now)
        if draft is None:
            return
        begun = {address: self.pauses.begin(address, now) for address in draft.untold()}
        at_once = [address for address, pause in begun.items() if pause.is_ours and not _is_digest(pause)]
        for mail in draft.mails:
            self._send([address for address in mail.to if address in at_once], mail.subject, mail.text)
        if at_once or not begun:
            self._note(draft, at_once, now)
        for address, pause in begun.items():
            if _is_digest(pause):
                self._send_digest(address, pause, draft, now)
        if waiting := draft.untold():
            for address in waiting:
                self.pauses.postpone(address, event_id, draft.notice.recorded.at, now)
            self.queue.send_later(event_id, min(begun[address].until for address in waiting), now)

    def _draft(self, event_id: str, now: datetime) -> _Draft | None:
        notice = self.notices.unsent(event_id)
        if notice is None:
            return None
        return _Draft(event_id, notice, self.write(notice, now), set(notice.told), bool(notice.told))

    def _send(self, to: Sequence[str], subject: str, text: str) -> None:
        if people := [address for address in to if address != OPERATIONS]:
            self.post.send(people, subject, text)
        if OPERATIONS in to:
            self.post.send_to_operations(subject, text)

    def _send_digest(self, address: str, pause: Pause, own: _Draft, now: datetime) -> None:
        """Sends an address all that waits for it in one mail, as far as one mail holds it."""
        drafts = {own.event_id: own}
        for event_id in dict.fromkeys((*pause.unfinished, *pause.postponed)):
            with suppress(
                Exception
            ):  # whatever is wrong with one, its own message tells of it and holds up nobody else
                if event_id not in drafts and (draft := self._draft(event_id, now)):
                    drafts[event_id] = draft
                if event_id in drafts and event_id in pause.unfinished:
                    self._note(drafts[event_id], [address], now)
        digest = _fitting(drafts.values(), address)
        if digest.mails:
            self._send([address], *self.bundle(digest.mails))
        told = [draft.event_id for draft in digest.drafts]
        if len(told) > 1:
            self.pauses.note_sent(address, told, pause.until, now)
        for draft in digest.drafts:
            if draft is not own:
                self._note(draft, [address], now)
        left = {draft.event_id for draft in drafts.values() if address in draft.untold()} - {own.event_id}
        self.pauses.forget(address, [event_id for event_id in pause.postponed if event_id not in left])
        if own.event_id in told:  # the last of all: until it is marked, its event comes again after a crash
            self._note(own, [address], now)
        self.pauses.finish(address, pause.until, now)

    def _note(self, draft: _Draft, to: Collection[str], now: datetime) -> None:
        """Marks the event's mail as sent to these addresses; an alert is recorded once it went to the owner."""
        draft.told |= {mailbox_of(address) for address in to}
        handoff = draft.notice.alerted
        if draft.untold():
            self.notices.mark_told(draft.event_id, draft.told, now)
            draft.is_marked = True
            if handoff and handoff.owner in to:
                self.notices.record_alert_alone(handoff, utc_now())
        elif handoff is None:
            self.notices.mark_sent(draft.event_id, now)
        elif draft.is_marked:
            self.notices.record_alert_alone(handoff, utc_now())
            self.notices.mark_sent(draft.event_id, now)
        else:
            self.notices.record_alert(draft.notice, handoff, utc_now())


def _is_digest(pause: Pause) -> bool:
    return bool(pause.postponed or pause.unfinished)


def _fitting(drafts: Iterable[_Draft], address: str) -> _Digest:
    """Takes the mails to an address, the most urgent first, as long as one mail holds them."""
    digest, size = _Digest([], []), 0
    found = [(draft, draft.to(address)) for draft in drafts if address in draft.untold()]
    for draft, mails in sorted(found, key=_urgency):
        size += sum(len(f"{mail.subject}{mail.subject}{mail.text}".encode()) + 100 for mail in mails)
        if digest.mails and size > MOST_BYTES:
            break
        digest.drafts.append(draft)
        digest.mails.extend(mails)
    return digest


def _urgency(found: tuple[_Draft, list[Mail]]) -> tuple[datetime, str]:
    draft, mails = found
    return min((mail.act_by or _AT_SOME_TIME for mail in mails), default=_AT_SOME_TIME), draft.event_id
