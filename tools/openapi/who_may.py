"""Writes docs/who-may.md: for every route, which groups may call it, from the template and the handlers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baton.domain.staff.permissions import MARKETING, SALES
from tools.openapi.handlers import handler_of
from tools.openapi.routes import OF_BROWSERS, Route, routes

NOBODY, NO_GROUP, MACHINE = "nobody", "no group", "machine"
CALLERS = (NOBODY, NO_GROUP, "marketing", "sales", "admin", MACHINE)
"""All kinds of callers: without a token, signed in without a group, each group, and a machine with its own token."""

Groups = frozenset[str]


@dataclass(frozen=True)
class Call:
    """A route and who may call it; `where` names the part of the path that this depends on."""

    verb: str
    path: str
    may: Groups
    where: str = ""
    of_machines: bool = False

    def answers(self, caller: str) -> int:
        """Returns the status with which a caller is refused, 401 or 403; 0 if they may call."""
        if caller in self.may:
            return 0
        return 401 if self.of_machines or caller in (NOBODY, MACHINE) else 403


_OWN_ROSTER: Mapping[str, Groups] = {"{team} of sales": SALES, "{team} of marketing": MARKETING}
NARROWER: Mapping[str, Mapping[str, Groups]] = {
    "put_rep": _OWN_ROSTER,
    "change_rep": _OWN_ROSTER,
    "remove_rep": _OWN_ROSTER,
    "confirm_rep": _OWN_ROSTER,
    "sign_draft": {"for their own department": frozenset({"marketing", "sales"})},
}
"""The functions that ask for more than membership in their groups, by where it matters."""


def calls() -> Iterator[Call]:
    """Yields every route with all callers that may use it."""
    for route in routes():
        for where, may in _may(route).items():
            yield Call(route.verb, route.path, may, where, bool(route.scopes))


def _may(route: Route) -> Mapping[str, Groups]:
    groups = frozenset[str]() if route.function in OF_BROWSERS else handler_of(route).groups
    if route.public != (not groups):
        raise ValueError(f"{route.verb} {route.path}: the gateway and the handler disagree whether anybody may call it")
    if not groups:
        return {"": frozenset(CALLERS)}
    if route.scopes:
        return {"": frozenset({MACHINE})}
    return NARROWER.get(route.function, {"": groups})


def table() -> str:
    """Returns the page as Markdown."""
    lines = [
        "# Who may call what",
        "",
        "Written by `make schemas` from template.yaml and the handlers; each cell is tried on the deployed stack by",
        "`tests/e2e/test_who_may.py`. 401: sign in; 403: signed in, but not for this. `nobody` has no token, or a bad",
        "one; a `machine` has [an access token of its own](operations.md#machines). The entry of a manager",
        "on a roster is for administrators only: they make, change and remove managers.",
        "",
        f"| call | {' | '.join(CALLERS)} |",
        f"|---|{'---|' * len(CALLERS)}",
    ]
    for call in calls():
        where = f" ({call.where})" if call.where else ""
        cells = " | ".join(str(call.answers(caller) or "yes") for caller in CALLERS)
        lines.append(f"| `{call.verb} {call.path}`{where} | {cells} |")
    return "\n".join(lines) + "\n"
