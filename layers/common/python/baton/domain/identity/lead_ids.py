"""Derives ids of leads and visitors: HMACs with a secret pepper, so that no id reveals an address."""

import base64
import hashlib
import hmac


def lead_id_of(email: str, pepper: bytes) -> str:
    """Derives a lead's id, 24 letters and digits, from the normalised address and the secret pepper."""
    digest = hmac.digest(pepper, b"lead:" + email.encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def anonymous_id_of(text: str, pepper: bytes) -> str:
    """Derives the id of a visitor without an address from the website's own id for them, such as that of a cookie."""
    digest = hmac.digest(pepper, b"anonymous:" + text.encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def waiting_id_of(source: str, id_: str, pepper: bytes) -> str:
    """Derives the id under which signals wait for somebody of whom only a tool's own id is known.

    No id that a website chooses for its visitors leads there.
    """
    digest = hmac.digest(pepper, f"waiting:{source}:{id_}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def reference_of(lead_id: str, submission: str, pepper: bytes) -> str:
    """Derives the receipt that the sender of a form gets: the same for a repeat, and it reveals nothing of the lead."""
    digest = hmac.digest(pepper, f"reference:{lead_id}:{submission}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:10]).decode().lower()
