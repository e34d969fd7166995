"""Who may call what: every route and every group, from the template and the handlers, as a table in docs/who-may.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baton.domain.staff.permissions import MARKETING, SALES
from tools.openapi.handlers import handler_of
from tools.openapi.routes import Route, routes

NOBODY, NO_GROUP = "nobody", "no group"
CALLERS = (NOBODY, NO_GROUP, "marketing", "sales", "admin")
"""Whoever may call: without a token, with one of somebody in no group, and each group."""

Groups = frozenset[str]


@dataclass(frozen=True)
class Call:
    """A route, who may call it, and where that depends on what stands in the path, on what."""

    verb: str
    path: str
    may: Groups
    where: str = ""

    def answers(self, caller: str) -> int:
        """What somebody is answered: 0 if they may, 401 or 403 if not."""
        if caller in self.may:
            return 0
        return 401 if caller == NOBODY else 403


_OWN_ROSTER: Mapping[str, Groups] = {"{team} of sales": SALES, "{team} of marketing": MARKETING}
NARROWER: Mapping[str, Mapping[str, Groups]] = {
    "put_rep": _OWN_ROSTER,
    "remove_rep": _OWN_ROSTER,
    "confirm_rep": _OWN_ROSTER,
    "sign_draft": {"for their own department": frozenset({"marketing", "sales"})},
}
"""The functions that ask for more than membership in their groups, by where it matters."""


def calls() -> Iterator[Call]:
    """Every route with everybody who may call it."""
    for route in routes():
        for where, may in _may(route).items():
            yield Call(route.verb, route.path, may, where)


def _may(route: Route) -> Mapping[str, Groups]:
    groups = handler_of(route).groups
    if route.public != (not groups):
        raise ValueError(f"{route.verb} {route.path}: the gateway and the handler disagree whether anybody may call it")
    if not groups:
        return {"": frozenset(CALLERS)}
    return NARROWER.get(route.function, {"": groups})


def table() -> str:
    """The page."""
    lines = [
        "# Who may call what",
        "",
        "Written by `make schemas` from template.yaml and the handlers; each cell is tried on the deployed stack by",
        "`tests/e2e/test_who_may.py`. 401: sign in; 403: signed in, but not for this. `nobody` has no token, or a bad",
        "one.",
        "",
        f"| call | {' | '.join(CALLERS)} |",
        f"|---|{'---|' * len(CALLERS)}",
    ]
    for call in calls():
        where = f" ({call.where})" if call.where else ""
        cells = " | ".join(str(call.answers(caller) or "yes") for caller in CALLERS)
        lines.append(f"| `{call.verb} {call.path}`{where} | {cells} |")
    return "\n".join(lines) + "\n"
