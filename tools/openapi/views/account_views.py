"""Describes answers about target accounts."""

from baton.aws.accounts import account_imports
from baton.domain.accounts.account import Account
from tools.openapi.json_schemas import TEXT, WHOLE, YES_OR_NO, Json, many, or_null, page, ref, shown, thing

_OF_BATON = ("alerted_by_form_at", "forms")


def account_views() -> dict[str, Json]:
    """Returns the schema of each of these answers by its name."""
    counts: Json = dict.fromkeys(account_imports.RESULTS, WHOLE)
    line = {
        "line": WHOLE,
        "domain": TEXT,
        "result": {"enum": [*account_imports.RESULTS]},
        "errors?": many(ref("Fault")),
    }
    return {
        "ListedAccount": shown(Account, without=_OF_BATON),
        "Account": shown(Account, without=_OF_BATON, owner_gets_alerts=YES_OR_NO, why_not=or_null(TEXT)),
        "Accounts": page("accounts", "ListedAccount"),
        "AccountImport": thing({**counts, "results": many(thing(line))}),
    }
