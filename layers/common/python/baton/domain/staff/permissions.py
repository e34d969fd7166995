"""Permissions of signed-in staff and of machines: groups and scopes that may call, and rules that need more.

A function of the API names the groups that may call it, such as `staff_api(SALES)`; `docs/who-may.md` lists every call.
Only the signatures on a draft have a rule of their own: `domain/signing/draft_signatures.py`.
"""

from typing import TYPE_CHECKING

from baton.domain.basics.facts import Staff

if TYPE_CHECKING:
    from baton.agreement.terms.agreement import Agreement

Groups = frozenset[str]

STAFF: Groups = frozenset({"marketing", "sales", "admin"})
SALES: Groups = frozenset({"sales", "admin"})
MARKETING: Groups = frozenset({"marketing", "admin"})
ADMIN: Groups = frozenset({"admin"})

SEND_SIGNALS = "baton/signals"
"""The OAuth scope of a machine's access token: a website's server or a script that may send signals, and no more."""


def roster_editors(team: str, agreement: "Agreement") -> Groups:
    """Returns the groups that may change a team's roster: marketing its own team's, sales every other one."""
    return MARKETING if team == agreement.marketing.team else SALES


def may_change_managers(by: Staff) -> bool:
    """Tells whether a person may make, change or remove the manager of a team: only administrators may."""
    return not ADMIN.isdisjoint(by.groups)


def may_act_for(by: Staff, owner: str | None) -> bool:
    """Tells whether a person may act on a handoff of this owner: the owner may, and administrators for them."""
    return by.email == owner or not ADMIN.isdisjoint(by.groups)
