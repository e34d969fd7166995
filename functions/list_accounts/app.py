"""GET /accounts?cursor=: the companies on the list, by domain."""

from typing import Any

from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_views import account_view
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response

app = staff_api(query=("cursor",))
accounts = Accounts.from_environment()


@app.get("/accounts")
def list_accounts() -> Response:
    """A page of accounts; `cursor` asks for those after it."""
    page = accounts.page(app.query("cursor"))
    return answer({"accounts": [account_view(account) for account in page.accounts], "cursor": page.cursor})


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response:
    """Answers 422 for a cursor that is not one of Baton's."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
