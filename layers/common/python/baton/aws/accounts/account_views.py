"""Reads accounts from requests, and shows them in answers of the API."""

from urllib.parse import unquote

from baton.agreement.terms.agreement import Agreement
from baton.aws.table.store import Store
from baton.aws.web.http import Problem
from baton.aws.web.json_view import View
from baton.domain.accounts.account import Account
from baton.domain.accounts.account_matching import normalise_domain
from baton.domain.notifications.account_alerts import why_no_alerts


def account_view(account: Account) -> View:
    """Shows an account; its last alert is shown whatever caused it."""
    last = max(filter(None, (account.alerted_at, account.alerted_by_form_at)), default=None)
    shown = account.model_copy(update={"alerted_at": last})
    return shown.model_dump(mode="json", exclude={"alerted_by_form_at", "forms"})


def account_with_owner(account: Account, agreement: Agreement, store: Store) -> View:
    """Shows an account, and whether its owner gets its alerts now, or why not."""
    why = why_no_alerts(account, agreement, store.rep)
    return {**account_view(account), "owner_gets_alerts": why is None, "why_not": why}


def domain_in_path(text: str) -> str:
    """Returns the domain in a path as accounts are listed under it: `acme.com` for `WWW.Acme.com`.

    Raises:
        Problem: no company can be known by it (422).
    """
    try:
        return normalise_domain(unquote(text))
    except ValueError as fault:
        raise Problem(422, "the last part of the path names no company", [("domain", str(fault))]) from fault
