"""One-click links in mails to sales: each is signed, does one action for one assignment of a handoff, and expires."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from baton.domain.leads.handoff import Handoff, handoff_id_of
from baton.outreach.links.link_bytes import Packed, pack, unpack
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, LinkRefused, TokenSigner

__all__ = ["Action", "Link", "LinkExpired", "LinkInvalid", "LinkRefused", "Links"]

VALID_FOR = timedelta(days=14)
SALT = "baton.links.1"
_OF_ANOTHER_VERSION = "the link is from another version of Baton; look for a newer mail about this lead"


class Action(StrEnum):
    """The action of a link, which its page does once the rep confirms it."""

    ACCEPT = "accept"
    RETURN = "return"
    CONTACT = "contact"
    CLOSE = "close"
    RATE = "rate"
    TAKE_OVER = "take_over"
    LEARN = "learn"
    LEAVE = "leave"
    OPEN_LEADS = "open_leads"
    HAND_ON = "hand_on"


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


_CODES = {
    Action.ACCEPT: 1,
    Action.RETURN: 2,
    Action.CONTACT: 3,
    Action.CLOSE: 4,
    Action.RATE: 5,
    Action.TAKE_OVER: 6,
    Action.LEARN: 7,
    Action.LEAVE: 8,
    Action.OPEN_LEADS: 9,
    Action.HAND_ON: 10,
}
"""The number that stands for an action in a token; links in mails have it, so it stays."""
_ACTIONS = {code: action for action, code in _CODES.items()}


class Links:
    """Signs and reads one-click links. The last of the `keys` signs; all of them are accepted, so keys can rotate."""

    def __init__(self, base_url: str, keys: Sequence[str], salt: str = SALT) -> None:
        self.base_url, self.keys = base_url.rstrip("/"), keys
        self._signer = TokenSigner(keys, salt)

    def url(self, handoff: Handoff, action: Action, now: datetime) -> str:
        """Returns the address for the handoff's present owner; it works for 14 days from `now`, to the whole hour."""
        return self._url(Link(handoff.handoff_id, handoff.lead_id, handoff.assignment, action, now + VALID_FOR))

    def url_to_take_over(self, handoff: Handoff, word: str, now: datetime) -> str:
        """Returns the address of the page on which the present owner takes over what somebody said, by its id."""
        until = now + VALID_FOR
        return self._url(Link(handoff.handoff_id, handoff.lead_id, handoff.assignment, Action.TAKE_OVER, until, word))

    def token_for(self, link: Link, action: Action) -> str:
        """Returns the token of another action for the same assignment, which expires with this link."""
        return self._token(replace(link, action=action, word=None))

    def _url(self, link: Link) -> str:
        return f"{self.base_url}/links/{self._token(link)}"

    def _token(self, link: Link) -> str:
        numbers = (int(link.handoff_id.rpartition("-")[2]), link.assignment)
        return self._signer.sign(
            pack(Packed(_CODES[link.action], link.expires_at, link.lead_id, numbers, link.word or ""))
        )

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


def _link(content: object) -> Link:
    match content:
        case bytes():
            return _unpacked(content)
        case [str(handoff_id), int(assignment), str(action), int(expires), *word] if _fits(action, *word):
            lead_id = handoff_id.rpartition("-")[0]  # from before tokens were short
            until = datetime.fromtimestamp(expires, UTC)
            return Link(handoff_id, lead_id, assignment, Action(action), until, *map(str, word))
        case _:
            raise LinkInvalid(_OF_ANOTHER_VERSION)


def _unpacked(content: bytes) -> Link:
    try:
        code, until, lead_id, (number, assignment), word = unpack(content, numbers=2)
    except ValueError as fault:
        raise LinkInvalid(_OF_ANOTHER_VERSION) from fault
    action = _ACTIONS.get(code)
    if action is None or not _fits(action, word):
        raise LinkInvalid(_OF_ANOTHER_VERSION)
    return Link(handoff_id_of(lead_id, number), lead_id, assignment, action, until, word or None)


def _fits(action: str, word: object = "", *more: object) -> bool:
    """Tells whether the action is one, and has the word that it needs, or none."""
    return action in set(Action) and not more and bool(word) == (action == Action.TAKE_OVER)
