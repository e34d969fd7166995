"""Links in mails to marketing's team and to managers: each is signed, for one reader and one matter, and expires."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from baton.domain.leads.duty import Duty, duty_id_of, duty_number
from baton.domain.leads.handoff import Handoff, handoff_id_of, handoff_number
from baton.outreach.links.handoff_links import VALID_FOR, Links
from baton.outreach.links.link_bytes import Packed, pack, unpack
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, TokenSigner

__all__ = ["LinkInvalid", "LinkRefused", "Task", "TeamLink", "TeamLinks"]

SALT = "baton.team-links.1"
_MARK_BYTES = 6
_CHANGED = "the link is for something else, or from another version of Baton; look for a newer mail about this lead"


class Task(StrEnum):
    """The task of a link; its value begins the link's path."""

    REVIEW = "reviews"
    REASSIGN = "reassignments"


_CODES = {Task.REVIEW: 1, Task.REASSIGN: 2}
"""The number that stands for a task in a token; links in mails have it, so it stays."""


class TeamLink(NamedTuple):
    """The content of a link: the id of the duty or the handoff, the handoff's assignment, and when it expires (UTC).

    A duty's link has the assignment 0. The address of its reader is not in it, only a mark by which it is known.
    """

    lead_id: str
    about: str
    assignment: int
    mark: str
    expires_at: datetime

    def is_for(self, address: str) -> bool:
        """Tells whether the link was mailed to this address."""
        return _mark(self.about, address) == self.mark


class TeamLinks:
    """Signs and reads these links. The last of the `keys` signs; all of them are accepted, so keys can rotate."""

    def __init__(self, base_url: str, keys: Sequence[str]) -> None:
        self._base_url = base_url.rstrip("/")
        self._signer = TokenSigner(keys, SALT)

    @classmethod
    def beside(cls, links: Links) -> "TeamLinks":
        """Returns what signs these links under the keys and the address of other links."""
        return cls(links.base_url, links.keys)

    def to_review(self, duty: Duty, reader: str, now: datetime) -> str:
        """Returns the address of the page on which a reader gives the verdict on a duty; it works for 14 days."""
        lead_id = duty.duty_id.rpartition("-")[0]
        return self._url(Task.REVIEW, lead_id, (duty_number(duty), 0), _mark(duty.duty_id, reader), now)

    def to_reassign(self, handoff: Handoff, reader: str, now: datetime) -> str:
        """Returns the address of the page on which a manager reassigns a handoff; it works for 14 days."""
        numbers = handoff_number(handoff), handoff.assignment
        return self._url(Task.REASSIGN, handoff.lead_id, numbers, _mark(handoff.handoff_id, reader), now)

    def _url(self, task: Task, lead_id: str, numbers: tuple[int, int], mark: str, now: datetime) -> str:
        token = self._signer.sign(pack(Packed(_CODES[task], now + VALID_FOR, lead_id, numbers, mark)))
        return f"{self._base_url}/{task}/{token}"

    def read(self, token: str, task: Task, now: datetime) -> TeamLink:
        """Returns the content of the token of a link for this task.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter, or is for another task.
            LinkExpired: its time is over.
        """
        content = self._signer.read(token)
        link = _link(content, task) if isinstance(content, bytes) else None
        if link is None:
            raise LinkInvalid(_CHANGED)
        if link.expires_at <= now:
            raise LinkExpired("the link is older than 14 days; look for a newer mail about this lead")
        return link


def _link(content: bytes, task: Task) -> TeamLink | None:
    try:
        code, until, lead_id, (number, assignment), mark = unpack(content, numbers=2)
    except ValueError:
        return None
    if code != _CODES[task]:
        return None
    about = duty_id_of(lead_id, number) if task is Task.REVIEW else handoff_id_of(lead_id, number)
    return TeamLink(lead_id, about, assignment, mark, until)


def _mark(about: str, address: str) -> str:
    """Returns eight letters that stand for a reader's address in the links about one matter."""
    hashed = hashlib.sha256(f"{about} {address.casefold()}".encode()).digest()
    return urlsafe_b64encode(hashed[:_MARK_BYTES]).decode()
