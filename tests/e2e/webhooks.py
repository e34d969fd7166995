"""Deliveries as marketing tools send them."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.e2e.at_work import AtWork
from tests.senders import sent


def post(
    baton: AtWork, source: str, body: bytes, *, secret: str | None = None, id_: str | None = None
) -> httpx.Response:
    """Send it as the tool does, to the address that the tool was given."""
    url, key = f"{baton.stack.api_url}/webhooks/{source}", secret or baton.stack.webhook_secrets[source]
    one = sent(source, body, datetime.now(UTC), secret=key, url=url, id_=id_ or f"msg_{uuid.uuid4().hex}")
    return baton.stranger.post(url, content=one.body, headers=one.headers, params=one.query or None)


def standard(kind: str, **data: Any) -> bytes:
    """A delivery of Standard Webhooks."""
    return json.dumps({"type": kind, "data": data}).encode()
