"""POST /queues/{queue}/redrive: an administrator has what failed for good sent on its way again."""

from typing import Any

from baton.aws.failures.failure_queues import FailureQueues
from baton.aws.failures.redrive_requests import RedriveRequests
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.failures.failure_kinds import check_is_redriven
from baton.domain.staff.permissions import ADMIN

app = staff_api(ADMIN)
queues, requests = FailureQueues.from_environment(), RedriveRequests.from_environment()


@app.post("/queues/<queue>/redrive")
def redrive(queue: str) -> Response:
    """The work is done within the minute; GET /queues then says what came of it."""
    if queue not in queues.urls:
        raise NotFound(f"there is no queue {queue}; GET /queues lists them")
    check_is_redriven(queue)
    messages = queues.depth(queue)
    requests.ask(queue)
    return answer({"queue": queue, "messages": messages}, 202)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
