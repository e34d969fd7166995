"""One-click links: what a salesperson may do from a mail, signed, for one assignment of one handoff, for a while."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from baton.domain.handoff import Handoff

VALID_FOR = timedelta(days=14)
SALT = "baton.links.1"
_CHANGED = "the link is incomplete or was changed; open it from the mail again"
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,1000}")


class Action(StrEnum):
    """What a link does once its page is confirmed."""

    ACCEPT = "accept"
    RETURN = "return"
    CONTACT = "contact"
    CLOSE = "close"
    RATE = "rate"


class LinkRefused(Exception):
    """The link does nothing; the text says what to do instead."""


class LinkInvalid(LinkRefused):
    """Not a link of ours, or not as we sent it."""


class LinkExpired(LinkRefused):
    """A link of ours, and too old."""


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
        if isinstance(keys, str) or not keys or not all(keys):
            raise ValueError("links need a list of keys, oldest first, none of them empty")
        self._base_url = base_url.rstrip("/")
        self._serializer = URLSafeSerializer(
            list(keys), salt=salt, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )

    def url(self, handoff: Handoff, action: Action, now: datetime) -> str:
        """The address for whoever holds the handoff now; good for 14 days from `now`."""
        token = self._token(handoff.handoff_id, handoff.assignment, action, now + VALID_FOR)
        return f"{self._base_url}/links/{token}"

    def beside(self, link: Link, action: Action) -> str:
        """The token of another link to the same assignment, good for as long as this one, for the page behind it."""
        return self._token(link.handoff_id, link.assignment, action, link.expires_at)

    def _token(self, handoff_id: str, assignment: int, action: Action, expires_at: datetime) -> str:
        return self._serializer.dumps([handoff_id, assignment, action.value, int(expires_at.timestamp())])

    def read(self, token: str, now: datetime) -> Link:
        """What the token of a link says.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter.
            LinkExpired: its time is over.
        """
        link = _link(self._payload(token))
        if link.expires_at <= now:
            raise LinkExpired("the link is older than 14 days; look for a newer mail about this lead")
        return link

    def _payload(self, token: str) -> object:
        if not _TOKEN.fullmatch(token):
            raise LinkInvalid(_CHANGED)
        try:
            payload: object = self._serializer.loads(token)
            signature = token.rpartition(".")[2]
            spelled_as_sent = base64_encode(base64_decode(signature)).decode() == signature
        except BadData as fault:
            raise LinkInvalid(_CHANGED) from fault
        if not spelled_as_sent:  # base64 has several spellings for the same bytes
            raise LinkInvalid(_CHANGED)
        return payload


def _link(payload: object) -> Link:
    match payload:
        case [str(handoff_id), int(assignment), str(action), int(expires)] if action in set(Action):
            lead_id = handoff_id.rpartition("-")[0]
            return Link(handoff_id, lead_id, assignment, Action(action), datetime.fromtimestamp(expires, UTC))
        case _:
            raise LinkInvalid("the link is from another version of Baton; look for a newer mail about this lead")
