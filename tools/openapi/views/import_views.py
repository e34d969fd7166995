"""Describes answers about imports of lists."""

from baton.domain.imports.list_import import ImportState
from tools.openapi.json_schemas import MOMENT, TEXT, WHOLE, Json, by_name, many, or_null, page, thing


def import_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    counted = ("bytes_read", "lines", "accepted", "repeated", "refused", "failed")
    upload = thing({"url": TEXT, "method": {"const": "POST"}, "fields": by_name(TEXT)})
    import_: Json = {
        "import_id": TEXT,
        "kind": {"enum": ["leads", "signals"]},
        "state": {"enum": [*ImportState]},
        "by": TEXT,
        "created_at": MOMENT,
        "started_at": or_null(MOMENT),
        "finished_at": or_null(MOMENT),
        "why": or_null(TEXT),
        "source": or_null(TEXT),
        "campaign": or_null(TEXT),
        "progress": thing({"bytes": or_null(WHOLE), **dict.fromkeys(counted, WHOLE)}),
    }
    whole: Json = {
        "columns": or_null(by_name(WHOLE)),
        "also_read": or_null(by_name(many(WHOLE))),
        "left_out": or_null(many(WHOLE)),
        "result_url": or_null(TEXT),
    }
    return {
        "ImportBegun": thing({"import_id": TEXT, "upload": upload, "expires_at": MOMENT}),
        "Import": thing({**import_, **whole}),
        "ImportSummary": thing(import_),
        "Imports": page("imports", "ImportSummary"),
    }
