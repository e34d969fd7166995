"""One-click links in mails to sales: each is signed, does one action for one assignment of a handoff, and expires."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from baton.domain.leads.handoff import Handoff
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, TokenSigner

__all__ = ["Action", "Link", "LinkExpired", "LinkInvalid", "LinkRefused", "Links"]

VALID_FOR = timedelta(days=14)
SALT = "baton.links.1"


class Action(StrEnum):
    """The action of a link, which its page does once the rep confirms it."""

    ACCEPT = "accept"
    RETURN = "return"
    CONTACT = "contact"
    CLOSE = "close"
    RATE = "rate"
    TAKE_OVER = "take_over"


@dataclass(frozen=True, slots=True)
class Link:
    """The content of a link: the handoff, the number of the assignment, the action, and when it expires (UTC).

    `word` is the id of what is taken over, of such a link.
    """

    handoff_id: str
    lead_id: str
    assignment: int
    action: Action
    expires_at: datetime
    word: str | None = None


class Links:
    """Signs and reads one-click links. The last of the `keys` signs; all of them are accepted, so keys can rotate."""

    def __init__(self, base_url: str, keys: Sequence[str], salt: str = SALT) -> None:
        self._base_url = base_url.rstrip("/")
        self._signer = TokenSigner(keys, salt)

    def url(self, handoff: Handoff, action: Action, now: datetime) -> str:
        """Returns the address for the handoff's present owner; it works for 14 days from `now`."""
        token = self._token(handoff.handoff_id, handoff.assignment, action, now + VALID_FOR)
        return f"{self._base_url}/links/{token}"

    def url_to_take_over(self, handoff: Handoff, word: str, now: datetime) -> str:
        """Returns the address of the page on which the present owner takes over what somebody said, by its id."""
        expires = int((now + VALID_FOR).timestamp())
        token = self._signer.sign([handoff.handoff_id, handoff.assignment, Action.TAKE_OVER.value, expires, word])
        return f"{self._base_url}/links/{token}"

    def token_for(self, link: Link, action: Action) -> str:
        """Returns the token of another action for the same assignment, which expires with this link."""
        return self._token(link.handoff_id, link.assignment, action, link.expires_at)

    def _token(self, handoff_id: str, assignment: int, action: Action, expires_at: datetime) -> str:
        return self._signer.sign([handoff_id, assignment, action.value, int(expires_at.timestamp())])

    def read(self, token: str, now: datetime) -> Link:
        """Returns the content of a link's token.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter.
            LinkExpired: its time is over.
        """
        link = _link(self._signer.read(token))
        if link.expires_at <= now:
            raise LinkExpired("the link is older than 14 days; look for a newer mail about this lead")
        return link


def _link(payload: object) -> Link:
    match payload:
        case [str(handoff_id), int(assignment), str(action), int(expires), *word] if _fits(action, word):
            lead_id = handoff_id.rpartition("-")[0]
            until = datetime.fromtimestamp(expires, UTC)
            return Link(handoff_id, lead_id, assignment, Action(action), until, *map(str, word))
        case _:
            raise LinkInvalid("the link is from another version of Baton; look for a newer mail about this lead")


def _fits(action: str, word: list[object]) -> bool:
    return action in set(Action) and len(word) == (1 if action == Action.TAKE_OVER else 0)
