"""PUT /accounts/{domain}: a company comes on the list, or what is said of it is replaced."""

from typing import Annotated, Any

from pydantic import Field

from baton.aws.accounts.account_list import Accounts
from baton.aws.accounts.account_views import account_with_owner, domain_in_path
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.basics.facts import AS_WHOLE
from baton.intake.accounts.account_fields import AccountTerms

app = staff_api()
store = Store.from_environment()
accounts, agreements = Accounts(store), Agreements.from_environment(store)


class ChangedAccount(AccountTerms):
    """All that is said of it, and the version that this was made from; 0 is that of a new one."""

    version: Annotated[int, Field(ge=0), AS_WHOLE] | None = None


@app.put("/accounts/<domain>")
def put_account(domain: str) -> Response:
    """Put it in place; leads already known of it are looked at again soon."""
    sent = app.sent(ChangedAccount)
    wanted = sent.account(domain_in_path(domain))
    saved = accounts.put(wanted, by=app.staff.email, now=utc_now(), version=sent.version)
    shown = account_with_owner(saved.account, agreements.in_force().agreement, store)
    return answer(shown, 201 if saved.result == "created" else 200)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
