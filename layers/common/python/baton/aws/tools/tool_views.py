"""Shows marketing tools to administrators: when each was last heard, and what of it was not understood."""

import base64
from collections.abc import Mapping
from datetime import datetime

from baton.aws.signals.quarantine import KeptSummary, QuarantinedDelivery
from baton.aws.web.json_view import View
from baton.domain.basics.moments import shown_moment

MOST_SHOWN = 200_000
"""So many bytes of a delivery are shown at most."""
_LABELS = {"hubspot": "HubSpot", "customerio": "Customer.io", "standard": "Standard Webhooks"}


def tool_view(source: str, heard: Mapping[str, datetime], kept: tuple[int, bool]) -> View:
    """Shows a tool, its webhook's path, when it was last heard, to the hour, and how much of it was not understood.

    `last_heard_at` is null if it was never heard. `kept` is a number, and whether there are more.
    """
    last, (count, more) = heard.get(source), kept
    return {
        "source": source,
        "label": _LABELS.get(source) or source.capitalize(),
        "webhook": f"/webhooks/{source}",
        "last_heard_at": last and shown_moment(last),
        "not_understood": {"count": count, "more": more},
    }


def summary_view(kept: KeptSummary) -> View:
    """Shows a quarantined delivery without its content."""
    return {**kept._asdict(), "arrived_at": shown_moment(kept.arrived_at)}


def delivery_view(kept: KeptSummary, delivery: QuarantinedDelivery) -> View:
    """Shows a quarantined delivery with its content: as text, or in base64 if it is none in UTF-8."""
    body = delivery.body[:MOST_SHOWN]
    try:
        text: str | None = body.decode()
    except UnicodeDecodeError as fault:
        cut_in_a_letter = len(delivery.body) > MOST_SHOWN and fault.start >= MOST_SHOWN - 4
        text = body[: fault.start].decode() if cut_in_a_letter else None
    content = {"body": text, "body_base64": base64.b64encode(body).decode() if text is None else None}
    return {
        **summary_view(kept),
        "headers": dict(delivery.headers),
        "bytes": len(delivery.body),
        "is_cut": len(delivery.body) > MOST_SHOWN,
        **content,
    }
