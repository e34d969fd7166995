"""DELETE /accounts/{domain}: a company leaves the list."""

from typing import Any

from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_views import domain_in_path
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import staff_api
from baton.aws.web.router import Response

app = staff_api()
accounts = Accounts.from_environment()


@app.delete("/accounts/<domain>")
def remove_account(domain: str) -> Response:
    """Take it off the list; sent again, nothing changes."""
    accounts.remove(domain_in_path(domain), by=app.staff.email, now=utc_now())
    return Response(204, body="", headers={"Cache-Control": "no-store"})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
