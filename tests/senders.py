"""The requests of marketing tools: payloads recorded in events/webhooks, signed as each tool signs them."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from baton.agreement.webhooks.webhook_sources import SOURCES

RECORDED = Path(__file__).parents[1] / "events" / "webhooks"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
SECRETS = {"standard": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}


@dataclass(frozen=True)
class Sent:
    """One request of a tool."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


def secret_of(source: str) -> str:
    """The secret of a source in tests."""
    return SECRETS.get(source, f"secret-of-{source}")


SAMPLES = {source: f"{source}.json" for source in (*SOURCES,)} | {"mailchimp": "mailchimp.urlencoded"}
"""A recorded payload of each source."""


def recorded(name: str) -> bytes:
    """A recorded payload, without the line break that ends its file."""
    return (RECORDED / name).read_bytes().rstrip(b"\n")


def recorded_on(name: str, now: datetime) -> bytes:
    """A recorded payload, as if it had been recorded now rather than on 25 November 2026."""
    body = recorded(name).replace(b"2026-11-25", f"{now:%Y-%m-%d}".encode())
    return body.replace(b"179559", str(int(now.timestamp()))[:6].encode())


def sent(
    source: str, body: bytes, now: datetime, *, secret: str | None = None, url: str = "", id_: str = "msg_1"
) -> Sent:
    """A payload as this tool sends it now to an address, signed with its secret."""
    key, at = secret or secret_of(source), int(now.timestamp())
    headers, query = _SIGNED[source](key, body, at, url, id_)
    media_type = FORM if source == "mailchimp" or (source == "marketo" and not body.startswith(b"{")) else JSON
    return Sent(body, {"content-type": media_type, **headers}, query)


Signed = tuple[dict[str, str], dict[str, str]]


def _mac(key: bytes, message: bytes, digest: str = "sha256") -> bytes:
    return hmac.new(key, message, digest).digest()


def _base64(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def _standard(key: str, body: bytes, at: int, _url: str, id_: str) -> Signed:
    raw = base64.b64decode(key.removeprefix("whsec_"))
    signature = _base64(_mac(raw, f"{id_}.{at}.".encode() + body))
    return {"webhook-id": id_, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}, {}


def _hubspot(key: str, body: bytes, at: int, url: str, _id: str) -> Signed:
    message = f"POST{url}".encode() + body + f"{at}000".encode()
    v1 = hashlib.sha256(key.encode() + body).hexdigest()
    return {
        "x-hubspot-request-timestamp": f"{at}000",
        "x-hubspot-signature-v3": _base64(_mac(key.encode(), message)),
        "x-hubspot-signature": v1,
        "x-hubspot-signature-version": "v1",
    }, {}


def _typeform(key: str, body: bytes, _at: int, _url: str, _id: str) -> Signed:
    return {"typeform-signature": f"sha256={_base64(_mac(key.encode(), body))}"}, {}


def _calendly(key: str, body: bytes, at: int, _url: str, _id: str) -> Signed:
    return {"calendly-webhook-signature": f"t={at},v1={_mac(key.encode(), f'{at}.'.encode() + body).hex()}"}, {}


def _segment(key: str, body: bytes, _at: int, _url: str, _id: str) -> Signed:
    return {"x-signature": _mac(key.encode(), body, "sha1").hex()}, {}


def _customerio(key: str, body: bytes, at: int, _url: str, _id: str) -> Signed:
    return {
        "x-cio-timestamp": str(at),
        "x-cio-signature": _mac(key.encode(), f"v0:{at}:".encode() + body).hex(),
    }, {}


def _mailchimp(key: str, _body: bytes, _at: int, _url: str, _id: str) -> Signed:
    return {}, {"secret": key}


def _marketo(key: str, _body: bytes, _at: int, _url: str, _id: str) -> Signed:
    return {"x-baton-secret": key}, {}


def _mautic(key: str, body: bytes, _at: int, _url: str, _id: str) -> Signed:
    return {"webhook-signature": _base64(_mac(key.encode(), body))}, {}


_SIGNED = {
    "standard": _standard,
    "hubspot": _hubspot,
    "typeform": _typeform,
    "calendly": _calendly,
    "segment": _segment,
    "customerio": _customerio,
    "mailchimp": _mailchimp,
    "marketo": _marketo,
    "mautic": _mautic,
}
