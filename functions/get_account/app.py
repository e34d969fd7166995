"""GET /accounts/{domain}: one company on the list, and whether its owner gets its alerts now."""

from typing import Any

from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_views import account_with_owner, domain_in_path
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
store = Store.from_environment()
accounts, agreements = Accounts(store), Agreements.from_environment(store)


@app.get("/accounts/<domain>")
def get_account(domain: str) -> Response:
    """The account that this domain belongs to, be it its main or a further one."""
    listed = domain_in_path(domain)
    account = accounts.get(listed)
    if account is None:
        raise NotFound(f"{listed} is not on the list")
    return answer(account_with_owner(account, agreements.in_force().agreement, store))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
