"""Shows the queues of what failed for good, as JSON."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from baton.domain.basics.moments import shown_moment
from baton.domain.failures.failure_kinds import BY_METRICS, MACHINES, QUEUES, FailureKind
from baton.domain.failures.failure_news import Known


def queues_view(depths: Mapping[str, int], known: Mapping[str, Known], now: datetime) -> dict[str, Any]:
    """Returns all queues: those with messages first, what cannot wait before what can; and failures without a queue.

    Those are undelivered mails, quarantined webhooks, refused forms, and state machines that failed.
    """
    ranked = sorted(QUEUES, key=lambda kind: (not depths[kind.name], kind.can_wait))
    return {
        "queues": [_shown(kind, depths[kind.name], known.get(kind.name, Known()), now) for kind in ranked],
        "others": [_noted(kind, known[kind.name]) for kind in (*MACHINES, *BY_METRICS) if kind.name in known],
    }


def _noted(kind: FailureKind, known: Known) -> dict[str, Any]:
    """Shows a kind that a metric or an event tells of: when operations last heard of it, and what came since."""
    told = shown_moment(known.told_at) if known.told_at else None
    what = {"what": kind.what, "can_wait": kind.can_wait, "to_do": kind.command}
    return {"kind": kind.name, "last_told_at": told, "came_since": known.untold, **what}


def _shown(kind: FailureKind, messages: int, known: Known, now: datetime) -> dict[str, Any]:
    """`since` is when messages were first seen after the queue was empty; null if there are none, or not seen yet.

    `age_seconds` is how long ago that is.
    """
    first_seen = known.since if messages else None
    since = shown_moment(first_seen) if first_seen else None
    age = int((now - first_seen).total_seconds()) if first_seen else None
    redriven = json.loads(known.redriven) if known.redriven else None
    what = {"what": kind.what, "can_wait": kind.can_wait, "to_do": kind.command}
    return {"queue": kind.name, "messages": messages, "since": since, "age_seconds": age, "redriven": redriven, **what}
