"""One-click links: what a salesperson may do from a mail, signed, for one assignment of one handoff, for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from baton.domain.leads.handoff import Handoff
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, Seal

__all__ = ["Action", "Link", "LinkExpired", "LinkInvalid", "LinkRefused", "Links"]

VALID_FOR = timedelta(days=14)
SALT = "baton.links.1"


class Action(StrEnum):
    """What a link does once its page is confirmed."""

    ACCEPT = "accept"
    RETURN = "return"
    CONTACT = "contact"
    CLOSE = "close"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: which handoff, to whose assignment it was sent, what it does and until when (UTC)."""

    handoff_id: str
    lead_id: str
    assignment: int
    action: Action
    expires_at: datetime


class Links:
    """Signs and reads links. `keys` are oldest first: the newest signs, all are believed, so that they can rotate."""

    def __init__(self, base_url: str, keys: Sequence[str], salt: str = SALT) -> None:
        self._base_url = base_url.rstrip("/")
        self._seal = Seal(keys, salt)

    def url(self, handoff: Handoff, action: Action, now: datetime) -> str:
        """The address for whoever holds the handoff now; good for 14 days from `now`."""
        token = self._token(handoff.handoff_id, handoff.assignment, action, now + VALID_FOR)
        return f"{self._base_url}/links/{token}"

    def beside(self, link: Link, action: Action) -> str:
        """The token of another link to the same assignment, good for as long as this one, for the page behind it."""
        return self._token(link.handoff_id, link.assignment, action, link.expires_at)

    def _token(self, handoff_id: str, assignment: int, action: Action, expires_at: datetime) -> str:
        return self._seal.sealed([handoff_id, assignment, action.value, int(expires_at.timestamp())])

    def read(self, token: str, now: datetime) -> Link:
        """What the token of a link says.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter.
            LinkExpired: its time is over.
        """
        link = _link(self._seal.opened(token))
        if link.expires_at <= now:
            raise LinkExpired("the link is older than 14 days; look for a newer mail about this lead")
        return link


def _link(payload: object) -> Link:
    match payload:
        case [str(handoff_id), int(assignment), str(action), int(expires)] if action in set(Action):
            lead_id = handoff_id.rpartition("-")[0]
            return Link(handoff_id, lead_id, assignment, Action(action), datetime.fromtimestamp(expires, UTC))
        case _:
            raise LinkInvalid("the link is from another version of Baton; look for a newer mail about this lead")
