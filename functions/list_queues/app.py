"""GET /queues: what failed for good, how much of it, since when, and what to do."""

from typing import Any

from baton.aws.failures.failure_log import FailureLog
from baton.aws.failures.failure_queues import FailureQueues
from baton.aws.failures.queue_views import queues_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import ADMIN

app = staff_api(ADMIN)
queues, log = FailureQueues.from_environment(), FailureLog(Store.from_environment())


@app.get("/queues")
def list_queues() -> Response:
    """All queues, those with messages first; and what failed without a queue, such as mails that did not arrive."""
    return answer(queues_view(queues.depths(), log.known(), utc_now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
