"""Tells whether the owner of a target account gets its alerts now, or why not."""

from collections.abc import Callable

from baton.agreement.terms.agreement import Agreement
from baton.domain.accounts.account import Account
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import why_full, why_unreachable

RepOfTeam = Callable[[str, str], Rep | None]
"""Gives a person on the roster of a team, by the team's name and the person's address."""


def why_no_alerts(account: Account, agreement: Agreement, rep_of: RepOfTeam) -> str | None:
    """Returns why the account's owner would not get its leads now, such as `is a manager`; None if they would.

    The leads of target accounts go to the team that is agreed for them, or else to the one for consultations.
    """
    terms = agreement.handoffs.get("target_account") or agreement.handoffs.get("consultation")
    if account.owner is None or terms is None:
        return "nobody is named"
    rep = rep_of(terms.team, account.owner)
    return why_unreachable(rep) or why_full(rep) if rep else f"is not on the roster of {terms.team}"
