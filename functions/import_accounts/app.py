"""POST /accounts/import: a list of companies as a spreadsheet saves it (CSV), put in place line by line."""

from typing import Any

from baton.aws.accounts.account_imports import AccountImport
from baton.aws.accounts.account_list import Accounts
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, refused_fields, staff_api
from baton.aws.web.router import Response
from baton.intake.accounts.account_lists import ListFaults, read_account_list

app = staff_api()
app.on(ListFaults)(refused_fields)
accounts = Accounts.from_environment()


@app.post("/accounts/import")
def import_accounts() -> Response:
    """Each line on its own, whatever is wrong with the others; sent again, nothing changes."""
    lines = read_account_list(app.content_type, app.raw_body)
    wanted = [
        (line.number, line.domain, line.account, [(fault.field, fault.detail) for fault in line.errors])
        for line in lines
    ]
    return answer(AccountImport(accounts, app.staff.email, utc_now()).run(wanted))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
