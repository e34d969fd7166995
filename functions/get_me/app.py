"""GET /me: who the caller is, their teams and time zone, and how much waits for them.

GET /counts tells how many leads each queue, team and person has.
"""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.lists.lead_counts import LeadCounts
from baton.aws.lists.my_work import MyWork
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
store = Store.from_environment()
agreements = Agreements.from_environment(store)


@app.get("/me")
def get_me() -> Response:
    """The caller, as the token and the rosters say, with the counts for badges."""
    shown = MyWork(store).view(app.staff, agreements.in_force().agreement, utc_now())
    return unless_known(answer(shown), app.headers)


@app.get("/counts")
def get_counts() -> Response:
    """The number of leads of each queue up to 99, and of each team and its people."""
    counts, agreement = LeadCounts(store), agreements.in_force().agreement
    shown = {"queues": counts.queues(), "teams": counts.teams(agreement, utc_now())}
    return unless_known(answer(shown), app.headers)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
