"""Who a person is to Baton: a normalised address, an id that follows from it, and the company behind its domain."""

import base64
import hashlib
import hmac


def lead_id_of(email: str, pepper: bytes) -> str:
    """The id of the lead with this normalised address; without the pepper nobody can compute or reverse it."""
    digest = hmac.digest(pepper, b"lead:" + email.encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def anonymous_id_of(text: str, pepper: bytes) -> str:
    """The id under which somebody is known who gave no address, by what a website calls them, such as a cookie's id."""
    digest = hmac.digest(pepper, b"anonymous:" + text.encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def reference_of(lead_id: str, submission: str, pepper: bytes) -> str:
    """A reference for the sender of a form: the same for a repeat, and it tells nothing about the lead."""
    digest = hmac.digest(pepper, f"reference:{lead_id}:{submission}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:10]).decode().lower()
