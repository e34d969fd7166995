"""GET /tools: the marketing tools whose webhooks Baton reads, and when each was last heard.

GET /tools/{source}/quarantine?limit=&cursor= lists what a tool sent that was not understood, and GET
/tools/{source}/quarantine/{delivery_id} shows one such delivery.
"""

from typing import Any

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.signals.quarantine import Quarantine
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.tools.heard_tools import HeardTools
from baton.aws.tools.tool_views import delivery_view, summary_view, tool_view
from baton.aws.web.http import answer, staff_api
from baton.aws.web.page_limits import page_limit
from baton.aws.web.router import Response
from baton.aws.web.webhook_answers import known_source
from baton.domain.staff.permissions import ADMIN

USUAL, MOST = 10, 25
MOST_COUNTED = 9

app = staff_api(ADMIN, query={"/tools/{source}/quarantine": ("limit", "cursor")})
heard, quarantine = HeardTools(Store.from_environment()), Quarantine.from_environment()


@app.get("/tools")
def list_tools() -> Response:
    """All tools, heard or not; a tool that fell silent has an old `last_heard_at`."""
    last = heard.last_heard()
    kept = {source: quarantine.count(source, MOST_COUNTED) for source in last}
    return answer({"tools": [tool_view(source, last, kept.get(source, (0, False))) for source in SOURCES]})


@app.get("/tools/<source>/quarantine")
def list_quarantine(source: str) -> Response:
    """A page of deliveries without their content, each with why it was not understood; kept for ninety days."""
    limit = page_limit(app.query("limit"), USUAL, MOST)
    kept, cursor = quarantine.page(known_source(source), app.query("cursor"), limit)
    return answer({"deliveries": [summary_view(each) for each in kept], "cursor": cursor})


@app.get("/tools/<source>/quarantine/<delivery_id>")
def get_delivery(source: str, delivery_id: str) -> Response:
    """A delivery as it came, but for its signature; it may tell of several people."""
    found = quarantine.one(known_source(source), delivery_id)
    if found is None:
        raise NotFound("there is no such delivery; it was understood since, or ninety days are over")
    return answer(delivery_view(*found))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
