"""Describes answers about signals and tools, failures, and the console's sessions."""

from baton.aws.signals.signal_batches import Result
from tools.openapi.json_schemas import (
    ANYTHING,
    MOMENT,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Json,
    by_name,
    many,
    or_null,
    page,
    ref,
    thing,
)


def operations_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    result = {
        "message_id": or_null(TEXT),
        "result": {"enum": [*Result, "refused"]},
        "lead_id?": TEXT,
        "anonymous?": YES_OR_NO,
        "detail?": TEXT,
        "errors?": many(ref("Fault")),
        "left_out?": many(ref("Fault")),
    }
    redriven = thing(
        {"at": MOMENT, "queue": TEXT, "sent_on": WHOLE, "left": WHOLE, "more": YES_OR_NO, "stopped": or_null(TEXT)}
    )
    what: Json = {"what": TEXT, "can_wait": YES_OR_NO, "to_do": TEXT}
    queue = {"queue": TEXT, "messages": WHOLE, "since": or_null(MOMENT), "redriven": or_null(redriven), **what}
    queue |= {"age_seconds": or_null(WHOLE)}
    noted = {"kind": TEXT, "last_told_at": or_null(MOMENT), "came_since": WHOLE, **what}
    tool = {"source": TEXT, "label": TEXT, "webhook": TEXT, "last_heard_at": or_null(MOMENT)}
    tool["not_understood"] = ref("Count")
    kept = {"delivery_id": TEXT, "source": TEXT, "method": TEXT, "why": many(TEXT), "arrived_at": MOMENT}
    delivery = {**kept, "headers": by_name(TEXT), "bytes": WHOLE, "is_cut": YES_OR_NO}
    delivery |= dict.fromkeys(("body", "body_base64"), or_null(TEXT))
    counts: Json = dict.fromkeys((*Result, "refused"), WHOLE)
    return {
        "Queues": thing({"queues": many(thing(queue)), "others": many(thing(noted))}),
        "Tools": thing({"tools": many(thing(tool))}),
        "KeptDelivery": thing(kept),
        "Quarantine": page("deliveries", "KeptDelivery"),
        "WholeDelivery": thing(delivery),
        "Replayed": thing({"replayed": WHOLE, "still_quarantined": WHOLE, "next": or_null(TEXT)}),
        "DeliveryReplayed": thing({"understood": YES_OR_NO}),
        "RedriveAsked": thing({"queue": TEXT, "messages": WHOLE}),
        "Description": thing({"openapi": TEXT, "info": by_name(TEXT), "paths": by_name(ANYTHING)}),
        "Webhook": thing({"source": TEXT}),
        "Delivered": thing(dict.fromkeys(("accepted", "repeated", "quarantined", "let_go", "waiting"), WHOLE)),
        "Address": thing({"address": {**TEXT, "format": "uri"}}),
        "Session": thing(
            {"id_token": TEXT, "expires_at": MOMENT, "email": TEXT, "groups": many(TEXT), "return_to?": TEXT}
        ),
        "Received": thing({"reference": TEXT}),
        "Results": thing({"results": many(thing(result)), **counts}),
    }
