"""How senders show that a delivery is theirs. Every comparison takes as long whether it fails early or late."""

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
"""Gives what the signature must be under a secret."""


def must_match(given: Iterable[str], secrets: Sequence[str], sign: Sign) -> None:
    """One of the signatures given must be right under one of the secrets. All are tried, whichever it is.

    Raises:
        Untrusted: none is, or there is no secret; an empty one is none.
    """
    signatures = list(given)
    expected = [sign(secret) for secret in secrets if secret.strip()]
    if not sum(equal_in_constant_time(one, right) for one in signatures for right in expected):
        raise Untrusted("the signature is not right" if expected else "there is no secret for this source")


def must_be_a_secret(given: Iterable[str], secrets: Sequence[str]) -> None:
    """One of the words given must be one of the secrets.

    Raises:
        Untrusted: none is.
    """
    must_match(given, secrets, lambda secret: secret)


def equal_in_constant_time(given: str, right: str) -> bool:
    """Whether both are the same, letter for letter: another spelling of the same signature is another signature."""
    return hmac.compare_digest(given.encode(errors="surrogatepass"), right.encode(errors="surrogatepass"))


def must_be_fresh(moment: str, now: datetime, within: timedelta, *, milliseconds: bool = False) -> None:
    """A time in Unix seconds, or milliseconds, must be about now.

    Raises:
        Untrusted: it is none, or is too far from now, before or after.
    """
    if not (_MILLISECONDS if milliseconds else _SECONDS).fullmatch(moment):
        raise Untrusted("the time is not a Unix time")
    seconds = int(moment) / (1000 if milliseconds else 1)
    if abs(now.astimezone(UTC).timestamp() - seconds) > within.total_seconds():
        raise Untrusted("the time is too far from now")


def mac(secret: bytes, message: bytes, digest: str = "sha256") -> bytes:
    """The keyed hash (HMAC) of a message."""
    return hmac.new(secret, message, digest).digest()


def in_base64(signature: bytes) -> str:
    """A signature as some senders write it."""
    return base64.b64encode(signature).decode()


def key_in_base64(text: str) -> bytes:
    """A key that is kept in base64; one that is no base64 is taken as it is written. Never an empty one of a text."""
    try:
        return base64.b64decode(text, validate=True) or text.encode()
    except (binascii.Error, ValueError):
        return text.encode()


def sha256(message: bytes) -> str:
    """The plain hash of a message, in hexadecimal."""
    return hashlib.sha256(message).hexdigest()
