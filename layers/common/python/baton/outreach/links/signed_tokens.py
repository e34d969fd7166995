"""Signs the content of links, so that nobody can change or invent one, and reads it back."""

import hashlib
import re
from collections.abc import Sequence

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

_CHANGED = "the link is incomplete or was changed; open it from the mail again"
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,1000}")


class LinkRefused(Exception):
    """The link does nothing; the text says what to do instead."""


class LinkInvalid(LinkRefused):
    """The link was not made by Baton, or was changed since."""


class LinkExpired(LinkRefused):
    """The link was made by Baton, and is too old."""


class TokenSigner:
    """Signs and reads tokens. The last of the `keys` signs; all of them are accepted, so keys can rotate.

    Each kind of link has its own `salt`, so that a token of one kind is refused as another kind.
    """

    def __init__(self, keys: Sequence[str], salt: str) -> None:
        if isinstance(keys, str) or not keys or not all(keys):
            raise ValueError("links need a list of keys, oldest first, none of them empty")
        self._serializer = URLSafeSerializer(
            list(keys), salt=salt, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )

    def sign(self, payload: object) -> str:
        """Returns a token with this content and a signature."""
        return str(self._serializer.dumps(payload))

    def read(self, token: str) -> object:
        """Returns the content of a token.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter.
        """
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
