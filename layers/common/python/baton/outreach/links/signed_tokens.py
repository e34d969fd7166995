"""Signs the content of links, so that nobody can change or invent one, and reads it back.

A token is the content's bytes and 80 bits of their HMAC, in base64 for addresses. Tokens of earlier versions, JSON and
256 bits with a dot between them, are read as long as links from before may be in use.
"""

import hashlib
import re
from collections.abc import Sequence

from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.exc import BadData
from itsdangerous.signer import HMACAlgorithm, Signer

SIGNATURE_BYTES = 10
"""80 bits, the least that RFC 2104 recommends; who guesses can only ask the API, which is throttled."""
_CHANGED = "the link is incomplete or was changed; open it from the mail again"
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,1000}")
_DIVIDES_FORMER = "."


class LinkRefused(Exception):
    """The link does nothing; the text says what to do instead."""


class LinkInvalid(LinkRefused):
    """The link was not made by Baton, or was changed since."""


class LinkExpired(LinkRefused):
    """The link was made by Baton, and is too old."""


class _ShortHmac(HMACAlgorithm):
    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return super().get_signature(key, value)[:SIGNATURE_BYTES]


class TokenSigner:
    """Signs and reads tokens. The last of the `keys` signs; all of them are accepted, so keys can rotate.

    Each kind of link has its own `salt`, so that a token of one kind is refused as another kind.
    """

    def __init__(self, keys: Sequence[str], salt: str) -> None:
        if isinstance(keys, str) or not keys or not all(keys):
            raise ValueError("links need a list of keys, oldest first, none of them empty")
        self._keys, self._salt = list(keys), salt
        self._signer = Signer(
            self._keys, f"{salt} short", key_derivation="hmac", digest_method=hashlib.sha256, algorithm=_SHORT
        )

    def sign(self, content: bytes) -> str:
        """Returns a token with this content and a signature."""
        signature = base64_decode(self._signer.get_signature(content))
        return base64_encode(content + signature).decode()

    def read(self, token: str) -> object:
        """Returns the content of a token: bytes, or the list that a token of an earlier version has.

        Raises:
            LinkInvalid: it was not made here, or is not as it was made, to the letter.
        """
        if not _TOKEN.fullmatch(token):
            raise LinkInvalid(_CHANGED)
        try:
            return self._read_former(token) if _DIVIDES_FORMER in token else self._read(token)
        except BadData as fault:
            raise LinkInvalid(_CHANGED) from fault

    def _read(self, token: str) -> bytes:
        whole = base64_decode(token)
        content, signature = whole[:-SIGNATURE_BYTES], base64_encode(whole[-SIGNATURE_BYTES:])
        if not self._signer.verify_signature(content, signature):
            raise LinkInvalid(_CHANGED)
        _must_be_spelled(token, whole)
        return content

    def _read_former(self, token: str) -> object:
        from itsdangerous.url_safe import URLSafeSerializer  # links of the last weeks only  # noqa: PLC0415

        settings = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        serializer = URLSafeSerializer(self._keys, salt=self._salt, signer_kwargs=settings)
        payload: object = serializer.loads(token)
        signature = token.rpartition(_DIVIDES_FORMER)[2]
        _must_be_spelled(signature, base64_decode(signature))
        return payload


_SHORT = _ShortHmac(hashlib.sha256)


def _must_be_spelled(text: str, whole: bytes) -> None:
    """Refuses another spelling; base64 has several for the same bytes."""
    if base64_encode(whole).decode() != text:
        raise LinkInvalid(_CHANGED)
