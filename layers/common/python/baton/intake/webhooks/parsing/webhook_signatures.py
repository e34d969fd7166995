"""Checks of a webhook's signature, secret and time, in constant time."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from baton.intake.webhooks.parsing.delivery import Untrusted

_SECONDS = re.compile(r"[0-9]{1,12}")
_MILLISECONDS = re.compile(r"[0-9]{1,15}")

Sign = Callable[[str], str]
"""Returns the right signature for a secret."""


def must_match(given: Iterable[str], secrets: Sequence[str], sign: Sign) -> None:
    """Checks that one of the given signatures is right under one of the secrets; all are tried.

    Raises:
        Untrusted: none is right, or there is no secret that is not empty.
    """
    signatures = list(given)
    expected = [sign(secret) for secret in secrets if secret.strip()]
    if not sum(equal_in_constant_time(one, right) for one in signatures for right in expected):
        raise Untrusted("the signature is not right" if expected else "there is no secret for this source")


def must_be_a_secret(given: Iterable[str], secrets: Sequence[str]) -> None:
    """Checks that one of the given words is one of the secrets.

    Raises:
        Untrusted: none is.
    """
    must_match(given, secrets, lambda secret: secret)


def equal_in_constant_time(given: str, right: str) -> bool:
    """Returns whether both are equal, letter for letter, in constant time."""
    return hmac.compare_digest(given.encode(errors="surrogatepass"), right.encode(errors="surrogatepass"))


def must_be_fresh(moment: str, now: datetime, within: timedelta, *, milliseconds: bool = False) -> None:
    """Checks that a Unix time, in seconds or milliseconds, is at most `within` from now.

    Raises:
        Untrusted: it is not a Unix time, or too far from now, before or after.
    """
    if not (_MILLISECONDS if milliseconds else _SECONDS).fullmatch(moment):
        raise Untrusted("the time is not a Unix time")
    seconds = int(moment) / (1000 if milliseconds else 1)
    if abs(now.astimezone(UTC).timestamp() - seconds) > within.total_seconds():
        raise Untrusted("the time is too far from now")


def mac(secret: bytes, message: bytes, digest: str = "sha256") -> bytes:
    """Returns the HMAC of a message."""
    return hmac.new(secret, message, digest).digest()


def in_base64(signature: bytes) -> str:
    """Returns a signature in base64."""
    return base64.b64encode(signature).decode()


def key_in_base64(text: str) -> bytes:
    """Returns the bytes of a key in base64; a text that is not base64 is the key itself."""
    try:
        return base64.b64decode(text, validate=True) or text.encode()
    except (binascii.Error, ValueError):
        return text.encode()


def sha256(message: bytes) -> str:
    """Returns the SHA-256 of a message, in hexadecimal."""
    return hashlib.sha256(message).hexdigest()
