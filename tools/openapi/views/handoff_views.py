"""Describes answers about handoffs."""

from baton.domain.leads.handoff import Handoff
from baton.domain.leads.ownership import OwnershipPeriod
from tools.openapi.json_schemas import (
    MOMENT,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Json,
    by_name,
    many,
    or_null,
    page,
    ref,
    shown,
    thing,
)


def handoff_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    clock = {"name": TEXT, "within": or_null(TEXT), "started_at": MOMENT, "due_at": MOMENT}
    clock |= {"stopped_at": or_null(MOMENT)}
    stated = {**clock, "late_after": MOMENT, "breached": YES_OR_NO}
    whole = shown(
        Handoff,
        without=("terms", "had_it", "news"),
        score=or_null(NUMBER),
        evidence=many(thing({"rule": TEXT, "points": NUMBER, "at?": MOMENT, "signal?": TEXT})),
        clocks=many(thing(stated)),
    )
    over = {**clock, "label": TEXT, "result": {"enum": ["met", "missed", "passed_on"]}}
    labelled: Json = {
        "clocks": many(thing({**stated, "label": TEXT})),
        "stints": many(shown(OwnershipPeriod, without=("runs", "more"), clocks=many(thing(over)))),
        "labels": by_name(TEXT),
    }
    lead = dict.fromkeys(("lead_id", "email", "status"), TEXT)
    lead |= dict.fromkeys(("first_name", "last_name", "title", "company"), or_null(TEXT))
    return {
        "Handoff": whole,
        "LabelledHandoff": {"allOf": [ref("Handoff"), thing(labelled)]},
        "HandoffOfLead": {"allOf": [ref("LabelledHandoff"), thing({"lead": thing(lead)})]},
        "Handoffs": page("handoffs", "LabelledHandoff"),
    }
