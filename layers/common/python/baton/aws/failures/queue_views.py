"""Shows the queues of what failed for good, as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from baton.domain.basics.moments import shown_moment
from baton.domain.failures.failure_kinds import QUEUES, FailureKind
from baton.domain.failures.failure_news import Known


def queues_view(depths: Mapping[str, int], known: Mapping[str, Known]) -> dict[str, Any]:
    """Returns all queues: those with messages first, what cannot wait before what can."""
    ranked = sorted(QUEUES, key=lambda kind: (not depths[kind.name], kind.can_wait))
    return {"queues": [_shown(kind, depths[kind.name], known.get(kind.name, Known())) for kind in ranked]}


def _shown(kind: FailureKind, messages: int, known: Known) -> dict[str, Any]:
    """`since` is when messages were first seen after the queue was empty; null if there are none, or not seen yet."""
    since = shown_moment(known.since) if messages and known.since else None
    redriven = json.loads(known.redriven) if known.redriven else None
    what = {"what": kind.what, "can_wait": kind.can_wait, "to_do": kind.command}
    return {"queue": kind.name, "messages": messages, "since": since, "redriven": redriven, **what}
